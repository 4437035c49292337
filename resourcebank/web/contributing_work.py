"""One request for a page of a draft: what it shows, and what a press of a button does."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resourcebank import catalogue
from resourcebank.content import Content, content_of, tidy_text
from resourcebank.errors import BankError, Invalid, LoginNeeded, NotAllowed, NotFound, NotReady, Problem, StaleRevision
from resourcebank.models import Revision, User
from resourcebank.models.revision import LEVELS
from resourcebank.quality import findings, stale_base
from resourcebank.selectors import media_files
from resourcebank.selectors.duplicates import near
from resourcebank.selectors.submissions import own_revision, published_revision
from resourcebank.services.contributing import send_in
from resourcebank.services.drafts import save as save_draft
from resourcebank.web.contributing_compare import Difference, differences
from resourcebank.web.contributing_fields import Remark
from resourcebank.web.contributing_files import FilesPage, files_page
from resourcebank.web.contributing_form import Fields, Page, fields_of, new_form, one, read, same, without_form
from resourcebank.web.contributing_page import FIRST_ROWS, MOST_LINKS, MOST_ROWS, Sheet, filled_in, remarks_of
from resourcebank.web.contributing_removed import removed_mark, restored
from resourcebank.web.contributing_rows import asked_rows, with_listed_moved, with_row_moved, without_row
from resourcebank.web.contributing_uploads import with_uploads
from resourcebank.web.contributing_view import DraftView, draft_view
from resourcebank.web.kept import wants_json
from resourcebank.web.page import page
from resourcebank.workflow import TRANSITIONS, Action, Status

LONGEST_NOTE = 2_000
_STAYS = {
    "remove-step": "#steps", "up-step": "#steps", "up-picture": "#pictures", "undo": "#pictures", "up-file": "#documents",
    "remove-picture": "", "remove-file": "",
}  # fmt: skip
"""Buttons after which the page is shown again at this place, and not told to be saved."""


class Work:
    """A person at one page of a draft of their own. Raises NotFound for everybody else's."""

    def __init__(self, request: HttpRequest, user: User, revision_id: int) -> None:
        own = own_revision(user, revision_id)
        self.request, self.user, self.revision, self._sequence = request, user, own.revision, own.sequence
        self.base = content_of(self.revision)
        number = request.GET.get("steg", "1")
        self.page = Page(int(number)) if number in ("1", "2", "3", "4") else Page.CONTENT
        self.url = reverse("web:contribution", args=[self.revision.pk])
        self.mine_url = reverse("web:mine_one", args=[self.revision.pk])
        self._problems: list[Problem] = []
        self._saved = False

    @property
    def elsewhere(self) -> str:
        """Where to go instead: the draft is not to be written on now. Empty when it is, or when something was typed on an old page."""
        if self.revision.status in TRANSITIONS[Action.SAVE].sources:
            return ""
        if self.request.method == "POST" and not self._sending() and not same(self._read(self._typed()), self.base):
            return ""
        return self.mine_url

    def _sending(self) -> bool:
        return self.page == Page.SEND and self.request.POST.get("do") == "send"

    def _typed(self) -> Fields:
        return {name: [str(value) for value in values] for name, values in self.request.POST.lists()}

    def _read(self, fields: Fields) -> Content:
        found = read(fields, page=self.page, base=self.base)
        self._problems = list(found.problems)
        return found.content

    def done(self) -> HttpResponse:
        """What the button that was pressed does: everything typed is saved first, whichever it was."""
        action, _colon, at = self.request.POST.get("do", "save").partition(":")
        fields = self._arranged(action, at)
        content = self._changed(self._read(fields), action, at)
        if self.page == Page.FILES:
            content = self._with_uploads(content)
        before = self.base
        self._save(content, onto_published=action == "rebase")
        if wants_json(self.request):
            return self._said()
        if self._problems:
            # All that page 2 says can be kept, and what was taken of its files is now in the draft.
            kept = self._filled() if self.page == Page.FILES else fields
            return self.shown(fields=kept, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if self._sending():
            return self._sent()
        undo = self._undo(before) if action in ("remove-picture", "remove-file") else ""
        return HttpResponseRedirect(self._next(action, at, fields) + (f"&{urlencode({'angre': undo})}#undo" if undo else ""))

    def _undo(self, before: Content) -> str:
        """What puts back the picture or file that a button took out, with what was typed at it."""
        typed = read(self._typed(), page=self.page, base=before).content
        return removed_mark(typed, self.base, revision_id=self.revision.pk)

    def _arranged(self, action: str, at: str) -> Fields:
        match action:
            case "remove-step":
                return without_row(self._typed(), "step", at)
            case "up-step":
                return with_row_moved(self._typed(), at)
            case "remove-link":
                return without_row(self._typed(), "term", at)
            case "remove-picture" | "remove-file":
                return without_row(self._typed(), action.removeprefix("remove-"), at)
            case "up-picture" | "up-file":
                return with_listed_moved(self._typed(), action.removeprefix("up-"), at)
            case _:
                return self._typed()

    def _changed(self, content: Content, action: str, at: str) -> Content:
        match action:
            case "add-form":
                language, level = self.request.POST.get("new_language", ""), self.request.POST.get("new_level", "")
                if language not in catalogue.names().values.get("language", {}) or level not in LEVELS:
                    self._problems.append(Problem("forms", "unknown-value", _("Velg språk og nivå for den nye versjonen.")))
                    return content
                return new_form(content, language=language, level=level, translated_by=str(self.user))
            case "remove-form":
                return without_form(content, at) if len(content.forms) > 1 else content
            case "undo":
                return restored(content, self.request.POST.get("undo", ""), revision_id=self.revision.pk)
            case _:
                return content

    def _with_uploads(self, content: Content) -> Content:
        found = with_uploads(self.request.FILES, self._typed(), content, revision=self.revision, by=self.user)
        self._problems += found.problems
        return found.content

    def _save(self, content: Content, *, onto_published: bool) -> None:
        """Keep it, when it says something else than the draft: a second press of the same button does nothing more."""
        note = tidy_text(self.request.POST.get("change_note", ""))[:LONGEST_NOTE] if "change_note" in self.request.POST else None
        unchanged = same(content, self.base) and note in (None, self.revision.change_note) and not self._still_true()
        if unchanged and not onto_published:
            return
        saved = save_draft(
            self.revision,
            by=self.user,
            content=content,
            seen=self._seen(),
            now=timezone.now(),
            change_note=note,
            onto_published=onto_published,
        )
        self._reread(saved)
        self._saved = True

    def _still_true(self) -> bool:
        return any(name.startswith("still_true.") for name in self.request.POST)

    def _seen(self) -> int:
        """The version the person saw, or the one that was just saved from what they typed."""
        if self._saved:
            return self.revision.version
        text = self.request.POST.get("seen", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

    def _reread(self, revision: Revision) -> None:
        self.revision = own_revision(self.user, revision.pk).revision
        self.base = content_of(self.revision)

    def _said(self) -> HttpResponse:
        if self._problems:
            return JsonResponse(
                {"message": self._problems[0].message, "seen": self.revision.version}, status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        clock = date_format(timezone.localtime(), "H.i")
        return JsonResponse({"message": _("Utkast lagret kl. %(clock)s") % {"clock": clock}, "seen": self.revision.version})

    def _sent(self) -> HttpResponse:
        if (self.base.pictures or self.base.files) and not self.request.POST.get("picture_rights"):
            message = _("Kryss av for at du har lov til å dele bildene og filene.")
            raise NotReady(problems=(Problem("picture_rights", "required", message),))
        send_in(self.revision, by=self.user, now=timezone.now(), seen=self._seen())
        return HttpResponseRedirect(self.mine_url)

    def _next(self, action: str, at: str, fields: Fields) -> str:
        here = f"{self.url}?steg={self.page}"
        match action:
            case "next":
                return f"{self.url}?steg={min(self.page + 1, Page.SEND)}"
            case "back":
                return f"{self.url}?steg={max(self.page - 1, Page.CONTENT)}"
            case "go" if at in ("1", "2", "3", "4"):
                return f"{self.url}?steg={at}"
            case "add-step":
                rows = min(max(asked_rows(fields, "step"), len(self.base.step_minutes)) + 1, MOST_ROWS)
                return f"{here}&rader={rows}#steps"
            case _ if action in _STAYS:
                return here + _STAYS[action]
            case "add-link":
                return f"{here}&koblinger={min(asked_rows(fields, 'term') + 1, MOST_LINKS)}#links"
            case "add-form" | "remove-form":
                new = self.base.forms[-1].code
                added = next((form.code for form in self.base.forms if form.language == one(fields, "new_language")), new)
                return f"{here}&form={added}#form.{added}" if action == "add-form" else f"{here}#new-form"
            case _:
                return f"{here}&lagret=1"

    def kept_on_page(self, error: BankError) -> bool:
        """Whether the page is shown again with what was typed, and the refusal on it."""
        return not isinstance(error, NotFound | NotAllowed | LoginNeeded)

    def refused(self, error: BankError) -> HttpResponse:
        """The page as it was typed, with what stood in the way; a conflict shows both texts."""
        fields = self._typed()
        typed = self._read(fields)
        if isinstance(error, StaleRevision):
            self._reread(self.revision)
            if self._sending() and not self.elsewhere:
                return self.shown(status=error.status, alert=error.message)
            found = differences(self.base, typed, catalogue.names(), pages=[self.page])
            if not found:  # the other press of the same button came first
                return self._said() if wants_json(self.request) else HttpResponseRedirect(self.elsewhere or f"{self.url}?steg={self.page}")
            if not wants_json(self.request):
                return self.shown(fields=fields, status=error.status, conflict=found)
        if wants_json(self.request):
            problems = error.problems if isinstance(error, Invalid) else ()
            return JsonResponse({"message": problems[0].message if problems else error.message}, status=error.status)
        if isinstance(error, Invalid):
            self._problems += error.problems
        return self.shown(fields=fields, status=error.status, alert=error.message)

    def shown(
        self, *, fields: Fields | None = None, status: int = HTTPStatus.OK, alert: str = "", conflict: Sequence[Difference] = ()
    ) -> HttpResponse:
        """The page, with the fields as typed or as the draft holds them."""
        view = self._view(fields, alert, conflict)
        return page(self.request, f"web/contribute_{self.page}.html", view, status=int(status))

    def _view(self, typed: Fields | None, alert: str, conflict: Sequence[Difference]) -> DraftView:
        known = catalogue.names()
        fields = typed or self._filled()
        remarks = self._remarks(fields, typed is not None)
        get = self.request.GET
        sheet = Sheet(
            content=self.base,
            fields=fields,
            page=self.page,
            url=self.url,
            known=known,
            remarks=remarks,
            fetched=frozenset(filter(None, get.get("hentet", "")[:1000].split(","))),
            rows=_count(get.get("rader", ""), FIRST_ROWS, MOST_ROWS),
            links=_count(get.get("koblinger", ""), 1, MOST_LINKS),
            unfolded=get.get("form", "")[:30],
        )
        return draft_view(
            sheet,
            self.revision,
            alert=alert,
            conflict=tuple(conflict),
            near=near(self.base, resource_id=self.revision.resource_id, sequence=self._sequence),
            base_changes=self._base_changes(),
            note=get.get("uten", "") == "1",
            saved=get.get("lagret", "") == "1",
            refused=typed is not None,
            told=bool(self._problems) or get.get("vis") == "1" or typed is not None or self.page == Page.SEND,
            files=self._files(sheet) if self.page == Page.FILES else None,
        )

    def _files(self, sheet: Sheet) -> FilesPage:
        media = media_files(file.sha256 for file in self.base.files)
        return files_page(sheet, media, revision_id=self.revision.pk, undo=self.request.GET.get("angre", "")[:6_000])

    def _filled(self) -> Fields:
        fields = fields_of(self.base, page=self.page)
        plan = self.base.step_minutes
        if self.page == Page.PLACE and self.base.minutes == (None, None) and plan and None not in plan:
            total = str(sum(minutes or 0 for minutes in plan))
            fields |= {"minutes_min": [total], "minutes_max": [total]}
        return fields

    def _remarks(self, fields: Fields, typed: bool) -> list[Remark]:
        filled = any(fields.get("minutes_min", ())) and self.page == Page.PLACE  # filled in for the author, not yet saved
        found = [
            (each.code, each.field, each.message, each.blocks)
            for each in findings(self.base)
            if not (filled and each.code == "minutes-missing")
        ]
        problems = [(each.code, each.field, each.message, True) for each in self._problems]
        wrong = {field for _code, field, _message, _blocks in problems}
        everything = self.page == Page.SEND or self.request.GET.get("vis") == "1" or self.revision.status == Status.CHANGES_REQUESTED
        known = catalogue.names()
        made = remarks_of((row for row in found if row[1] not in wrong), self.base, known, url=self.url)
        if self._problems and typed:
            made = [each for each in made if not each.blocks]
        shown = [each for each in made if everything or filled_in(each, fields)]
        return [*remarks_of(problems, self.base, known, url=self.url), *shown]

    def _base_changes(self) -> tuple[Difference, ...]:
        """How the draft differs from what was published meanwhile; empty while it stands on what is published now."""
        if self.page != Page.SEND or not stale_base(self.revision):
            return ()
        published = published_revision(self.revision)
        return tuple(differences(content_of(published), self.base, catalogue.names())) if published else ()


def _count(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isascii() and text.isdecimal() and len(text) < 4 else least
