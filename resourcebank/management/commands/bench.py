"""Measure search and pages on made-up resources; prints the tables of docs/benchmarks.md."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from resourcebank.management.measurement import measure
from resourcebank.management.own_site import own_site

_VARIANTS: tuple[tuple[str, list[str]], ...] = (("130 words", ["--short"]), ("bank length", []))


class Command(BaseCommand):
    """Makes a site of its own in a temporary folder for each length of text, fills it and measures it in a fresh process."""

    help = "Measure search and pages on made-up resources (takes minutes; OpenSearch too when OPENSEARCH_URL is set)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resources", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--measure", action="store_true", help="measure the site of this DATA_DIR as it is and print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["measure"]:
            self.stdout.write(json.dumps(measure(seed=options["seed"])))
            return
        for name, length in _VARIANTS:
            figures = _measured(length, resources=options["resources"], seed=options["seed"])
            self.stdout.write(f"\n## {options['resources']} resources, {name}\n\n{_table(figures)}")
            self.stdout.flush()


def _measured(length: list[str], *, resources: int, seed: int) -> dict[str, Any]:
    with own_site() as manage:
        made = manage(["create_demo", "--resources", str(resources), "--seed", str(seed), *length])
        figures: dict[str, Any] = json.loads(manage(["bench", "--measure", "--seed", str(seed)]).splitlines()[-1])
    return {"create_demo": {"all": made.strip().splitlines()[-1]}, **figures}


def _table(figures: dict[str, Any]) -> str:
    columns = list(dict.fromkeys(column for row in figures.values() for column in row if column != "all"))
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for name, row in figures.items():
        cells = [row["all"]] + [""] * (len(columns) - 1) if "all" in row else [row.get(column, "–") for column in columns]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
