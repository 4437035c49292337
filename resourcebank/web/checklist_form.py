"""The checklist as a form: each point beside what the machine found and what was answered before, and the links to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resourcebank.models import Criterion, TermLink
from resourcebank.models.review import NOT_OK, NOT_RELEVANT, OK
from resourcebank.quality import Finding
from resourcebank.selectors import Earlier
from resourcebank.web import words
from resourcebank.web.deeds import Typed
from resourcebank.web.fields import field_name
from resourcebank.web.reading import framework_of
from resourcebank.web.review_words import moment
from resourcebank.web.words import Labels

_ABOUT = {
    "method": ("minutes", "step", "questions", "adaptations", "goal", "group", "main-term", "reason", "term-role", "preparation", "needs"),
    "care": ("care", "personal", "person"),
    "language": ("sentence", "form", "counterpart", "summary", "title", "lix", "level", "source-form", "norwegian"),
    "rights": ("licence", "attribution", "address", "link", "dead", "duplicate", "near", "rights"),
    "accessibility": ("alt", "transcript", "captions", "participant-sheet"),
}
"""Which point of the checklist a finding is about, by how its code begins; a point the bank has renamed gets none."""


@dataclass(frozen=True, slots=True)
class FoundView:
    """One thing the machine found, and in which field."""

    field: str
    message: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One point of the checklist with what the reviewer answered so far. `earlier` is the answer of the last round in words, or ""."""

    code: str
    label: str
    help: str
    optional: bool
    answer: str
    earlier: str
    remark: str
    problem: str
    found: tuple[FoundView, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link to the framework to confirm, with its reason. `earlier`: it was confirmed in the last round."""

    key: str
    vocabulary: str
    label: str
    main: bool
    working_title: bool
    reason: str
    confirmed: bool
    earlier: bool
    problem: str

    @property
    def id(self) -> str:
        """What the page calls it: no colon, no slash."""
        return "link-" + self.key.replace(":", "-").replace("/", "-")


def found_views(findings: Iterable[Finding], labels: Labels) -> tuple[FoundView, ...]:
    """Findings in words."""
    return tuple(FoundView(field_name(each.field, labels), each.message, each.blocks) for each in findings)


def criterion_of(finding: Finding, codes: Sequence[str]) -> str:
    """The point of the checklist a finding is about, "" when it is about none of them."""
    return next((code for code, starts in _ABOUT.items() if code in codes and finding.code.startswith(starts)), "")


def about_none(findings: Iterable[Finding], criteria: Iterable[Criterion]) -> list[Finding]:
    """The findings that are about no point of the checklist."""
    codes = [criterion.code for criterion in criteria]
    return [each for each in findings if not criterion_of(each, codes)]


@dataclass(frozen=True, slots=True)
class EarlierView:
    """Whose answers the last round ended with, and whether they still are about the same text."""

    by: str
    at: str
    unchanged: bool


def earlier_view(earlier: Earlier | None) -> EarlierView | None:
    """The last round in words."""
    return EarlierView(str(earlier.by), moment(earlier.at), earlier.unchanged) if earlier else None


def answer_name(value: str) -> str:
    """What an answer is called."""
    return {OK: _("I orden"), NOT_OK: _("Ikke i orden"), NOT_RELEVANT: _("Ikke aktuelt")}.get(value, value)


def criteria_views(
    criteria: Sequence[Criterion], findings: Sequence[Finding], typed: Typed, labels: Labels, earlier: Earlier | None
) -> tuple[CriterionView, ...]:
    """The checklist in the interface language, the findings at the point they are about.

    What was answered before is said at each point. It is chosen beforehand only when the page is opened anew and the text is the very
    same: an answer about another text is no answer.
    """
    language, codes = words.interface_language(), [criterion.code for criterion in criteria]
    before = earlier.answers if earlier else {}
    chosen = before if earlier and earlier.unchanged and not typed.do else {}
    return tuple(
        CriterionView(
            code=each.code,
            label=each.label(language),
            help=each.help.get(language) or each.help.get("nb", ""),
            optional=each.optional,
            answer=typed.answers.get(each.code, chosen.get(each.pk, "")),
            earlier=answer_name(before[each.pk]) if each.pk in before else "",
            remark=typed.remarks.get(each.code, ""),
            problem="",
            found=found_views([one for one in findings if criterion_of(one, codes) == each.code], labels),
        )
        for each in criteria
    )


def link_views(links: Sequence[TermLink], typed: Typed, earlier: Earlier | None) -> tuple[LinkView, ...]:
    """The links to the framework, those it is about first; confirmed beforehand when a point of the checklist would be."""
    before = earlier.confirmed if earlier else frozenset()
    chosen = before if earlier and earlier.unchanged and not typed.do else frozenset()
    framework = sorted((link for link in links if link.role != "facet"), key=lambda link: link.role != "main")
    shown = framework_of(links)
    return tuple(
        LinkView(
            key=str(link.term),
            vocabulary=view.vocabulary,
            label=f"{view.parent} · {view.label}" if view.parent else view.label,
            main=view.main,
            working_title=view.working_title,
            reason=view.reason,
            confirmed=str(link.term) in typed.confirmed or link.term_id in chosen,
            earlier=link.term_id in before,
            problem="",
        )
        for link, view in zip(framework, shown, strict=True)
    )


def remarks_of(criteria: Iterable[Criterion], typed: Typed) -> str:
    """The remarks on the points of the checklist as the author reads them: `Metode: Steg to er langt.`"""
    language = words.interface_language()
    said = ((criterion.label(language), typed.remarks.get(criterion.code, "")) for criterion in criteria)
    return "\n\n".join(_("%(point)s: %(remark)s") % {"point": point, "remark": remark} for point, remark in said if remark)
