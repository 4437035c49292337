"""Made-up resources for load and scale: plausible in shape and statistics, never meant to be read. Pure: no database."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from resourcebank.content import Content, ContentForm, ContentTerm

FORMS_WANTED = 30_000
SHORT_WORDS = 130
_DRAWN = 2**20
_PARTS, _LONGEST = 1_000, 40
_WORD = re.compile(r"[^\W\d_]{3,}")
_LANGUAGES = (("nb", ""), ("nn", ""), ("nb", "A2"))
_SHARES = {"": 3, "A2": 1}
_FACETS = {"format": (1, 2), "needs": (1, 4), "audience": (1, 3), "sector": (0, 2), "theme": (1, 3), "use": (1, 1)}
_MINUTES = ((5, 10), (10, 20), (15, 30), (30, 45), (45, 90), (60, 120))
_GROUPS = ((1, 1), (1, 8), (2, 12), (6, 30))
_LEVELS = ("A2", "B1", "B2", "C")
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Stock:
    """What the made-up resources are made from, and the terms of every vocabulary.

    `words` holds every word as often as Zipf's law has it among a million, so that drawing one is drawing a number.
    """

    words: Sequence[str]
    terms: Mapping[str, Sequence[str]]
    length: int


def make_stock(texts: Sequence[str], terms: Mapping[str, Sequence[str]], *, length: int, seed: int) -> Stock:
    """The words of real texts, commonest first, then made-up compounds of them until there are 30,000 forms.

    `length` is the number of words a resource gets in all its forms together.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for word in _WORD.findall(text.lower()):
            counts[word] = counts.get(word, 0) + 1
    words = sorted(counts, key=lambda word: (-counts[word], word))
    words += _compounds([word for word in words if len(word) > 3], set(words), FORMS_WANTED - len(words), _chance(seed))
    return Stock(_as_common(words), terms, length)


def _as_common(words: Sequence[str]) -> list[str]:
    """2^20 words: each as often as its rank says, with Mandelbrot's shift (no word is half of the text), and at least once."""
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    left = _DRAWN - len(words)
    ends = [rank + round(left * weight / weights[-1]) for rank, weight in enumerate(weights, start=1)]
    return [word for word, start, end in zip(words, [0, *ends], ends, strict=False) for _ in range(end - start)]


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # made-up text, no secret


def _compounds(parts: Sequence[str], taken: set[str], many: int, chance: random.Random) -> list[str]:
    """New words of two parts; the first ones become parts too, so that a few words are enough to begin with."""
    pool, made = list(parts), list[str]()
    while len(made) < many:
        word = chance.choice(pool) + chance.choice(("", "", "s", "e")) + chance.choice(pool)
        if word in taken or len(word) > _LONGEST:
            continue
        taken.add(word)
        made.append(word)
        if len(pool) < _PARTS:
            pool.append(word)
    return made


def contents(stock: Stock, *, many: int, seed: int) -> Iterator[Content]:
    """`many` made-up resources; the same seed gives the same ones."""
    chance = _chance(seed)
    return (_content(stock, chance) for _ in range(many))


def _content(stock: Stock, chance: random.Random) -> Content:
    pair = chance.choice([slug for slug in stock.terms["word_pair"] if "/" not in slug])
    word = chance.choice([slug for slug in stock.terms["word_pair"] if slug.startswith(f"{pair}/")])
    reason = {"nb": "Oppdiktet innhold for måling.", "nn": "Oppdikta innhald for måling."}
    links = [ContentTerm(vocabulary="word_pair", slug=slug, role="main", reason=reason) for slug in (pair, word)]
    if chance.random() < 0.3:
        links.append(ContentTerm(vocabulary="competence", slug=chance.choice(stock.terms["competence"]), role="touches", reason=reason))
    for vocabulary, (least, most) in _FACETS.items():
        chosen = chance.sample(stock.terms[vocabulary], min(chance.randint(least, most), len(stock.terms[vocabulary])))
        links += [ContentTerm(vocabulary=vocabulary, slug=slug) for slug in chosen]
    low, high = chance.choice(_MINUTES)
    return Content(
        kind=chance.choice(stock.terms["kind"]),
        licence=chance.choice(stock.terms["licence"]),
        minutes=(low, high),
        preparation_minutes=chance.choice((0, 0, 5, 15)),
        group=chance.choice(_GROUPS),
        norwegian_level=chance.choice(_LEVELS),
        attribution="Øvingsbanken",
        step_minutes=(low // _STEPS or 1,) * _STEPS,
        terms=tuple(links),
        forms=tuple(_forms(stock, chance)),
    )


def _forms(stock: Stock, chance: random.Random) -> Iterator[ContentForm]:
    """Bokmål, nynorsk and easy-read forms that share the length as real ones do."""
    whole = sum(_SHARES[level] for _, level in _LANGUAGES)
    for language, level in _LANGUAGES:
        yield _form(language, level, stock, stock.length * _SHARES[level] // whole, chance)


def _form(language: str, level: str, stock: Stock, many: int, chance: random.Random) -> ContentForm:
    numbers = memoryview(chance.randbytes(4 * many)).cast("I")
    words = iter([stock.words[number % _DRAWN] for number in numbers])

    def text(share: float, least: int = 1) -> str:
        taken = [word for _, word in zip(range(max(least, int(many * share))), words, strict=False)]
        return " ".join(taken).capitalize() + "."

    return ContentForm(
        language=language,
        level=level,
        title=text(0.0, 4)[:-1],
        summary=text(0.05, 8),
        goal=text(0.04, 4),
        steps=tuple(text(0.09) for _ in range(_STEPS)),
        questions=tuple(text(0.02) for _ in range(4)),
        adaptations=tuple(text(0.04) for _ in range(4)),
        care=text(0.08),
        participant_sheet=text(1.0),
    )
