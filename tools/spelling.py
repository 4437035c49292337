#!/usr/bin/env python3
"""Spelling of all Norwegian text in fixtures/, with the system's hunspell and the field's own words.

`python -m tools.spelling` names file and line of every word that neither the dictionary nor `fixtures/spelling/` has. Without hunspell or
its dictionaries it says so and does nothing, unless REQUIRE_HUNSPELL=1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
LISTS = FIXTURES / "spelling"
DICTIONARIES = {"nb": "nb_NO", "nn": "nn_NO"}
Place = tuple[Path, int]
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LINK = re.compile(r"\]\([^)]*\)|https?://\S+|\b[\w-]+\.(?:no|com|org|eu)\b")
_NO_TEXT = re.compile(r"^(made_from|checked_on|checked_by|translated_by):|^## ")
_KEY = re.compile(r"^(title|summary):")


def words_in(text: str) -> list[str]:
    """The words of a line, without addresses."""
    return _WORD.findall(_LINK.sub("] ", text))


def written(language: str) -> Iterator[tuple[str, Place]]:
    """Every word in a language, and where it stands: the forms and pages in it, and the texts of TOML files by its key."""
    for path in sorted(FIXTURES.rglob(f"{language}*.md")):
        if path.stem.partition("-")[0] == language:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if not _NO_TEXT.match(line):
                    yield from ((word, (path, number)) for word in words_in(_KEY.sub("", line)))
    for path in sorted(FIXTURES.rglob("*.toml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for text in _texts(tomllib.loads("\n".join(lines)), language):
            place = next((number for number, line in enumerate(lines, start=1) if text[:40] in line), 1)
            yield from ((word, (path, place)) for word in words_in(text))


def _texts(data: object, language: str) -> Iterator[str]:
    match data:
        case dict():
            for key, value in data.items():
                if key == language:
                    yield from ([value] if isinstance(value, str) else [text for text in value if isinstance(text, str)])
                else:
                    yield from _texts(value, language)
        case list():
            for value in data:
                yield from _texts(value, language)


def own_words(language: str) -> set[str]:
    """The field's words in a language and the names of people and places, in small letters."""
    files = [LISTS / f"{name}.txt" for name in (language, "names")]
    lines = (line.partition("#")[0].strip() for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return {line.casefold() for line in lines if line}


def unknown(words: set[str], dictionary: str) -> set[str]:
    """The words the dictionary does not have, in any case they are written in."""
    asked = "\n".join(sorted(words | {word.casefold() for word in words})) + "\n"
    command = ["hunspell", "-l", "-i", "utf-8", "-d", dictionary]
    answer = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    missing = {line.strip() for line in answer.stdout.splitlines()}
    return {word for word in words if word in missing and word.casefold() in missing}


def misspelt(language: str) -> list[str]:
    """One line for each word nobody knows, at the first place it stands."""
    places: dict[str, Place] = {}
    for word, place in written(language):
        places.setdefault(word, place)
    strange = unknown(set(places), DICTIONARIES[language])
    own = own_words(language)
    found = sorted((places[word], word) for word in strange if word.casefold() not in own and not _of_known_parts(word, strange, own))
    return [f"{path.relative_to(ROOT)}:{line}: «{word}» ({language})" for (path, line), word in found]


def _of_known_parts(word: str, strange: set[str], own: set[str]) -> bool:
    """A word joined by hyphens is known by its parts."""
    parts = re.split("[-’']", word)
    return len(parts) > 1 and all(part.casefold() in own or part not in strange for part in parts)


def has_dictionaries() -> bool:
    """Whether this machine can check at all."""
    if not shutil.which("hunspell"):
        return False
    found = subprocess.run(["hunspell", "-D"], input="", capture_output=True, text=True, check=False)
    return all(f"/{name}" in found.stdout + found.stderr for name in DICTIONARIES.values())


def main() -> int:
    """1 when a word is unknown, or when checking is required and cannot be done."""
    if not has_dictionaries():
        print("Spelling is not checked: hunspell with nb_NO and nn_NO is not installed (Debian: apt install hunspell hunspell-no).")
        return 1 if os.environ.get("REQUIRE_HUNSPELL") else 0
    found = [line for language in DICTIONARIES for line in misspelt(language)]
    for line in found:
        print(line)
    if found:
        print(f"{len(found)} unknown words. Mend them, or add what is right to fixtures/spelling/.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
