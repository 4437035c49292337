"""Files that somebody brings to a draft: taken in through their doors, put among what the draft has, offered from a linked page."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from media.errors import FileRefused, Kind, PictureRefused
from media.shelf import keep_file, keep_picture
from resourcebank.content import Content, ContentFile, ContentPicture, content_of
from resourcebank.errors import StaleRevision
from resourcebank.foreign.fetch import OPEN, PICTURE, fetch
from resourcebank.foreign.guard import FetchProblem, Guard
from resourcebank.models import Revision, User
from resourcebank.policies import require
from resourcebank.services import drafts
from resourcebank.workflow import Action


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of files: the kept ones by place in the row (from 0) and SHA-256, and of the refused the place and why."""

    kept: tuple[tuple[int, str], ...]
    refused: tuple[tuple[int, FileRefused | PictureRefused], ...]


def take_pictures(revision: Revision, *, by: User, files: Iterable[bytes]) -> Taken:
    """Take pictures in for a draft the person writes. No transaction around it: opening them takes seconds, in which nobody else could
    write; each is kept by what it contains, so that one nobody uses does no harm. Raises LoginNeeded, NotAllowed."""
    require(by, Action.SAVE, revision)
    kept: list[tuple[int, str]] = []
    refused: list[tuple[int, FileRefused | PictureRefused]] = []
    for place, data in enumerate(files):
        try:
            kept.append((place, keep_picture(data).sha256))
        except PictureRefused as error:
            refused.append((place, error))
    return Taken(tuple(kept), tuple(refused))


def take_files(revision: Revision, *, by: User, files: Iterable[BinaryIO], kind: Kind) -> Taken:
    """The same for documents, films or captions, read from where the upload lies."""
    require(by, Action.SAVE, revision)
    kept: list[tuple[int, str]] = []
    refused: list[tuple[int, FileRefused | PictureRefused]] = []
    for place, source in enumerate(files):
        try:
            kept.append((place, keep_file(source, kind=kind).sha256))
        except FileRefused as error:
            refused.append((place, error))
    return Taken(tuple(kept), tuple(refused))


def with_pictures(content: Content, new: Iterable[ContentPicture]) -> Content:
    """The content with kept pictures at its end, each once."""
    there = {picture.sha256 for picture in content.pictures}
    added = {picture.sha256: picture for picture in new if picture.sha256 not in there}
    return replace(content, pictures=(*content.pictures, *added.values()))


def with_files(content: Content, new: Iterable[ContentFile]) -> Content:
    """The content with kept files at the end of those of their role, each once."""
    there = {(file.role, file.sha256) for file in content.files}
    added = {(file.role, file.sha256): file for file in new if (file.role, file.sha256) not in there}
    return replace(content, files=(*content.files, *added.values()))


def offer_picture(revision: Revision, *, by: User, address: str, page: str, now: datetime, seconds: float, guard: Guard = OPEN) -> Revision:
    """Put the picture a linked page shows of itself into the draft, with the page it is from: a suggestion like the rest, which cannot be
    handed in before somebody has said what it shows and what lets us share it. A picture that cannot be had or is none is left out.

    Raises what `drafts.save` raises.
    """
    require(by, Action.SAVE, revision)
    if not address or seconds <= 0:
        return revision
    with suppress(FetchProblem, PictureRefused, StaleRevision):  # stale: the author was quicker, and need not wait for a suggestion
        data = fetch(address, wanted=PICTURE, seconds=seconds, guard=guard).body
        picture = ContentPicture(sha256=keep_picture(data).sha256, source_url=page)
        content = content_of(revision)
        offered = with_pictures(content, [picture])
        if offered != content:
            return drafts.save(revision, by=by, content=offered, seen=revision.version, now=now)
    return revision
