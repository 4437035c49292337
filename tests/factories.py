"""Whole resources for tests, brought where they are needed by the same services as people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model
from django.test import override_settings

from media.models import MediaFile
from resourcebank.checklist import ChecklistEntry, read_checklist
from resourcebank.content import Content, ContentFile, ContentForm, ContentPicture, ContentTerm, content_of
from resourcebank.framework import CHECKLIST, TermEntry, VocabularyEntry, read_framework
from resourcebank.models import Criterion, Revision, Role, Term, User, Vocabulary
from resourcebank.services.checklist import Checklist
from resourcebank.services.drafts import discard, revise, save, start
from resourcebank.services.people import give_role
from resourcebank.services.publication import retire
from resourcebank.services.review import approve, reject, request_changes, set_due, submit, take
from resourcebank.workflow import RejectReason, RoleName, Status

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FRAMEWORK = Path(__file__).resolve().parents[1] / "fixtures" / "framework"
CRITERIA = ("method", "care", "language", "rights", "accessibility")


def person(name: str, *roles: RoleName) -> User:
    """Somebody with these roles."""
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name)
    for role in roles:
        give_role(user, role=role)
    return user


def hold(user: User, *, role: RoleName = RoleName.REVIEWER, scope: str = "") -> None:
    """Let somebody hold a role as it may stand in the database: what it is limited to may be gone by now, or make no sense."""
    Role.objects.get_or_create(user=user, role=role, scope=scope)


@cache
def framework_files() -> tuple[tuple[VocabularyEntry, ...], ChecklistEntry]:
    """The vocabularies and the checklist, as the site's own files say them."""
    entries, faults = read_framework(FRAMEWORK)
    checklist, more = read_checklist(FRAMEWORK / CHECKLIST)
    assert not faults
    assert not more
    assert checklist
    return entries, checklist


def load_whole_framework() -> None:
    """Every vocabulary and the checklist, as the site has them, written as rows: many hundred tests begin so; the loader has its own."""
    with connection.cursor() as cursor:
        for statement, values in framework_rows(connection.vendor):
            cursor.execute(statement, values)


@cache
def framework_rows(vendor: str) -> tuple[tuple[str, list[Any]], ...]:
    """The statements that write the framework on a database of this vendor, each with its values."""
    entries, checklist = framework_files()
    vocabularies = [
        Vocabulary(slug=entry.slug, labels=dict(entry.labels), ordered=entry.ordered, position=position)
        for position, entry in enumerate(entries)
    ]
    criteria = [
        Criterion(
            version=checklist.version, code=row.key, position=position, labels=dict(row.labels), help=dict(row.help), optional=row.optional
        )
        for position, row in enumerate(checklist.criteria, start=1)
    ]
    tops = [(entry, term) for entry in entries for term in entry.terms if term.parent is None]
    below = [(entry, term) for entry in entries for term in entry.terms if term.parent is not None]
    return (
        _insert(vocabularies),
        _insert([_term(entry, term) for entry, term in tops]),
        _insert([_term(entry, term) for entry, term in below], below=[(entry.slug, term.parent) for entry, term in below]),
        _insert(criteria),
    )


def _insert(made: Sequence[Model], below: Sequence[tuple[str, str | None]] = ()) -> tuple[str, list[Any]]:
    """One statement for all rows of a model; `below` names the parent of each, as (vocabulary, slug), looked up while it is written."""
    fields = [
        field for field in made[0]._meta.concrete_fields if not isinstance(field, AutoField) and not (below and field.name == "parent")
    ]
    rows = [[field.get_db_prep_save(field.pre_save(each, add=True), connection) for field in fields] for each in made]
    columns, marks, table = [f'"{field.column}"' for field in fields], ["%s"] * len(fields), made[0]._meta.db_table
    if below:
        columns, marks = [*columns, '"parent_id"'], [*marks, f'(SELECT id FROM "{table}" WHERE vocabulary_id = %s AND slug = %s)']
        rows = [[*row, *parent] for row, parent in zip(rows, below, strict=True)]
    every_row = ", ".join([f"({', '.join(marks)})"] * len(rows))
    return f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {every_row}', [value for row in rows for value in row]


def _term(entry: VocabularyEntry, term: TermEntry) -> Term:
    return Term(
        vocabulary_id=entry.slug,
        slug=term.slug,
        position=term.position,
        labels=dict(term.labels),
        description=dict(term.description),
        alternatives={language: list(words) for language, words in term.alternatives.items()},
        source=term.source,
        confirmed=term.confirmed,
        labels_confirmed=list(term.confirmed_languages),
    )


def whole_form(language: str = "nb", level: str = "", **changes: Any) -> ContentForm:
    """A complete language form with three steps."""
    form = ContentForm(
        language=language,
        level=level,
        title=f"Fire stoler ({language}{level})",
        summary="Deltakeren setter seg på fire stoler. Hver stol er en mulighet.",
        goal="Å kjenne på forskjellen mellom mulighetene.",
        steps=("Sett fram stolene.", "Si: «Velg en stol.»", "Snakk om valget."),
        questions=("Hva så du?", "Hva overrasket deg?", "Hva tar du med deg?"),
        adaptations=("På nett: tegn stolene.",),
        care="Vent hvis deltakeren er i krise.",
        participant_sheet="**Fire stoler**\n\n1. Velg en stol.",
    )
    return replace(form, **changes)


