"""Taking back that a picture or file was removed: what it was travels with the page, signed, so that nobody puts in another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from django.core import signing

from resourcebank.content import Content, ContentFile, ContentPicture

_A_DAY = 24 * 3600
_LONGEST = 6_000
Item = TypeVar("Item", ContentFile, ContentPicture)


def removed_mark(before: Content, after: Content, *, revision_id: int) -> str:
    """What lets `restored` put back the first picture or file of one content that is not in another; "" when none is gone."""
    gone = _first_gone(before.pictures, after.pictures) or _first_gone(before.files, after.files)
    if gone is None:
        return ""
    mark = signing.dumps(gone, salt=_salt(revision_id), compress=True)
    return mark if len(mark) <= _LONGEST else ""


def _first_gone(old: Sequence[Item], new: Sequence[Item]) -> tuple[str, int, dict[str, Any]] | None:
    left = {_key(each) for each in new}
    found = next(((place, each) for place, each in enumerate(old) if _key(each) not in left), None)
    return (_key(found[1])[0], found[0], asdict(found[1])) if found else None


def restored(content: Content, mark: str, *, revision_id: int) -> Content:
    """The content with what a mark tells of in its old place; as it is when the mark is none of ours, is a day old, or is of no use."""
    try:
        role, place, said = signing.loads(mark, salt=_salt(revision_id), max_age=_A_DAY)
    except signing.BadSignature:
        return content
    if role == "picture":
        return replace(content, pictures=_with(content.pictures, ContentPicture(**said), place))
    return replace(content, files=_with(content.files, ContentFile(**said), place))


def _with(items: Sequence[Item], item: Item, place: int) -> tuple[Item, ...]:
    there = list(items)
    if _key(item) not in map(_key, items):
        there.insert(place, item)
    return tuple(there)


def _key(item: ContentFile | ContentPicture) -> tuple[str, str]:
    return item.role if isinstance(item, ContentFile) else "picture", item.sha256


def _salt(revision_id: int) -> str:
    return f"removed:{revision_id}"
