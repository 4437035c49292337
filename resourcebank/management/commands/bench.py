"""Measure search and pages on made-up resources; prints the tables of docs/benchmarks.md."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resourcebank.demo import SHORT_WORDS
from resourcebank.management.index_alone import measure_alone
from resourcebank.management.measurement import measure
from resourcebank.management.own_site import own_site
from resourcebank.management.worker_memory import ON_LINUX, memory

_VARIANTS: tuple[tuple[str, list[str]], ...] = (("130 words", ["--short"]), ("bank length", []))


class Command(BaseCommand):
    """Makes a site of its own in a temporary folder for each length of text, fills it and measures it in a fresh process."""

    help = "Measure search and pages on made-up resources (takes minutes; OpenSearch too when OPENSEARCH_URL is set)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resources", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--alone", action="store_true", help="the embedded index alone, without a database: up to millions (an hour)")
        parser.add_argument("--words", type=int, default=SHORT_WORDS, help="how long a text of --alone is")
        parser.add_argument("--measure", action="store_true", help="measure the site of this DATA_DIR as it is and print JSON")
        parser.add_argument("--memory", action="store_true", help="what searching the site of this DATA_DIR costs a process; prints JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        many, seed = options["resources"], options["seed"]
        if options["memory"]:
            self.stdout.write(json.dumps(memory()))
            return
        if options["measure"]:
            figures = measure_alone(many=many, length=options["words"], seed=seed) if options["alone"] else measure(seed=seed)
            self.stdout.write(json.dumps(figures))
            return
        if options["alone"]:
            if not ON_LINUX:
                raise CommandError("This needs Linux: one core for a process, and the kernel's account of its memory.")
            figures = _measured_alone(many, options["words"], seed)
            self.stdout.write(f"\n## {many} documents of {options['words']} words, the index alone\n\n{_table(figures)}")
            return
        for name, length in _VARIANTS:
            figures = _measured(length, resources=many, seed=seed)
            self.stdout.write(f"\n## {many} resources, {name}\n\n{_table(figures)}")
            self.stdout.flush()


def _measured(length: list[str], *, resources: int, seed: int) -> dict[str, Any]:
    with own_site() as manage:
        made = manage(["create_demo", "--resources", str(resources), "--seed", str(seed), *length])
        figures: dict[str, Any] = json.loads(manage(["bench", "--measure", "--seed", str(seed)]).splitlines()[-1])
        held = json.loads(manage(["bench", "--memory"]).splitlines()[-1]) if ON_LINUX else None
    figures["search worker: MB over the bare site (of it mapped files)"] = {"all": _over(held) if held else "only known on Linux"}
    return {"create_demo": {"all": made.strip().splitlines()[-1]}, **figures}


def _over(held: dict[str, int]) -> str:
    more = held["searching"] - held["bare"]
    return f"{more} ({held['searching_files'] - held['bare_files']}), {held['searching']} in all"


def _measured_alone(many: int, words: int, seed: int) -> dict[str, Any]:
    with own_site() as manage:
        printed = manage(["bench", "--alone", "--measure", "--resources", str(many), "--words", str(words), "--seed", str(seed)])
    figures: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return figures


def _table(figures: dict[str, Any]) -> str:
    columns = list(dict.fromkeys(column for row in figures.values() for column in row if column != "all"))
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for name, row in figures.items():
        cells = [row["all"]] + [""] * (len(columns) - 1) if "all" in row else [row.get(column, "–") for column in columns]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
