"""How well the words are known, as `python -m tools.measure_words` prints it: one JSON object a line, both halves where there are two.

- nouns: sixty of `tests/search/words/nouns.txt`; the share of pairs of forms of which one finds a text with only the other
- compounds: two hundred, half of them of `compounds-unseen.txt`; whether a part finds a text with only the whole, and the whole one
  where its parts stand apart; and how many words are split where they are not joined, those of `whole.txt` included
- questions, when BANK_SAMPLES names the folder with `search-eval/`: nDCG@10 on A and B, and on B with one slip in one word
- speed: analysis and indexing of the starter bank on one core

The first half of everything may be looked at while rules are changed; the second half is for the report.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.test.utils import override_settings

from resourcebank.management.slips import KINDS, all_misspelt
from search import plan, wording
from search.analysis import Lexicon, document_words, lexicon_of, words
from search.analysis.inflection import forms_of, read_classes
from search.analysis.thesaurus import thesaurus_with
from search.engines import configured
from search.evaluation import evaluate, fill, read_documents, read_queries, remove, throwaway_index
from search.index import Document, Index, Passage
from search.request import SearchRequest

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "tests" / "search" / "words"
SEED, NOUNS, COMPOUNDS = 20261129, 60, 200
_HEAD = re.compile(r"^(?:---|made_from:.*|\w+:)", re.MULTILINE)
Halves = tuple[list[str], list[str]]


class Compound(NamedTuple):
    """A compound, its parts, and the places where a cut may be: behind a part, before or behind its linking letter."""

    word: str
    parts: tuple[str, ...]
    cuts: tuple[frozenset[int], ...]


def _lines(name: str) -> list[str]:
    return [line for line in (WORDS / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def _drawn(lines: Sequence[str], many: int) -> list[str]:
    return random.Random(SEED).sample(sorted(lines), many)  # noqa: S311  drawn to be the same each time


def nouns() -> Halves:
    """The nouns that are measured."""
    drawn = _drawn(_lines("nouns.txt"), NOUNS)
    return drawn[: NOUNS // 2], drawn[NOUNS // 2 :]


def compounds() -> Halves:
    """The compounds that are measured: half of them from those nobody has looked at."""
    seen, unseen = (" ".join(_lines(name)).split() for name in ("compounds.txt", "compounds-unseen.txt"))
    return _drawn(seen, COMPOUNDS // 2), _drawn(unseen, COMPOUNDS // 2)


def noun_forms(line: str) -> tuple[list[str], list[str]]:
    """The bokmål and the nynorsk forms of a noun, given as `paradigm = paradigm`."""
    classes = read_classes(
        line.split("#")[0]
        for line in (settings.SEARCH["TABLES"] / "classes.txt").read_text(encoding="utf-8").splitlines()
        if line.split("#")[0].strip()
    )
    one, _, other = line.partition("=")
    return forms_of(one.strip(), classes), forms_of(other.strip(), classes)


def read_compound(written: str) -> Compound:
    """A compound as it is written down: parts with + between them, a linking letter alone."""
    pieces = written.split("+")
    parts = tuple(piece for piece in pieces if len(piece) > 1)
    cuts: list[set[int]] = []
    at = 0
    for piece in pieces[:-1]:
        at += len(piece)
        if len(piece) > 1:
            cuts.append({at, at - 1} if piece[-1] in "se" else {at})
        else:
            cuts[-1].add(at)
    return Compound("".join(pieces), parts, tuple(frozenset(cut) for cut in cuts))


def is_wrong(compound: Compound, parts: Sequence[str]) -> bool:
    """Was it cut where nothing is joined? Leaving two parts together is no wrong split."""
    at, allowed = 0, frozenset().union(*compound.cuts)
    for part in parts[:-1]:
        at = compound.word.index(part, at) + len(part)
        if at not in allowed:
            return True
    return False


def bank_documents() -> list[Document]:
    """The language forms of the starter bank as they are written."""
    files = sorted((ROOT / "fixtures" / "bank").glob("*/*.md"))
    texts = ((file, _HEAD.sub("", file.read_text(encoding="utf-8"))) for file in files)
    return [Document(str(file), (Passage(file.stem.split(".")[0].removesuffix("-a2"), "", text),)) for file, text in texts]


def bank_lexicon(also: Iterable[str]) -> Lexicon:
    """The words of the starter bank; `also` are words that came later."""
    lexicon = lexicon_of(bank_documents())
    lexicon.learn(("no", word) for word in also)
    return lexicon


def found_texts(texts: Iterable[str]) -> Callable[[str], set[str]]:
    """A search among short texts: what is typed -> the texts found; those that only look alike do not count."""
    every = sorted(set(texts))
    index = throwaway_index(f"words-{uuid4().hex[:8]}", [Document(text, (Passage("nb", "", text),)) for text in every])
    engine = configured.embedded(index.name)
    lexicon = bank_lexicon(word for text in every for word in words(text))
    fill(index, engine, list(index.documents(every)), lexicon)
    view = engine.view(index.schema)

    def find(text: str) -> set[str]:
        worked_out = wording.read(text, lexicon, thesaurus_with())
        asked = plan.build(index.schema, SearchRequest(text=text, page_size=len(every)), worked_out, "any_word")
        return {document_id for document_id, _ in view.search(asked).hits}

    return find


def nouns_found(lines: Sequence[str]) -> dict[str, object]:
    """How many pairs of forms find each other, within a language form and across."""
    paradigms = [noun_forms(line) for line in lines]
    find = found_texts(form for paradigm in paradigms for forms in paradigm for form in forms)
    missed: list[str] = []
    counts = {"within": [0, 0], "across": [0, 0]}
    for one, other in paradigms:
        answers = {form: find(form) | {form} for form in {*one, *other}}
        for a, b in permutations(answers, 2):
            kind = "within" if {a, b} <= set(one) or {a, b} <= set(other) else "across"
            counts[kind][0] += b in answers[a]
            counts[kind][1] += 1
            if b not in answers[a]:
                missed.append(f"{a}>{b}")
    found, pairs = (sum(count[place] for count in counts.values()) for place in (0, 1))
    shares = {kind: round(good / many, 4) for kind, (good, many) in counts.items()}
    return {"nouns": len(lines), "pairs": pairs, "found": round(found / pairs, 4), **shares, "missed": missed}


def compounds_found(written: Sequence[str]) -> dict[str, object]:
    """How many parts find the whole and wholes their parts, and how many words are split wrongly."""
    made = [read_compound(each) for each in written]
    find = found_texts(text for compound in made for text in (compound.word, " ".join(compound.parts)))
    links = [(part, compound.word) for compound in made for part in compound.parts]
    down = [f"{part}>{whole}" for part, whole in links if whole not in find(part)]
    up = [f"{c.word}>{' '.join(c.parts)}" for c in made if " ".join(c.parts) not in find(c.word)]
    lexicon = bank_lexicon(compound.word for compound in made)
    wrong = [f"{c.word}: {'|'.join(parts)}" for c in made if is_wrong(c, parts := lexicon.split(c.word))]
    whole = " ".join(_lines("whole.txt")).split()
    wrong += [f"{word}: {'|'.join(parts)}" for word in whole if (parts := lexicon.split(word))]
    return {
        "compounds": len(made),
        "part_finds_whole": round(1 - len(down) / len(links), 4),
        "whole_finds_parts": round(1 - len(up) / len(made), 4),
        "wrong_splits": round(len(wrong) / (len(made) + len(whole)), 4),
        "missed": down + up,
        "wrong": wrong,
    }


def question_sets(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(name, (relevant passage, question) pairs) of A, B and B with slips."""
    for name in ("a", "b"):
        yield name.upper(), read_queries(folder / f"{name}.queries.tsv")
    for kind in KINDS:
        rows = read_queries(folder / "b.queries.tsv")
        yield (
            f"B, one slip {kind}",
            list(zip((relevant for relevant, _ in rows), all_misspelt((text for _, text in rows), kind), strict=True)),
        )


