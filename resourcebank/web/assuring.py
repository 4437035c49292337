"""How a resource is assured, in words: the quality card on its page, its history, and the page that says how it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from resourcebank import catalogue, selectors
from resourcebank.catalogue import Names
from resourcebank.languages import direction
from resourcebank.models.review import FINE, NOT_OK, NOT_RELEVANT, OK
from resourcebank.models.taxonomy import pick_label
from resourcebank.selectors import Change, Figures, Moved, PublicHistory, PublishedResource, QualityCard, Retired, Version
from resourcebank.web import words
from resourcebank.web.page import page
from resourcebank.web.refusals import refusing, retired


@dataclass(frozen=True, slots=True)
class Answered:
    """One point of the checklist and what the deciding reader answered."""

    question: str
    answer: str
    fine: bool


@dataclass(frozen=True, slots=True)
class CardView:
    """What `web/_quality.html` shows. Empty sentences are not shown."""

    level: str
    short: str
    sentence: str
    read: str
    due: str
    independence: str
    answers: tuple[Answered, ...]
    uses: str
    health: str
    health_sentence: str
    versions: str
    history_url: str
    report_url: str
    used_url: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a resource in its history."""

    heading: str
    current: bool
    level: str
    note: str
    changes: tuple[str, ...]
    unchanged: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything `web/history.html` shows."""

    title: str
    language: str
    dir: str
    resource_url: str
    versions: tuple[VersionView, ...]
    first_left_out: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A level with how many resources have reached it and no further."""

    name: str
    sentence: str
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class AssuringView:
    """Everything `web/assuring.html` shows."""

    levels: tuple[Level, ...]
    honest: str
    own_house: str
    overdue: str
    reports: str


def card_view(card: QualityCard, found: PublishedResource) -> CardView:
    """The quality card of a published resource in the words of the interface language."""
    said, slug = words.assurance(card.level), found.resource.slug
    due, health = found.resource.review_due_on, card.health
    return CardView(
        level=said.level,
        short=said.short,
        sentence=said.sentence,
        read=_read(card, found),
        due=_("Skal leses på nytt innen %(day)s.") % {"day": words.day(due)} if due else "",
        independence=_independence(card),
        answers=tuple(_answers(card.answers)),
        uses=_uses(card),
        health=str(health),
        health_sentence=words.health_sentence(health),
        versions=ngettext("%(number)d utgave har vært publisert", "%(number)d utgaver har vært publisert", card.versions)
        % {"number": card.versions},
        history_url=reverse("web:history", args=[slug]),
        report_url=reverse("web:report", args=[slug]),
        used_url=reverse("web:used", args=[slug]),
    )


def _read(card: QualityCard, found: PublishedResource) -> str:
    """Which role read it and when: the roles of all who approved, never their names."""
    day = found.revision.assured_on
    if not card.approvals or day is None:
        return ""
    reviewers = sum(level == "reviewed" for level in card.approvals)
    editors = len(card.approvals) - reviewers
    parts = []
    if reviewers:
        parts.append(ngettext("%(number)d fagvurderer", "%(number)d fagvurderere", reviewers) % {"number": reviewers})
    if editors:
        parts.append(ngettext("%(number)d redaktør", "%(number)d redaktører", editors) % {"number": editors})
    who = _("%(one)s og %(other)s") % {"one": parts[0], "other": parts[1]} if parts[1:] else parts[0]
    return _("Lest %(day)s av %(who)s.") % {"day": words.day(day), "who": who}


def _independence(card: QualityCard) -> str:
    if not card.approvals:
        return ""
    if card.own_house:
        return _("Bankens egen redaksjon har både skrevet og lest ressursen. De to er ikke uavhengige av hverandre.")
    if card.same_organisation:
        return _("Den som har lest, er en annen enn den som har skrevet. De hører til samme organisasjon.")
    return _("Den som har lest, er en annen enn den som har skrevet. De hører ikke til samme organisasjon.")


def _answers(answers: Sequence[tuple[Mapping[str, str], str]]) -> Iterator[Answered]:
    for labels, value in answers:
        question = pick_label(dict(labels), language=words.interface_language(), otherwise="")
        said = {OK: _("i orden"), NOT_OK: _("ikke i orden"), NOT_RELEVANT: _("ikke aktuelt")}
        yield Answered(question, said[value], value in FINE)


