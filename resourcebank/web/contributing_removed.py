"""Taking back that a picture or file was removed: what it was travels with the page, signed, so that nobody puts in another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TypeVar

from django.core import signing

from resourcebank.content import Content, ContentFile, ContentPicture

_A_DAY = 24 * 3600
_LONGEST = 6_000
Item = TypeVar("Item", ContentFile, ContentPicture)


def removed_mark(before: Content, after: Content, *, revision_id: int) -> str:
    """What lets `restored` put back the first picture or file of one content that is not in another; "" when none is gone."""
    for part, old, new in (("pictures", before.pictures, after.pictures), ("files", before.files, after.files)):
        left = {(each.sha256, _role(each)) for each in new}
        for place, each in enumerate(old):
            if (each.sha256, _role(each)) not in left:
                mark = signing.dumps([part, place, asdict(each)], salt=_salt(revision_id), compress=True)
                return mark if len(mark) <= _LONGEST else ""
    return ""


def restored(content: Content, mark: str, *, revision_id: int) -> Content:
    """The content with what a mark tells of in its old place; as it is when the mark is none of ours, is a day old, or is of no use."""
    try:
        part, place, said = signing.loads(mark, salt=_salt(revision_id), max_age=_A_DAY)
    except signing.BadSignature:
        return content
    if part == "pictures":
        return replace(content, pictures=_with(content.pictures, ContentPicture(**said), place))
    return replace(content, files=_with(content.files, ContentFile(**said), place))


def _with(items: Sequence[Item], item: Item, place: int) -> tuple[Item, ...]:
    if any(each.sha256 == item.sha256 and _role(each) == _role(item) for each in items):
        return tuple(items)
    return (*items[:place], item, *items[place:])


def _role(item: ContentFile | ContentPicture) -> str:
    return item.role if isinstance(item, ContentFile) else "picture"


def _salt(revision_id: int) -> str:
    return f"removed:{revision_id}"
