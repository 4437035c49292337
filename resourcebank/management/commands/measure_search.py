"""Every figure of docs/search.md: how well search finds, on both engines and beside OpenSearch's own means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from resourcebank.catalogue import CATALOGUE
from resourcebank.management.judged_searches import FIRST_READING, SECOND_READING, Need, agreement, read_needs
from resourcebank.management.own_site import own_site
from resourcebank.management.search_figures import (
    Measured,
    as_a_reader_ranks,
    bank_documents,
    judged_queries,
    measured,
    misspelt_queries,
    paired_difference,
    sample_documents,
    sample_sets,
)
from resourcebank.management.slips import KINDS
from search.analysis.tables import synonyms
from search.engines import configured

WHERE = {"inside": "not in the first letter", "anywhere": "in any letter", "first": "in the first letter"}
_FIXTURES = Path(settings.BASE_DIR) / "fixtures"
_PAGE = Path(settings.BASE_DIR) / "docs" / "search.md"
_BETWEEN = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)
_COLUMNS = ("queries", "ndcg@10", "mrr@10", "recall@20", "success@3", "zero_hits", "near", "mean_hits")
_HEADS = ("queries", "nDCG@10", "MRR@10", "recall@20", "success@3", "no hit", "stage `near`", "mean hits")


class Command(BaseCommand):
    """Loads the starter bank into a site of its own and measures there; prints the tables, and with --write puts them into the page."""

    help = "Measure how well search finds (minutes; OpenSearch and its own analyzers too when OPENSEARCH_URL is set)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--half", choices=["tune", "sealed"], default="sealed", help="which needs of our own set; rules are tuned on `tune`"
        )
        parser.add_argument("--samples", type=Path, help="folder with docs.tsv, a.queries.tsv and b.queries.tsv; left out unless given")
        parser.add_argument("--write", action="store_true", help="put the tables into docs/search.md")
        parser.add_argument("--here", action="store_true", help="measure the resources of this site instead of the starter bank alone")

    def handle(self, *args: Any, **options: Any) -> None:
        tables = "\n\n".join(_tables(options["half"], options["samples"])) if options["here"] else _in_a_site_of_its_own(options)
        self.stdout.write(tables)
        if options["write"]:
            page = _PAGE.read_text(encoding="utf-8")
            _PAGE.write_text(_BETWEEN.sub(lambda found: f"{found[1]}\n{tables.strip()}\n\n{found[2]}", page), encoding="utf-8")


def _in_a_site_of_its_own(options: dict[str, Any]) -> str:
    samples = ["--samples", str(options["samples"].resolve())] if options["samples"] else []
    with own_site() as manage:
        return manage(["measure_search", "--here", "--half", options["half"], *samples])


def _tables(half: str, samples: Path | None) -> Iterator[str]:
    documents = bank_documents()
    ids = sorted(document.id for document in documents)
    needs, second = (_needs(half, ids, reading) for reading in (FIRST_READING, SECOND_READING))
    engines = configured.engines(CATALOGUE.name)
    groups = [(word, *others) for word, others in synonyms().items()]
    readings = (("", needs), (", second reading", second))
    sets = [(f"own, {half}, {language}{name}", judged_queries(some, language)) for name, some in readings for language in ("nb", "nn")]
    own = list(measured(documents, sets, engines, groups))
    yield _table(own)
    yield _halves([one for one in own if "second" not in one.set_name], needs)
    kappa, best = agreement(needs, second, ids), as_a_reader_ranks(second, needs, ids)
    yield f"The two readings agree to {kappa:.2f} (kappa, squared weights). Ranked by the second, the first gives nDCG@10 {best:.3f}."
    if samples:
        asked = list(sample_sets(samples))
        asked += [(f"B, one slip, {WHERE[kind]}", misspelt_queries(asked[1][1], kind)) for kind in KINDS]
        yield _table(list(measured(sample_documents(samples), asked, engines, groups)))


def _needs(half: str, ids: Sequence[str], reading: str) -> list[Need]:
    return [need for need in read_needs(_FIXTURES / "search_judgements", ids, reading) if need.half == half]


def _halves(own: Sequence[Measured], needs: Sequence[Need]) -> str:
    lines = [
        f"{len(needs)} needs, each asked in bokmål and in nynorsk. nDCG@10 of nb minus nn, mean of the pairs with its 95 % interval:",
        "",
    ]
    for who in dict.fromkeys(one.who for one in own):
        nb, nn = (one.tally.each for one in own if one.who == who)
        mean, low, high = paired_difference(nb, nn)
        lines.append(f"- {who}: {mean:+.3f} [{low:+.3f}, {high:+.3f}]")
    return "\n".join(lines)


def _table(rows: Sequence[Measured]) -> str:
    lines = [f"| set | answered by | {' | '.join(_HEADS)} |", "|---|---|" + "---|" * len(_HEADS)]
    for row in sorted(rows, key=lambda row: list(dict.fromkeys(each.set_name for each in rows)).index(row.set_name)):
        report = row.tally.report(row.who)
        stages = report["stages"]
        report["near"] = stages.get("near", 0.0) if isinstance(stages, dict) and stages else "–"
        lines.append(f"| {row.set_name} | {row.who} | {' | '.join(str(report[name]) for name in _COLUMNS)} |")
    return "\n".join(lines)
