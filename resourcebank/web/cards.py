"""A resource as it is shown in a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from media.shelf import ENDINGS
from resourcebank.catalogue import Excerpt, FoundCard, Place
from resourcebank.languages import form_code
from resourcebank.selectors import Card
from resourcebank.web import words
from resourcebank.web.markup import highlighted
from resourcebank.web.words import Labels

DRAWN_PAIRS = frozenset(
    {"meg-i-kontekst", "muligheter-og-begrensninger", "valg-og-tilfeldigheter", "endring-og-stabilitet", "tilpasning-og-motstand"}
)
"""Pairs that have a drawing in `templates/web/pairs/`; another pair gets the plain one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its name for those who cannot see the icon."""

    icon: str
    name: str
    text: str

    @property
    def icon_template(self) -> str:
        return f"web/icons/{self.icon}.svg"


@dataclass(frozen=True, slots=True)
class Pair:
    """The word pair that gives a resource its colour and its drawing."""

    slug: str
    label: str

    @property
    def glyph_template(self) -> str:
        return f"web/pairs/{self.slug if self.slug in DRAWN_PAIRS else 'other'}.svg"


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """Where else a hit has the words that were looked for, with the address of that place."""

    place: str
    url: str
    text: SafeString
    language: str
    dir: str


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything `web/_card.html` shows."""

    url: str
    title: SafeString
    summary: SafeString
    excerpt: ExcerptView | None
    language: str
    dir: str
    kind: str
    pair: Pair | None
    facts: tuple[Fact, ...]
    needs: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    assurance: words.Assurance


def card_view(found: FoundCard, labels: Labels) -> CardView:
    """A found card in the words of the interface language."""
    card = found.card
    return CardView(
        url=reverse("web:resource", args=[card.slug]),
        title=highlighted(card.title, found.title_spans),
        summary=highlighted(card.summary, found.summary_spans),
        excerpt=_excerpt(found.elsewhere.excerpt, card) if found.elsewhere.excerpt else None,
        language=card.language,
        dir=card.dir,
        kind=labels.get(("kind", card.kind), card.kind),
        pair=pair_of(card.terms.get("word_pair", ()), labels),
        facts=tuple(_facts(card, labels)),
        needs=tuple(labels.get(("needs", slug), slug) for slug in stated_needs(card.terms.get("needs", ()), card.preparation_minutes)),
        languages=tuple(languages_of(card.forms, labels)),
        assurance=words.assurance(card.assurance),
    )


def _excerpt(found: Excerpt, card: Card) -> ExcerptView:
    return ExcerptView(found.place.label, _address(found.place, card), highlighted(found.text, found.spans), found.language, found.dir)


def _address(place: Place, card: Card) -> str:
    """A document itself; captions where the film is shown; else the part of the form, as `web/_parts.html` names it."""
    if place.part == "worksheet":
        return reverse("file", args=[place.sha256, ENDINGS[place.media_type]])
    form, part = (form_code(card.language, card.level), "film") if place.part == "captions" else (place.form, place.part)
    fragment = "" if part in ("title", "summary") else f"#{form}-{part}"
    return f"{reverse('web:resource', args=[card.slug])}?form={form}{fragment}"


def pair_of(slugs: Sequence[str], labels: Labels) -> Pair | None:
    """The first pair among a resource's pairs and words, or None."""
    if not slugs:
        return None
    slug = slugs[0].split("/", 1)[0]
    return Pair(slug, labels.get(("word_pair", slug), slug))


def stated_needs(slugs: Iterable[str], preparation: int | None) -> list[str]:
    """What a resource takes, less what its preparation already says."""
    return [slug for slug in slugs if slug != "no-preparation" or preparation != 0]


def languages_of(codes: Iterable[str], labels: Labels) -> Iterable[tuple[str, str]]:
    """(language, phrase) for each language once: `Bokmål, også lettlest (A2)`."""
    levels: dict[str, list[str]] = {}
    for code in codes:
        language, level = words.form_parts(code)
        levels.setdefault(language, []).append(level)
    for language, found in levels.items():
        name = labels.get(("language", language), language)
        extra = ", ".join(words.level_name(language, level) for level in found if level)
        if not extra:
            yield language, name
        elif "" in found:
            yield language, _("%(language)s, også %(levels)s") % {"language": name, "levels": extra}
        else:
            yield language, f"{name}, {extra}"


def _facts(card: Card, labels: Labels) -> Iterable[Fact]:
    if time := words.minutes(*card.minutes):
        yield Fact("clock", _("Tid"), time)
    if people := words.group(*card.group):
        yield Fact("people", _("Gruppe"), people)
    if card.norwegian_level:
        yield Fact("speech", _("Norsknivå"), words.norwegian(card.norwegian_level))
    if ready := words.preparation(card.preparation_minutes):
        yield Fact("bag", _("Forberedelse"), ready)
