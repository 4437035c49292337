#!/usr/bin/env python3
"""Bring the catalogues of nynorsk and English up to date with the texts in code and templates, and compile them.

The texts in code are bokmål. `python -m tools.messages` adds what is new, drops what is gone and writes `django.mo` beside each
`django.po`; it needs no gettext. What still lacks a translation is listed, and a test refuses it.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.template import Engine
from django.template.base import Node, NodeList
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "resourcebank"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("nn", "en")
ADMIN_LOCALE = PACKAGE / "admin" / "locale"
"""Django's own texts in its administration that its Norwegian catalogues lack; written by hand, bokmål too."""
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text to translate; `plural` is empty when there is only one form."""

    text: str
    plural: str = ""


def messages() -> dict[Message, set[str]]:
    """Every text in the code and templates, with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in in_code(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    for path in sorted(path for ending in ("html", "txt") for path in (PACKAGE / "templates").rglob(f"*.{ending}")):
        for message in in_template(path):
            found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    return found


def in_code(tree: ast.AST) -> Iterator[Message]:
    """The texts in calls of gettext and its like. A call with anything else than a text is a mistake and raises ValueError."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ONE | MANY:
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
            if len(texts) != (1 if name in ONE else 2):
                raise ValueError(f"line {node.lineno}: {name} needs a text in quotes")
            yield Message(*texts)


def in_template(path: Path) -> Iterator[Message]:
    """The texts in `translate` and `blocktranslate` of a template."""
    template = _engine().from_string(path.read_text(encoding="utf-8"))
    for node in _nodes(template.nodelist):
        if isinstance(node, TranslateNode):
            yield Message(str(node.filter_expression.var.literal))
        elif isinstance(node, BlockTranslateNode):
            yield Message(*(node.render_token_list(tokens)[0] for tokens in (node.singular, node.plural) if tokens))


def _nodes(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        for name in node.child_nodelists:
            yield from _nodes(getattr(node, name, None) or NodeList())


def _engine() -> Engine:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resourcebank.project.settings")
    django.setup()
    return Engine.get_default()


def catalogue(language: str) -> polib.POFile:
    """The catalogue of a language as it is kept."""
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"), wrapwidth=100)


def renewed(old: polib.POFile, language: str, found: dict[Message, set[str]]) -> polib.POFile:
    """A catalogue of exactly the found texts, with the translations that were there."""
    known = {Message(entry.msgid, entry.msgid_plural): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(found):
        kept = known.get(message)
        entry = polib.POEntry(msgid=message.text, occurrences=[(file, "") for file in sorted(found[message])])
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = dict(kept.msgstr_plural) if kept else {0: "", 1: ""}
        else:
            entry.msgstr = kept.msgstr if kept else ""
        if "%(" in message.text:
            entry.flags.append("python-format")
        new.append(entry)
    return new


def untranslated(entries: polib.POFile) -> list[str]:
    """The texts without a whole translation."""
    return [entry.msgid for entry in entries if not entry.translated()]


def main() -> int:
    """Renew and compile both catalogues; 1 while something lacks a translation."""
    found, lacking = messages(), 0
    for language in LANGUAGES:
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        old = catalogue(language) if (folder / "django.po").exists() else polib.POFile()
        new = renewed(old, language, found)
        new.save(str(folder / "django.po"))
        new.save_as_mofile(str(folder / "django.mo"))
        for text in untranslated(new):
            lacking += 1
            print(f"{language}: {text}")
    for written in ADMIN_LOCALE.glob("*/LC_MESSAGES/django.po"):
        polib.pofile(str(written)).save_as_mofile(str(written.with_suffix(".mo")))
    print(f"{len(found)} texts in {', '.join(LANGUAGES)}; {lacking} translations are missing.")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
