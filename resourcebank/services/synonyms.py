"""The site's own synonyms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from resourcebank.catalogue import forget_synonyms, synonyms_of
from resourcebank.errors import NotOneWord, SynonymNeedless, SynonymOfItself, SynonymTaken
from resourcebank.models import Synonym, SynonymChange, User
from resourcebank.policies import require_run_site
from search.analysis import words
from search.analysis.stems import stem
from search.index import SynonymRow


def checked_row(*, word: str, other: str, both_ways: bool, off: bool, instead_of: Synonym | None = None) -> SynonymRow:
    """A row as it would be kept, its words in normal form.

    Raises NotOneWord; SynonymOfItself when they are forms of one word, which find each other anyway; SynonymTaken when the same pair stands
    in another row; SynonymNeedless when nothing would change: the pair stands in the files, or does not and cannot be switched off.
    """
    row = SynonymRow(_one_word(word, "word"), _one_word(other, "other"), both_ways, off)
    if stem(row.word, "no") == stem(row.other, "no"):
        raise SynonymOfItself(row.word, row.other)
    others = Synonym.objects.exclude(pk=instead_of.pk) if instead_of else Synonym.objects.all()
    turned = others.filter(word=row.other, other=row.word)
    turned = turned if both_ways else turned.filter(both_ways=True)
    if taken := others.filter(word=row.word, other=row.other).first() or turned.first():
        raise SynonymTaken(str(taken))
    ways = [(row.word, row.other), *([(row.other, row.word)] if both_ways else [])]
    if all(_in_files(typed, found) != off for typed, found in ways):
        raise SynonymNeedless(row.word, row.other, off=off)
    return row


def _one_word(text: str, field: str) -> str:
    found = words(text)
    if len(found) != 1:
        raise NotOneWord(field)
    return found[0]


def _in_files(typed: str, found: str) -> bool:
    return any(synonym.stem == stem(found, "no") for synonym in synonyms_of(typed, ()))


@transaction.atomic
def add_synonym(*, word: str, other: str, both_ways: bool, off: bool, by: User, now: datetime) -> Synonym:
    """Add a pair, or switch one of the files off; it counts for the next search, in other processes within two seconds.

    Raises NotAllowed and what `checked_row` raises.
    """
    require_run_site(by)
    row = checked_row(word=word, other=other, both_ways=both_ways, off=off)
    made = Synonym.objects.create(word=row.word, other=row.other, both_ways=row.both_ways, off=row.off)
    _note("added", made, by, now)
    return made


@transaction.atomic
def change_synonym(synonym: Synonym, *, word: str, other: str, both_ways: bool, off: bool, by: User, now: datetime) -> None:
    """Put another pair in the place of one. Raises NotAllowed and what `checked_row` raises."""
    require_run_site(by)
    row = checked_row(word=word, other=other, both_ways=both_ways, off=off, instead_of=synonym)
    synonym.word, synonym.other, synonym.both_ways, synonym.off = row.word, row.other, row.both_ways, row.off
    synonym.save(update_fields=["word", "other", "both_ways", "off"])
    _note("changed", synonym, by, now)


@transaction.atomic
def remove_synonym(synonym: Synonym, *, by: User, now: datetime) -> None:
    """Let the files alone speak again. Nothing happens when somebody removed it already. Raises NotAllowed."""
    require_run_site(by)
    if Synonym.objects.filter(pk=synonym.pk).delete()[0]:
        _note("removed", synonym, by, now)


def _note(action: str, synonym: Synonym, by: User, now: datetime) -> None:
    SynonymChange.objects.create(
        at=now, actor=by, action=action, word=synonym.word, other=synonym.other, both_ways=synonym.both_ways, off=synonym.off
    )
    transaction.on_commit(forget_synonyms)
