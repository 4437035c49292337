"""Words to their forms, by declension classes that a table gives. Knows no word and no ending of any language.

An ending is `-` (the word itself), letters to add (`en`), `+en` (the last letter doubled, then `en`: drøm, drømmen) or `~a` (in place of
the last letter: uke, uka). `'s` after the endings of a class adds every form once more with an s, where it does not end in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Classes = Mapping[str, tuple[str, ...]]
_GENITIVE = "'s"


def read_classes(lines: Iterable[str]) -> Classes:
    """Class -> endings. A line is `class: ending ending …`; ValueError for a class that stands twice or has no ending."""
    classes: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, _, endings = line.partition(":")
        if name in classes or not endings.split():
            raise ValueError(f"a class that stands twice or has no ending: {line}")
        classes[name.strip()] = tuple(endings.split())
    return classes


def forms_of(paradigm: str, classes: Classes) -> list[str]:
    """The forms of one paradigm, each once: `word class class`, or forms written out, parted by commas: `bok, boka, bøker, bøkene`.

    A word without a class is its only form. ValueError for a class that no table has.
    """
    if "," in paradigm:
        return list(dict.fromkeys(form for each in paradigm.split(",") if (form := each.strip())))
    word, *names = paradigm.split()
    if unknown := [name for name in names if name not in classes]:
        raise ValueError(f"no such class: {', '.join(unknown)} in `{paradigm.strip()}`")
    return list(dict.fromkeys(form for name in names for form in _inflected(word, classes[name]))) or [word]


def _inflected(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    for ending in endings:
        if ending != _GENITIVE:
            form = _joined(word, ending)
            yield form
            if _GENITIVE in endings and not form.endswith("s"):
                yield form + "s"


def _joined(word: str, ending: str) -> str:
    match ending[0]:
        case "-":
            return word
        case "+":
            return word + word[-1] + ending[1:]
        case "~":
            return word[:-1] + ending[1:]
        case _:
            return word + ending
