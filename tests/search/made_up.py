"""Made-up documents like the bank's, and requests to them, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain

from search.index import Document, Passage
from search.request import SearchRequest
from tests.search.collection import FACET_NAMES

VALUES = {
    "pair": ["valg", "valg/stoler", "valg/lytte", "endring", "endring/tid", "kontekst", "motstand", "motstand/mot"],
    "kind": ["activity", "film", "text", "game", "guide"],
    "level": ["none", "A1", "A2", "B1", "B2", "C"],
    "needs": ["no-reading", "phone-only", "no-preparation", "no-printing"],
    "ethics": ["respect", "respect/listening", "privacy", "privacy/notes", "justice"],
}
_WORDS = """
head veileder deltaker samtale øvelse valg endring karriere stol bilde kort drøm framtid yrke utdanning mestring språk nettverk verdi
tail samtale øvelse kort valg linje spill time gruppe møte plan kart stol bilde bok
small og i på for med en et som du vi
en choice chance career change dream chair picture talk plan group network language
nn rettleiar søkjar val øving moglegheit draum framtid høve lag bok
uk вибір робота мрія розмова план група мова людина
syllable ka ri ve la tur mo sel nå by fjo rø ti san dre ol
"""
_LISTS = {name: words for name, *words in (line.split() for line in _WORDS.strip().splitlines())}
_FOREIGN = ("en", "nn", "uk")
_ENDINGS = ("", "", "en", "er", "ene", "ar", "s")


class MadeUp:
    """Documents and requests from one seed. Words follow Zipf's law: a few are everywhere, most are in a handful of documents."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        rare = {"".join(self._dice.choices(_LISTS["syllable"], k=self._dice.randint(2, 4))) for _ in range(1200)}
        compounds = [head + tail for head in _LISTS["head"] for tail in _LISTS["tail"] if head != tail]
        self._words = [*_LISTS["head"], *self._dice.sample(compounds, len(compounds)), *sorted(rare)]
        self._weights = [1 / (place + 3) for place in range(len(self._words))]

    def documents(self, many: int) -> list[Document]:
        return [self.document(f"{n:05}") for n in range(many)]

    def document(self, document_id: str) -> Document:
        """One document: Norwegian, half of them also in another language, with values in most facets."""
        dice = self._dice
        title = self._text(dice.randint(1, 4))
        passages = [Passage("nb", title, self._text(dice.randint(20, 70)))]
        if dice.random() < 0.5:
            language = dice.choice(_FOREIGN)
            passages.append(Passage(language, *(" ".join(dice.choices(_LISTS[language], k=k)) for k in (2, dice.randint(4, 20)))))
        lowest = dice.randrange(len(VALUES["level"]))
        values = {name: tuple(dice.sample(some, dice.choice([0, 1, 1, 2, 3]))) for name, some in VALUES.items()}
        numbers = {"minutes": 5 * dice.randint(1, 12), "group_low": dice.randint(1, 3), "published": dice.randrange(10_000)}
        numbers["group_high"] = numbers["group_low"] + dice.randint(0, 20)
        kept = {name: number for name, number in numbers.items() if dice.random() < 0.9}
        return Document(document_id, tuple(passages), values | {"level": tuple(VALUES["level"][lowest:])}, kept, title)

    def _text(self, many: int) -> str:
        return " ".join(
            chain.from_iterable(
                (self._dice.choice(_LISTS["small"]), word) if self._dice.random() < 0.3 else (word,) for word in self._found(many)
            )
        )

    def _found(self, many: int) -> Iterator[str]:
        for word in self._dice.choices(self._words, self._weights, k=many):
            yield word + self._dice.choice(_ENDINGS)

    def request(self) -> SearchRequest:
        """A text of common, rare, foreign, misspelt, quoted and excluded words, or none; a few choices; any order and page."""
        dice = self._dice
        facets = dice.sample(FACET_NAMES, dice.choice([0, 1, 1, 2, 3]))
        filters = [(name, tuple(dice.sample(VALUES[name], dice.choice([1, 1, 2, 2, 3])))) for name in facets]
        bounds = [(name, dice.randint(1, 60)) for name in ("minutes_max", "minutes_min", "group") if dice.random() < 0.15]
        return SearchRequest(
            text=self._query(),
            filters=tuple(filters),
            bounds=tuple(bounds),
            facets=FACET_NAMES,
            sort=dice.choice(["relevance"] * 5 + ["newest", "shortest", "title"]),
            page=dice.choice([1, 1, 1, 2, 3]),
            page_size=dice.choice([5, 20, 50]),
        )

    def _query(self) -> str:
        dice = self._dice
        match dice.randrange(7):
            case 0:
                return ""
            case 1 | 2:
                return self._text(dice.randint(1, 2))
            case 3:
                return self._text(dice.randint(3, 7))
            case 4:
                return " ".join(dice.choices([word for language in _FOREIGN for word in _LISTS[language]], k=dice.randint(1, 3)))
            case 5:
                return f'"{self._text(1)}" -{dice.choice(self._words[:40])} {self._text(dice.randint(0, 2))}'
            case _:
                return " ".join(self._slipped(dice.choice(self._words[-900:])) for _ in range(dice.randint(1, 2)))

    def _slipped(self, word: str) -> str:
        """A word nobody wrote: with a letter wrong, or with an end that no word has."""
        at = self._dice.randrange(1, len(word))
        return self._dice.choice([word[:at] + "x" + word[at + 1 :], word[:4] + "qzx", word + "wq"])
