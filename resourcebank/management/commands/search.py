"""The same search as the pages, at the prompt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resourcebank.catalogue import CATALOGUE, SCHEMA, FoundPage, find, known_values
from resourcebank.management.engine_choice import add_engine_argument, chosen_engines
from search.errors import BadQuery, SearchDown
from search.explaining import Explanation, WordExplained, explain
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
        parser.add_argument("--explain", action="store_true", help="show how each word is understood")
        add_engine_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = [tuple(pair.partition("=")[::2]) for pair in options["filter"]]
        parameters = [("q", options["text"]), ("sort", options["sort"]), ("page", options["page"]), *pairs]
        facets = tuple(facet.name for facet in SCHEMA.facets) if options["json"] else ()
        try:
            request = SearchRequest.from_query(SCHEMA, parameters, known=known_values(), facets=facets)
            engines = chosen_engines(options["engine"])
            found = find(request, language=options["lang"], engines=engines)
            explained = explain(CATALOGUE, request.text, engines=engines) if options["explain"] else None
        except BadQuery as error:
            near = f" Did you mean {error.nearest}?" if error.nearest else ""
            raise CommandError(f"{error.code}: {error.field} {error.value}.{near}") from error
        except SearchDown as error:
            raise CommandError("No search engine answers. `manage.py reindex` builds the index.") from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found) | ({"explained": asdict(explained)} if explained else {}), ensure_ascii=False))
        else:
            self.stdout.write("\n".join([*(_explained(explained) if explained else ()), _as_lines(found)]))


def _explained(explanation: Explanation) -> Iterator[str]:
    typed = explanation.typed
    for phrase in typed.phrases:
        yield f"must stand as it is, in any form: {' '.join(phrase)}"
    for some in typed.without:
        yield f"must not be there: {' '.join(some)}"
    for word in explanation.words:
        yield word.word + ("" if word.looked_for else " (stop word, not looked for)")
        yield from (f"  {name:<14}{value}" for name, value in _about(word) if value)


def _about(word: WordExplained) -> Iterator[tuple[str, str]]:
    yield "folded", word.folded if word.folded != word.word else ""
    yield "stems", ", ".join(f"{group} {token}" for group, token in word.stems.items())
    yield "known in", ", ".join(word.known_in) or "no group: nobody wrote it"
    yield "parts", " + ".join(word.parts)
    yield "synonyms", ", ".join(f"{synonym.word} ({synonym.source})" for synonym in word.synonyms)
    yield "near words", ", ".join(f"{near} ({group}, {edits} off)" for group, edits, near in word.near)
    yield "meant as", word.meant or ""
    yield "grams", str(word.grams)


def _as_lines(found: FoundPage) -> str:
    page = found.page
    lines = [f"{page.total} hits ({page.engine}{f', {page.stage}' if page.stage else ''})"]
    lines += [f"Did you mean: {page.did_you_mean}"] if page.did_you_mean else []
    lines += [f"{number:>3}. {hit.card.title}  /{hit.card.slug}/" for number, hit in enumerate(found.cards, 1)]
    return "\n".join(lines)


def _as_data(found: FoundPage) -> dict[str, Any]:
    page = found.page
    return {
        "count": page.total,
        "stage": page.stage,
        "engine": page.engine,
        "left_out": page.left_out,
        "did_you_mean": page.did_you_mean,
        "results": [{"id": hit.card.public_id, "title": hit.card.title, "highlights": hit.title_spans} for hit in found.cards],
        "facets": {facet.name: [asdict(value) for value in facet.values] for facet in found.facets},
    }
