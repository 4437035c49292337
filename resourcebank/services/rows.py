"""A content as rows of the database: columns of the revision, and its steps, links and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from media.models import MediaFile
from resourcebank.content import Content, ContentForm, content_hash
from resourcebank.models import Attachment, Form, Revision, Step, TermLink
from resourcebank.quality import lix
from resourcebank.services.structure import Terms


def columns_of(content: Content, terms: Terms) -> dict[str, Any]:
    """The revision's own columns."""
    return {
        "origin": content.origin,
        "kind": terms.get(("kind", content.kind)),
        "licence": terms.get(("licence", content.licence)),
        "minutes_min": content.minutes[0],
        "minutes_max": content.minutes[1],
        "preparation_minutes": content.preparation_minutes,
        "group_min": content.group[0],
        "group_max": content.group[1],
        "norwegian_level": content.norwegian_level,
        "source_url": content.source_url,
        "attribution": content.attribution,
        "content_hash": content_hash(content),
    }


def steps_of(revision: Revision, content: Content) -> list[Step]:
    """The time plan, not yet saved."""
    return [Step(revision=revision, position=number, minutes=minutes) for number, minutes in enumerate(content.step_minutes, start=1)]


def links_of(revision: Revision, content: Content, terms: Terms) -> list[TermLink]:
    """The links to terms, not yet saved."""
    return [TermLink(revision=revision, term=terms[link.key], role=link.role, reason=dict(link.reason)) for link in content.terms]


def attachments_of(revision: Revision, content: Content, files: Mapping[str, MediaFile]) -> list[Attachment]:
    """The pictures and after them the other files, not yet saved; `files` are those of the content by their SHA-256."""
    pictures = [
        Attachment(file=files[each.sha256], role="picture", alt=dict(each.alt), source_url=each.source_url, rights=each.rights)
        for each in content.pictures
    ]
    others = [
        Attachment(
            file=files[each.sha256],
            role=each.role,
            alt=dict(each.alt),
            caption=dict(each.caption),
            language=each.language,
            rights=each.rights,
        )
        for each in content.files
    ]
    rows = [*pictures, *others]
    for position, row in enumerate(rows, start=1):
        row.revision, row.position = revision, position
    return rows


def form_of(revision: Revision, form: ContentForm) -> Form:
    """One language form, not yet saved; which form it was made from is joined when both have a key."""
    read = " \n".join((form.summary, form.goal, *form.steps, *form.questions, *form.adaptations, form.care, form.participant_sheet))
    return Form(
        revision=revision,
        language=form.language,
        level=form.level,
        title=form.title,
        summary=form.summary,
        goal=form.goal,
        steps=list(form.steps),
        questions=list(form.questions),
        adaptations=list(form.adaptations),
        care=form.care,
        participant_sheet=form.participant_sheet,
        transcript=form.transcript,
        made_from_hash=form.made_from_hash,
        lix=lix(read),
        translated_by=form.translated_by,
        checked_by=form.checked_by,
        checked_on=form.checked_on,
    )