def whole_content(**changes: Any) -> Content:
    """A complete own resource in bokmål and nynorsk, ready to be submitted."""
    content = Content(
        kind="activity",
        licence="CC-BY-4.0",
        minutes=(10, 20),
        preparation_minutes=0,
        group=(1, 8),
        norwegian_level="B1",
        attribution="Alice",
        step_minutes=(3, 5, 6),
        terms=(
            ContentTerm(
                vocabulary="word_pair",
                slug="valg-og-tilfeldigheter",
                role="main",
                reason={"nb": "Øvelsen handler om å velge.", "nn": "Øvinga handlar om å velje."},
            ),
            ContentTerm(vocabulary="format", slug="one-to-one"),
            ContentTerm(vocabulary="use", slug="with-participant"),
            ContentTerm(vocabulary="needs", slug="no-preparation"),
        ),
        forms=(whole_form("nb"), whole_form("nn", made_from="nb")),
    )
    return replace(content, **changes)


def a_picture(letter: str = "a") -> ContentPicture:
    """A picture the database knows, without any file on disk."""
    MediaFile.objects.get_or_create(sha256=letter * 64, defaults={"media_type": "image/png", "width": 40, "height": 30})
    return ContentPicture(sha256=letter * 64, alt={"nb": "En kopp.", "nn": "Ein kopp."})


def a_file(role: str = "worksheet", letter: str = "f", **changes: Any) -> ContentFile:
    """A document, film, captions or poster the database knows, without any file on disk."""
    media_type = {"worksheet": "application/pdf", "film": "video/mp4", "captions": "text/vtt", "poster": "image/png"}[role]
    facts = {"media_type": media_type, "bytes": 140_000, "pages": 2 if role == "worksheet" else None}
    MediaFile.objects.get_or_create(sha256=letter * 64, defaults=facts)
    said: dict[str, dict[str, Any]] = {
        "worksheet": {"caption": {"nb": "Samtaleark", "nn": "Samtaleark"}, "language": "nb"},
        "captions": {"language": "nb"},
        "poster": {"alt": {"nb": "En stol.", "nn": "Ein stol."}},
    }
    return replace(ContentFile(sha256=letter * 64, role=role, **said.get(role, {})), **changes)


def yes_to_all(revision: Revision) -> Checklist:
    """A checklist with every point in order and every framework link confirmed."""
    links = content_of(revision).framework_links
    return Checklist(answers=dict.fromkeys(CRITERIA, "ok"), confirmed=frozenset(link.key for link in links))


def a_draft(*, by: User, content: Content | None = None, slug: str = "", now: datetime = NOW) -> Revision:
    """The first draft of a new resource."""
    return start(by=by, content=content or whole_content(), now=now, slug=slug)


def handed_in(*, by: User, content: Content | None = None, slug: str = "", now: datetime = NOW) -> Revision:
    """A new resource waiting for review."""
    draft = a_draft(by=by, content=content, slug=slug, now=now)
    return submit(draft, by=by, now=now, seen=draft.version)


def taken_and_due(revision: Revision, *, by: Any) -> Revision:
    """The review taken by somebody, and due today."""
    mine = take(revision, by=by, now=NOW, seen=revision.version)
    return set_due(mine, by=by, now=NOW, seen=mine.version, due_on=NOW.date())


def approved(revision: Revision, *, by: User, now: datetime = NOW) -> Revision:
    """The revision approved by somebody, and not yet published."""
    with override_settings(BANK_PUBLISH_ON_APPROVAL=False):
        return approve(revision, by=by, now=now, seen=revision.version, checklist=yes_to_all(revision))


def passed(revision: Revision, *, by: User, now: datetime = NOW) -> Revision:
    """The revision approved by somebody, and so published."""
    return approve(revision, by=by, now=now, seen=revision.version, checklist=yes_to_all(revision))


def a_published(*, author: User, approver: User, content: Content | None = None, slug: str = "", now: datetime = NOW) -> Revision:
    """A new resource, submitted, approved and published."""
    return passed(handed_in(by=author, content=content, slug=slug, now=now), by=approver, now=now)


def next_version(published: Revision, *, author: User, content: Content | None = None, now: datetime = NOW) -> Revision:
    """A new draft of a published resource, handed in with a changed title or the given content."""
    draft = revise(published.resource, by=author, now=now)
    changed = content or whole_content(forms=(whole_form("nb", title="Fem stoler"), whole_form("nn", title="Fem stolar")))
    saved = save(draft, by=author, content=changed, seen=draft.version, now=now)
    return submit(saved, by=author, now=now, seen=saved.version)


def revision_in(status: Status, *, author: User, curator: User, content: Content | None = None) -> Revision:
    """A revision by `author` that has come to a status through the services."""
    match status:
        case Status.DRAFT:
            return a_draft(by=author, content=content)
        case Status.IN_REVIEW:
            return handed_in(by=author, content=content)
        case Status.APPROVED:
            return approved(handed_in(by=author, content=content), by=curator)
        case Status.PUBLISHED:
            return a_published(author=author, approver=curator, content=content)
        case Status.SUPERSEDED:
            first = a_published(author=author, approver=curator, content=content)
            passed(next_version(first, author=author), by=curator)
            return Revision.objects.get(pk=first.pk)
        case Status.RETIRED:
            public = a_published(author=author, approver=curator, content=content)
            return retire(public, by=curator, now=NOW, seen=public.version, reason="Lenken virker ikke.")
        case Status.CHANGES_REQUESTED:
            waiting = handed_in(by=author, content=content)
            return request_changes(waiting, by=curator, now=NOW, seen=waiting.version, note="Kort ned steg to.")
        case Status.REJECTED:
            waiting = handed_in(by=author, content=content)
            reason = RejectReason.DUPLICATE
            return reject(waiting, by=curator, now=NOW, seen=waiting.version, reason=reason, note="Den finnes fra før.")
        case Status.DISCARDED:
            draft = a_draft(by=author, content=content)
            return discard(draft, by=author, now=NOW, seen=draft.version)
