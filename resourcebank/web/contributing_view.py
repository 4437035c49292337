"""What every page of a draft carries around its fields, and the last page, where all of it is looked over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from resourcebank.languages import direction
from resourcebank.models import Revision
from resourcebank.selectors.duplicates import Near
from resourcebank.web import words
from resourcebank.web.contributing_compare import Difference
from resourcebank.web.contributing_fields import Remark
from resourcebank.web.contributing_files import FilesPage
from resourcebank.web.contributing_form import Page, fields_of
from resourcebank.web.contributing_page import ContentPage, PlacePage, Sheet, content_page, place_page
from resourcebank.web.contributing_words import label_of, page_name, value_of
from resourcebank.workflow import Status


@dataclass(frozen=True, slots=True)
class PageLink:
    """One of the four pages in the row above them."""

    number: int
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class NearView:
    """A published resource that may be the same, and why."""

    title: str
    language: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """A field as it will be read."""

    label: str
    text: str
    language: str
    dir: str


@dataclass(frozen=True, slots=True)
class Section:
    """All that a page holds, looked over."""

    name: str
    url: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """Everything the four templates show. `summary` is what to mend on this page; `blocking` and `advice` what to mend in all of it."""

    title: str
    action: str
    seen: int
    pages: tuple[PageLink, ...]
    page: int
    heading: str
    alert: str
    refused: bool
    note: bool
    saved: bool
    asked: bool
    mine_url: str
    summary: tuple[Remark, ...]
    blocking: tuple[Remark, ...]
    advice: tuple[Remark, ...]
    conflict: tuple[Difference, ...]
    near: tuple[NearView, ...]
    base_changes: tuple[Difference, ...]
    content: ContentPage | None
    files: FilesPage | None
    place: PlacePage | None
    sections: tuple[Section, ...]
    revises: bool
    change_note: str
    brings_files: bool


def draft_view(
    sheet: Sheet,
    revision: Revision,
    *,
    alert: str,
    conflict: tuple[Difference, ...],
    near: Sequence[Near],
    base_changes: tuple[Difference, ...],
    note: bool,
    saved: bool,
    refused: bool,
    told: bool,
    files: FilesPage | None,
) -> DraftView:
    """The page of a draft. `told`: what is to be mended also stands above the fields, as it does when somebody asked for it."""
    at = sheet.page
    blocking = tuple(each for each in sheet.remarks if each.blocks)
    return DraftView(
        title=next((form.title for form in sheet.content.forms if form.title), _("Uten tittel")),
        action=f"{sheet.url}?steg={at}",
        seen=revision.version,
        pages=tuple(PageLink(one, page_name(one), f"{sheet.url}?steg={one}", one == at) for one in Page),
        page=at,
        heading=page_name(at),
        alert=alert,
        refused=refused,
        note=note,
        saved=saved,
        asked=revision.status == Status.CHANGES_REQUESTED,
        mine_url=reverse("web:mine_one", args=[revision.pk]),
        summary=tuple(each for each in blocking if told and (at == Page.SEND or each.place.page in (at, Page.SEND))),
        blocking=blocking,
        advice=tuple(each for each in sheet.remarks if not each.blocks),
        conflict=conflict,
        near=tuple(NearView(each.title, each.language, reverse("web:resource", args=[each.slug]), _why(each)) for each in near),
        base_changes=base_changes,
        content=content_page(sheet) if at == Page.CONTENT else None,
        files=files,
        place=place_page(sheet) if at == Page.PLACE else None,
        sections=tuple(_sections(sheet)) if at == Page.SEND else (),
        revises=revision.based_on_id is not None,
        change_note=revision.change_note,
        brings_files=bool(sheet.content.pictures or sheet.content.files),
    )


def _why(near: Near) -> str:
    match near.why:
        case "address":
            return _("samme adresse")
        case "title":
            return _("nesten samme tittel")
        case "text":
            return _("nesten samme tekst")


def _sections(sheet: Sheet) -> Iterator[Section]:
    for each in (Page.CONTENT, Page.FILES, Page.PLACE):
        said = []
        for name, values in fields_of(sheet.content, page=each).items():
            if name in ("form", "picture", "file") or name.startswith("role."):
                continue
            code = next((part for part in name.split(".")[1:] if not part.isdecimal()), "")
            tag = words.form_parts(code)[0] if code else ""
            if text := value_of(name, tuple(values), sheet.known):
                said.append(Said(label_of(name, sheet.known), text, tag, direction(tag) if tag else ""))
        yield Section(page_name(each), f"{sheet.url}?steg={each}", tuple(said))
