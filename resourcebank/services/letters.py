"""A mail before it is sent: what it says, and how that becomes a subject, a text and a page, in the reader's own language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resourcebank.models import OutgoingMail, User
from resourcebank.services.mail_choices import Choice, choice_of, stop_link

LONGEST_SUBJECT = 200
LONGEST_TITLE = 90
LONGEST_QUOTE = 10_000
_EMPTY_LINES = re.compile(r"\n{3,}")
_DIRECTING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote to the reader, under a label."""

    label: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The text line by line."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things a letter tells of, each with its own address. `language` is that of its texts."""

    title: str
    text: str
    link: str
    language: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the language that is active: whole sentences, what people wrote, and one place to go. `code` is to be typed elsewhere;
    `items` are things it tells of, with a sentence `after` them."""

    subject: str
    sentences: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    link: str = ""
    link_text: str = ""
    code: str = ""
    items: tuple[Item, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as it is kept. A part of a daily mail has neither greeting nor farewell."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a letter. `stop_url` is empty for mails nobody can say no to."""

    language: str
    subject: str
    greeting: str
    site_name: str
    site_url: str
    why: str
    stop_url: str
    stop_text: str


Write = Callable[[], Letter]


def whole_sheet(letter: Letter, *, to: User, kind: str) -> Sheet:
    """A letter on its own, in the active language."""
    subject = one_line(letter.subject)[:LONGEST_SUBJECT]
    return _sheet("letter", subject, to=to, kind=kind, letter=_shortened(letter))


def part_sheet(letter: Letter) -> Sheet:
    """A letter as a part of the reader's daily mail."""
    subject = one_line(letter.subject)[:LONGEST_SUBJECT]
    return _rendered("_letter", subject, {"letter": _shortened(letter), "subject": subject})


def daily_sheet(parts: Sequence[OutgoingMail], *, to: User, kind: str) -> Sheet:
    """One mail of all that waited for it."""
    counted = ngettext("%(number)d nyhet fra %(site)s", "%(number)d nyheter fra %(site)s", len(parts))
    subject = one_line(counted % {"number": len(parts), "site": settings.SITE_NAME})
    return _sheet("daily", subject, to=to, kind=kind, parts=parts)


def _sheet(template: str, subject: str, *, to: User, kind: str, **content: object) -> Sheet:
    return _rendered(template, subject, {"around": _around(subject, to=to, kind=kind), "subject": subject, **content})


def _rendered(template: str, subject: str, context: dict[str, object]) -> Sheet:
    text = _EMPTY_LINES.sub("\n\n", render_to_string(f"mail/{template}.txt", context)).strip() + "\n"
    return Sheet(subject, text, render_to_string(f"mail/{template}.html", context))


def _around(subject: str, *, to: User, kind: str) -> _Around:
    choice = choice_of(kind)
    name = one_line(to.name)
    return _Around(
        language=get_language() or "nb",
        subject=subject,
        greeting=_("Hei, %(name)s!") % {"name": name} if name else _("Hei!"),
        site_name=settings.SITE_NAME,
        site_url=settings.SITE_URL,
        why=_why(choice),
        stop_url=stop_link(to, kind),
        stop_text=_("Slutt å sende meg slike e-poster"),
    )


def _why(choice: Choice | None) -> str:
    match choice:
        case Choice.OWN:
            return _("Du får denne e-posten fordi den gjelder noe du eller organisasjonen din har i banken.")
        case Choice.QUEUE:
            return _("Du får denne e-posten fordi du vurderer tekster i banken.")
        case Choice.SAVED:
            return _("Du får denne e-posten fordi du har lagret et søk og bedt om å få vite hva som er nytt.")
        case Choice.ALL:
            return _("Du får én samlet e-post om dagen fordi du har bedt om det.")
        case None:
            return _("Du får denne e-posten fordi du har en konto i banken.")


def _shortened(letter: Letter) -> Letter:
    quotes = tuple(Quote(quote.label, _said(quote.text)) for quote in letter.quotes if quote.text.strip())
    sentences = tuple(one_line(each) for each in letter.sentences if each)
    items = tuple(replace(item, title=one_line(item.title), text=one_line(item.text)) for item in letter.items)
    return replace(letter, subject=one_line(letter.subject), sentences=sentences, quotes=quotes, items=items)


def _said(text: str) -> str:
    """What somebody wrote, with its lines, and without what cannot be seen and could turn the text around it."""
    lines = "\n".join(_visible(line).rstrip() for line in text.strip()[: LONGEST_QUOTE + 1].splitlines())
    if len(text.strip()) <= LONGEST_QUOTE:
        return lines
    return f"{lines[:LONGEST_QUOTE].rstrip()} … ({_('resten står på siden')})"


def one_line(text: str) -> str:
    """Text for a header or a sentence: no line breaks, no control characters, nothing that turns the direction of what follows."""
    return " ".join(_visible(text).split())


def _visible(text: str) -> str:
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text if _may_stand(sign))


def _may_stand(sign: str) -> bool:
    return sign not in _DIRECTING and unicodedata.category(sign) != "Cs"


def quoted_title(title: str) -> str:
    """A title in a sentence or subject: `«Fire stoler»`, shortened when it is very long."""
    return f"«{Truncator(one_line(title) or _('Uten tittel')).chars(LONGEST_TITLE)}»"


def day(value: date) -> str:
    """`22. november 2026`, in English `22 November 2026`."""
    return date_format(value, "j F Y" if get_language() == "en" else "j. F Y")


def moment(value: datetime) -> str:
    """`22. november 2026 kl. 14.05`, where the site is."""
    local = localtime(value)
    return _("%(day)s kl. %(time)s") % {"day": day(local.date()), "time": date_format(local, "H:i" if get_language() == "en" else "H.i")}


def whole_link(route: str, *args: object) -> str:
    """The whole address of a page, in the active language where the page has one."""
    return settings.SITE_URL + reverse(route, args=args)


def public_link(slug: str) -> str:
    """The whole address of a resource's page."""
    return whole_link("web:resource", slug)


def own_link(revision_id: int) -> str:
    """The whole address where an author follows a text."""
    return whole_link("web:mine_one", revision_id)


def case_link(revision_id: int) -> str:
    """The whole address where a text is reviewed."""
    return whole_link("web:review", revision_id)
