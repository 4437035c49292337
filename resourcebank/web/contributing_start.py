"""Where a contribution begins: with a link, with own text, or with somebody's published resource."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from resourcebank.catalogue import Names
from resourcebank.content import Content, ContentForm, ContentTerm, tidy_text
from resourcebank.foreign.describe import Suggestion
from resourcebank.languages import valid_tag
from resourcebank.models.revision import LEVELS
from resourcebank.models.taxonomy import FRAMEWORK
from resourcebank.selectors import PublishedResource
from resourcebank.web import words
from resourcebank.web.contributing_form import FACETS

ASKED = (*FRAMEWORK, "kind", "norwegian_level", "language", *FACETS)
"""What an address may ask to have filled in, as an empty cell of the coverage map does."""
USUAL = {"format": "one-to-one", "use": "with-participant"}
LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that was asked for, with its name."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language a form can be written in."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class StartView:
    """Everything `web/contribute_start.html` shows. `key` makes a second press of the button find what the first one began."""

    login_url: str
    member: bool
    starts: bool
    key: str
    wanted: tuple[Wanted, ...]
    languages: tuple[LanguageChoice, ...]
    address: str
    problem: str
    mine_url: str


@dataclass(frozen=True, slots=True)
class SuggestView:
    """Everything `web/contribute_suggest.html` shows: a resource to change, or to put into another language."""

    login_url: str
    member: bool
    starts: bool
    title: str
    language: str
    url: str
    add_language: bool
    languages: tuple[LanguageChoice, ...]
    levels: tuple[LanguageChoice, ...]
    there: str


def asked_for(given: Mapping[str, str], known: Names) -> tuple[Wanted, ...]:
    """The values an address asks for that there are; what nobody knows is left out."""
    found = []
    for name in ASKED:
        value = given.get(name, "")
        named = known.values.get(name, {}).get(value)
        if named and named.active:
            found.append(Wanted(name, value, named.label(words.interface_language())))
    return tuple(found)


def start_view(
    wanted: tuple[Wanted, ...], known: Names, *, member: bool, starts: bool, address: str = "", problem: str = "", key: str = ""
) -> StartView:
    """The start page, for a reader (`member` false) or somebody who may begin."""
    query = urlencode([(one.name, one.value) for one in wanted])
    here = f"{reverse('web:contribute')}{'?' if query else ''}{query}"
    chosen = next((one.value for one in wanted if one.name == "language"), "nn" if words.interface_language() == "nn" else "nb")
    return StartView(
        login_url=f"{reverse('account_login')}?{urlencode({'next': here})}",
        member=member,
        starts=starts,
        key=key or uuid.uuid4().hex,
        wanted=wanted,
        languages=languages(known, chosen),
        address=address,
        problem=problem,
        mine_url=reverse("web:mine"),
    )


def languages(known: Names, chosen: str) -> tuple[LanguageChoice, ...]:
    """Every language there is a name for, bokmål and nynorsk first."""
    rows = sorted(known.values.get("language", {}).values(), key=lambda named: named.place)
    return tuple(
        LanguageChoice(named.slug, named.label(words.interface_language()), named.slug == chosen) for named in rows if named.active
    )


def suggest_view(found: PublishedResource, known: Names, *, member: bool, starts: bool, add_language: bool) -> SuggestView:
    """The page before a suggestion: what it will be, and which language when it is one more."""
    form = found.form_for(words.interface_language())
    slug = found.resource.slug
    query = {"ressurs": slug} | ({"hva": "sprak"} if add_language else {})
    here = f"{reverse('web:contribute')}?{urlencode(query)}"
    named = known.values.get("language", {})
    there = sorted({each.language for each in found.forms})
    levels = tuple(LanguageChoice(level, words.norwegian(level), not level) for level in LEVELS)
    return SuggestView(
        login_url=f"{reverse('account_login')}?{urlencode({'next': here})}",
        member=member,
        starts=starts,
        title=form.title,
        language=form.language,
        url=reverse("web:resource", args=[slug]),
        add_language=add_language,
        languages=tuple(each for each in languages(known, "")),
        levels=levels,
        there=", ".join(named[tag].label(words.interface_language()) if tag in named else tag for tag in there),
    )


def first_content(wanted: tuple[Wanted, ...], *, author: str) -> Content:
    """The content an own text begins with: what was asked for, and the usual answers, which the page shows and the author changes."""
    given = {one.name: one.value for one in wanted}
    facets = USUAL | {name: value for name, value in given.items() if name in FACETS}
    links = tuple(ContentTerm(vocabulary=name, slug=given[name], role="main") for name in FRAMEWORK if name in given)
    return Content(
        kind=given.get("kind", ""),
        licence="CC-BY-4.0",
        norwegian_level=given.get("norwegian_level", ""),
        preparation_minutes=0,
        group=(1, 1),
        attribution=author,
        terms=(*links, *(ContentTerm(vocabulary=name, slug=slug) for name, slug in facets.items())),
        forms=(ContentForm(language=valid_tag(given.get("language") or "nb")),),
    )


def linked_content(start: Content, said: Suggestion) -> tuple[Content, tuple[str, ...]]:
    """The content a link begins with, and the names of the fields that came from its page."""
    form = start.forms[0]
    language = said.language or form.language
    filled = replace(form, language=valid_tag(language), title=said.title[:200], summary=said.summary)
    minutes = (said.minutes, said.minutes) if said.minutes else start.minutes
    content = replace(
        start,
        origin="linked",
        source_url=tidy_text(said.canonical or said.address)[:LONGEST_ADDRESS],
        kind=start.kind or "web-resource",
        licence=said.licence or "link-only",
        minutes=minutes,
        attribution=said.publisher[:300],
        forms=(filled,),
    )
    code = filled.code
    names = {
        f"title.{code}": said.title,
        f"summary.{code}": said.summary,
        "licence": said.licence,
        "attribution": said.publisher,
        "minutes_min": said.minutes,
        "minutes_max": said.minutes,
        f"form.{code}": said.language,
    }
    return content, tuple(name for name, value in names.items() if value)