def questions_answered(folder: Path, *, seen_only: bool) -> Iterator[dict[str, object]]:
    """nDCG@10 of every set, odd lines (seen) and even lines (not seen) apart."""
    documents = read_documents(folder / "docs.tsv")
    index = throwaway_index(f"words-{uuid4().hex[:8]}", documents)
    engine = configured.embedded(index.name)
    fill(index, engine, documents)
    for name, rows in question_sets(folder):
        seen, unseen = (_asked(index, rows[start::2]) for start in (0, 1)) if not seen_only else (_asked(index, rows[::2]), {})
        yield {"set": name, "seen": seen, "not seen": unseen}
    remove(index, engine)


def _asked(index: Index, rows: Sequence[tuple[str, str]]) -> dict[str, object]:
    engine = configured.embedded(index.name)
    report = evaluate(index, engine, [(text, {relevant: 1}) for relevant, text in rows]).report(engine.name)
    return {name: report[name] for name in ("queries", "ndcg@10", "recall@20", "zero_hits", "p50_ms", "p95_ms")}


def speed() -> dict[str, object]:
    """Words a second from texts to a finished index, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    documents = [Document(f"{copy} {d.id}", d.passages) for copy in range(8) for d in bank_documents()]
    many = sum(len(found) for document in documents for _, found in document_words(document))
    index = throwaway_index(f"words-{uuid4().hex[:8]}", documents)
    engine = configured.embedded(index.name)
    start, used = time.perf_counter(), time.process_time()
    fill(index, engine, documents)
    took, spent = time.perf_counter() - start, time.process_time() - used
    remove(index, engine)
    return {"words": many, "seconds": round(took, 2), "words_per_second": round(many / took), "words_per_cpu_second": round(many / spent)}


def measure(asked: Sequence[str]) -> None:
    """Measure what is asked for (`nouns`, `compounds`, `questions`, `speed`; all without a word), `--seen` only the first halves."""
    seen_only = "--seen" in asked
    wanted = [each for each in asked if not each.startswith("--")] or ["nouns", "compounds", "questions", "speed"]
    samples = os.environ.get("BANK_SAMPLES", "")
    with TemporaryDirectory() as folder, override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": Path(folder), "OPENSEARCH_URL": ""}):
        for name, drawn, count in (("nouns", nouns, nouns_found), ("compounds", compounds, compounds_found)):
            if name in wanted:
                for half, lines in list(zip(("seen", "not seen"), drawn(), strict=True))[: 1 if seen_only else 2]:
                    _say({"half": half, **count(lines)})
        if "questions" in wanted and samples:
            for found in questions_answered(Path(samples) / "search-eval", seen_only=seen_only):
                _say(found)
        if "speed" in wanted:
            _say(speed())


def _say(figures: dict[str, object]) -> None:
    print(json.dumps(figures, ensure_ascii=False), flush=True)