def _uses(card: QualityCard) -> str:
    if not card.uses:
        return ""
    reports = ngettext("%(number)d har meldt at de har brukt den", "%(number)d har meldt at de har brukt den", card.uses)
    places = ngettext("i %(number)d arena", "i %(number)d ulike arenaer", card.settings) % {"number": card.settings}
    return _("%(reports)s slik den er nå, %(places)s.") % {"reports": reports % {"number": card.uses}, "places": places}


@require_safe
@refusing
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The public versions of a resource and what changed."""
    language = words.interface_language()
    match selectors.public_history(slug, language=language):
        case PublicHistory() as found:
            names = catalogue.names()
            shown = tuple(_version(version, names) for version in found.versions)
            url = reverse("web:resource", args=[slug])
            left_out = bool(found.versions) and not found.versions[-1].first
            view = HistoryView(found.title, found.language, direction(found.language), url, shown, left_out)
            return page(request, "web/history.html", view)
        case Moved(slug=present):
            return HttpResponsePermanentRedirect(reverse("web:history", args=[present]))
        case Retired() as gone:
            return retired(request, gone)


def _version(version: Version, names: Names) -> VersionView:
    day = words.day(timezone.localdate(version.published_at)) if version.published_at else ""
    changes = tuple(dict.fromkeys(_change(change, names) for change in version.changes))
    unchanged = "" if changes or version.first else _("Ingen endring i teksten.")
    return VersionView(
        heading=_("Utgave %(number)d, publisert %(day)s") % {"number": version.number, "day": day},
        current=version.current,
        level=words.assurance(version.assurance).short,
        note=version.change_note,
        changes=changes,
        unchanged=_("Den første utgaven.") if version.first else unchanged,
    )


def _change(change: Change, names: Names) -> str:
    language = words.interface_language()
    if change.form:
        tag, level = words.form_parts(change.form)
        named = names.values.get("language", {}).get(tag)
        form = " ".join(filter(None, [named.label(language) if named else tag, words.level_name(tag, level)]))
        match change.what:
            case "added":
                return _("%(form)s er ny") % {"form": form}
            case "removed":
                return _("%(form)s er tatt bort") % {"form": form}
            case _:
                return f"{form}: {words.part(change.field)}"
    facet = names.facets.get(change.field)
    name = pick_label(dict(facet), language=language, otherwise=change.field) if facet else words.part(change.field)
    return name[:1].upper() + name[1:]


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How quality is assured, with the figures of today."""
    return page(request, "web/assuring.html", _assuring_view(selectors.figures(timezone.localdate())))


def _assuring_view(figures: Figures) -> AssuringView:
    above = {"checked": ("reviewed", "tried"), "reviewed": ("tried",), "tried": ()}
    levels = []
    for level, higher in above.items():
        said = words.assurance(level)
        reached = sum(figures.levels.get(each, 0) for each in (level, *higher))
        number = ngettext("%(number)d ressurs er kommet hit", "%(number)d ressurser er kommet hit", reached) % {"number": reached}
        url = f"{reverse('web:search')}?assurance={level}" if reached else ""
        levels.append(Level(said.short, words.level_meaning(level), number, url))
    reviewed = figures.levels.get("reviewed", 0) + figures.levels.get("tried", 0)
    return AssuringView(
        levels=tuple(levels),
        honest="" if reviewed else _("Ingen i feltet har vurdert ressursene ennå. Til det skjer, trengs det ekstra faglig skjønn."),
        own_house=_own_house(figures),
        overdue=_overdue(figures),
        reports=_reports(figures),
    )


def _own_house(figures: Figures) -> str:
    if not figures.own_house:
        return ""
    text = ngettext(
        "Bankens egen redaksjon har både skrevet og lest %(number)d ressurs. Det er ikke en uavhengig vurdering.",
        "Bankens egen redaksjon har både skrevet og lest %(number)d ressurser. Det er ikke en uavhengig vurdering.",
        figures.own_house,
    )
    return text % {"number": figures.own_house}


def _overdue(figures: Figures) -> str:
    if not figures.overdue:
        return _("Akkurat nå er ingen ressurs på overtid.")
    text = ngettext("Akkurat nå er %(number)d ressurs på overtid.", "Akkurat nå er %(number)d ressurser på overtid.", figures.overdue)
    return text % {"number": figures.overdue}


def _reports(figures: Figures) -> str:
    if not figures.reports:
        return _("Vi har ikke fått noen meldinger ennå.")
    sent = ngettext("Vi har fått %(number)d melding", "Vi har fått %(number)d meldinger", figures.reports) % {"number": figures.reports}
    return _("%(sent)s og behandlet %(handled)d av dem.") % {"sent": sent, "handled": figures.handled}
