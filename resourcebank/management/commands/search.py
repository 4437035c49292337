"""The same search as the pages, at the prompt."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resourcebank.catalogue import CATALOGUE, SCHEMA, FoundPage, find, known_values
from resourcebank.management.engine_choice import add_engine_argument, chosen_engines
from search import plan
from search.errors import BadQuery, EngineUnavailable, SearchDown
from search.lexicons import shelf_of
from search.request import SearchRequest


class Command(BaseCommand):
    """`manage.py search "valg i livet" --filter norwegian_level=A2 --sort shortest`."""

    help = "Search the bank at the prompt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="?", default="")
        parser.add_argument("--filter", action="append", default=[], metavar="NAME=VALUE", help="a facet or number parameter, repeatable")
        parser.add_argument("--sort", default="relevance")
        parser.add_argument("--page", default="1")
        parser.add_argument("--lang", default="nb", choices=["nb", "nn", "en"])
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--explain", action="store_true", help="show which words were looked for")
        add_engine_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = [tuple(pair.partition("=")[::2]) for pair in options["filter"]]
        parameters = [("q", options["text"]), ("sort", options["sort"]), ("page", options["page"]), *pairs]
        facets = tuple(facet.name for facet in SCHEMA.facets) if options["json"] else ()
        try:
            request = SearchRequest.from_query(SCHEMA, parameters, known=known_values(), facets=facets)
            found = find(request, language=options["lang"], engines=chosen_engines(options["engine"]))
        except BadQuery as error:
            near = f" Did you mean {error.nearest}?" if error.nearest else ""
            raise CommandError(f"{error.code}: {error.field} {error.value}.{near}") from error
        except SearchDown as error:
            raise CommandError("No search engine answers. `manage.py reindex` builds the index.") from error
        if options["explain"]:
            self._explain(request.text)
        self.stdout.write(_as_json(found) if options["json"] else _as_lines(found))

    def _explain(self, text: str) -> None:
        try:
            about = chosen_engines("embedded")[0].view(CATALOGUE.schema).about
            wording = plan.read(text, shelf_of(CATALOGUE.name).get(about.lexicon))
        except EngineUnavailable as error:
            raise CommandError(f"The words cannot be explained now: {error}.") from error
        for node in wording.groups if wording else ():
            self.stdout.write(f"  {node}")


def _as_lines(found: FoundPage) -> str:
    page = found.page
    lines = [f"{page.total} hits ({page.engine}{f', {page.stage}' if page.stage else ''})"]
    lines += [f"{number:>3}. {hit.card.title}  /{hit.card.slug}/" for number, hit in enumerate(found.cards, 1)]
    return "\n".join(lines)


def _as_json(found: FoundPage) -> str:
    page = found.page
    body = {
        "count": page.total,
        "stage": page.stage,
        "engine": page.engine,
        "left_out": page.left_out,
        "results": [{"id": hit.card.public_id, "title": hit.card.title, "highlights": hit.title_spans} for hit in found.cards],
        "facets": {facet.name: [asdict(value) for value in facet.values] for facet in found.facets},
    }
    return json.dumps(body, ensure_ascii=False)
