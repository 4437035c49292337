"""Everybody who may come, and a text in every status for them to try their hands on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from resourcebank.content import Content, content_of
from resourcebank.errors import BankError
from resourcebank.models import Revision, Role, User
from resourcebank.policies import Actor
from resourcebank.selectors import revision_for
from resourcebank.services import drafts, publication, review, talk
from resourcebank.workflow import RejectReason, RoleName, Status
from tests.factories import NOW, person, revision_in, whole_content, whole_form, yes_to_all

FOLDER = Path(__file__).parent
SCOPE = "term:word_pair:valg-og-tilfeldigheter"
"""The limit of a reviewer in which every text here lies; there is another in which none does."""
OTHER_SCOPE = "term:theme:verdier"
ACTORS = (
    "anonymous", "no-role", "author", "other-contributor", "reviewer", "reviewer-author", "scoped-reviewer", "other-scoped-reviewer",
    "curator", "curator-author", "admin", "inactive", "erased",
)  # fmt: skip
AUTHORS = ("author", "reviewer-author", "curator-author")
"""Who of them writes; each has texts of their own, and the others try their hands on those of `author`."""


def canary(author: str, status: str, part: str) -> str:
    """A word that is nowhere else: who sees it has seen that part of that text."""
    return f"kanari{''.join(letter for letter in f'{author}{status}{part}' if letter.isalpha())}x"


def marked(author: str, status: Status) -> Content:
    """A whole content each text of which holds its own canary."""

    def said(part: str) -> str:
        return canary(author, status, part)

    def form(language: str) -> Any:
        return whole_form(
            language,
            title=f"Stoler {said('title' + language)}",
            summary=f"Vi sitter. {said('summary')}",
            goal=f"Mål {said('goal')}.",
            steps=(f"Sett {said('step')}.", "Si: «Velg.»", "Snakk."),
            questions=(f"Hva {said('question')}?", "Hvem?", "Hvor?"),
            adaptations=(f"På nett: {said('adaptation')}.",),
            care=f"Vent {said('care')}.",
            participant_sheet=f"Velg {said('sheet')}.",
            transcript=f"Det sies {said('transcript')}.",
        )

    whole = whole_content()
    terms = tuple(
        term if not term.reason else type(term)(
            vocabulary=term.vocabulary, slug=term.slug, role=term.role, reason=dict.fromkeys(("nb", "nn"), f"Fordi {said('reason')}.")
        )
        for term in whole.terms
    )  # fmt: skip
    return whole_content(attribution=said("attribution"), terms=terms, forms=(form("nb"), form("nn")))


PARTS = (
    "titlenb", "titlenn", "summary", "goal", "step", "question", "adaptation", "care", "sheet", "transcript", "reason", "attribution",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """The actors by name, and by author and status the revision."""

    actors: dict[str, Actor]
    texts: dict[tuple[str, Status], int]

    def text_for(self, actor: str, status: Status) -> Any:
        """The revision this actor tries: their own if they write, else that of `author`. Read anew, with its resource."""
        owner = actor if actor in AUTHORS else "author"
        return Revision.objects.select_related("resource").get(pk=self.texts[owner, status])

    def client(self, actor: str) -> Client:
        """A browser in which the actor is logged in, if they can be."""
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        user = self.actors[actor]
        if isinstance(user, User):
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_world() -> World:
    """Made by the services, as people would."""
    editor = person("Redaktør", RoleName.CURATOR)
    everybody: dict[str, Actor] = {
        "anonymous": AnonymousUser(),
        "no-role": person("Ingen"),
        "author": person("Forfatter", RoleName.CONTRIBUTOR),
        "other-contributor": person("Annen", RoleName.CONTRIBUTOR),
        "reviewer": person("Fagfelle", RoleName.REVIEWER),
        "reviewer-author": person("Skrivende", RoleName.REVIEWER),
        "scoped-reviewer": limited("Avgrenset", SCOPE),
        "other-scoped-reviewer": limited("Annensteds", OTHER_SCOPE),
        "curator": person("Kurator", RoleName.CURATOR),
        "curator-author": person("Skrivekurator", RoleName.CURATOR),
        "admin": person("Admin", RoleName.ADMIN),
        "inactive": _gone("Stengt", RoleName.CURATOR, erased=False),
        "erased": _gone("Slettet", RoleName.REVIEWER, erased=True),
    }
    texts = {}
    for name in AUTHORS:
        author = everybody[name]
        assert isinstance(author, User)
        for status in Status:
            made = revision_in(status, author=author, curator=editor, content=marked(name, status))
            texts[name, status] = made.pk
    return World(everybody, texts)


def limited(name: str, scope: str) -> User:
    """A reviewer of a part of the bank."""
    user = person(name)
    Role.objects.create(user=user, role=RoleName.REVIEWER, scope=scope)
    return user


def _gone(name: str, role: RoleName, *, erased: bool) -> User:
    user = person(name, role)
    user.is_active = False
    user.erased_at = NOW if erased else None
    user.save()
    return user


Deed = Callable[[Any, Any], object]
DEEDS: dict[str, Deed] = {
    "read": lambda text, by: revision_for(by, text.pk),
    "save": lambda text, by: drafts.save(text, by=by, content=content_of(text), seen=text.version, now=NOW),
    "discard": lambda text, by: drafts.discard(text, by=by, seen=text.version, now=NOW),
    "revise": lambda text, by: drafts.revise(text.resource, by=by, now=NOW),
    "start": lambda text, by: drafts.start(by=by, content=whole_content(), now=NOW),
    "submit": lambda text, by: review.submit(text, by=by, seen=text.version, now=NOW),
    "take_back": lambda text, by: review.take_back(text, by=by, seen=text.version, now=NOW),
    "take": lambda text, by: review.take(text, by=by, seen=text.version, now=NOW),
    "hand_back": lambda text, by: review.hand_back(text, by=by, seen=text.version, now=NOW),
    "request_changes": lambda text, by: review.request_changes(text, by=by, seen=text.version, now=NOW, note="Kort ned."),
    "reject": lambda text, by: review.reject(text, by=by, seen=text.version, now=NOW, note="Nei.", reason=RejectReason.DUPLICATE),
    "approve": lambda text, by: review.approve(text, by=by, seen=text.version, now=NOW, checklist=yes_to_all(text)),
    "withdraw_approval": lambda text, by: review.withdraw_approval(text, by=by, seen=text.version, now=NOW, reason="Feil."),
    "publish": lambda text, by: publication.publish(text, by=by, seen=text.version, now=NOW),
    "schedule": lambda text, by: publication.schedule(text, by=by, seen=text.version, now=NOW, at=NOW + timedelta(days=1)),
    "retire": lambda text, by: publication.retire(text, by=by, seen=text.version, now=NOW, reason="Gammel."),
    "restore": lambda text, by: publication.restore(text, by=by, seen=text.version, now=NOW, reason="God likevel."),
    "rename": lambda text, by: publication.rename(text.resource, by=by, now=NOW, slug="et-nytt-navn"),
    "comment": lambda text, by: talk.add_comment(text, by=by, now=NOW, text="Fint."),
    "comment_internal": lambda text, by: talk.add_comment(text, by=by, now=NOW, text="Mellom oss.", internal=True),
}
"""What somebody can try on a text, by the name it has in the table. A new service that changes a text is a new line here and there."""

PAGES: dict[str, Callable[[Any], str]] = {
    "page": lambda text: f"/nb/ressurs/{text.resource.slug}/",
    "page_participant": lambda text: f"/nb/ressurs/{text.resource.slug}/deltaker/",
    "page_sheet": lambda text: f"/nb/ressurs/{text.resource.slug}/ark/",
    "api": lambda text: f"/api/v1/resources/{text.resource.public_id}",
    "api_similar": lambda text: f"/api/v1/resources/{text.resource.public_id}/similar",
}
"""The same by address."""


def outcome(deed: Deed, text: Any, by: Any) -> str:
    """`yes`, or the HTTP status of the refusal. Whatever was done is taken back."""
    try:
        with transaction.atomic():
            deed(text, by)
            transaction.set_rollback(True)
    except BankError as refusal:
        return str(refusal.status)
    return "yes"


def expected() -> dict[tuple[str, str, str], str]:
    """The table people have read and agreed on, by operation, status and actor. Nothing that enforces anything reads it."""
    with (FOLDER / "matrix.csv").open(encoding="utf-8", newline="") as file:
        return {(row["operation"], row["status"], actor): row[actor] for row in csv.DictReader(file) for actor in row if actor not in _KEYS}


_KEYS = ("operation", "status")
