"""Every address of the site that asks who somebody is, as the tables name them: those of one text, and those of the whole site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from resourcebank.models import Organisation, OutgoingMail, ProblemReport, SavedSearch, StoredQuery, Synonym, SynonymChange, User
from resourcebank.models.aftercare import PROBLEMS
from resourcebank.workflow import Status
from tests.factories import NOW
from tests.permissions.world import WIDTH, World, picture_of

TextAddress = Callable[[Any, str, str], str]
"""The address of a text, given with the name of its author and its status."""


def _at(name: str, query: str = "") -> TextAddress:
    return lambda text, _author, _status: reverse(f"web:{name}", args=[text.resource.slug]) + query


def _work_on(name: str, *more: int) -> TextAddress:
    return lambda text, _author, _status: reverse(f"web:{name}", args=[text.pk, *more])


PAGES: dict[str, TextAddress] = {
    "page": _at("resource"),
    "page_participant": _at("participant"),
    "page_sheet": _at("sheet"),
    "page_history": _at("history"),
    "page_report": _at("report"),
    "page_used": _at("used"),
    "page_check_form": _at("check_form", "?form=nn"),
    "api": lambda text, _author, _status: reverse("api:resource", args=[text.resource.public_id]),
    "api_similar": lambda text, _author, _status: reverse("api:similar", args=[text.resource.public_id]),
    "picture": lambda _text, author, status: reverse("picture", args=[picture_of(author, status), WIDTH]),
    "page_review": _work_on("review"),
    "page_contribution": _work_on("contribution"),
    "page_contribution_picture": _work_on("contribution_picture", 1),
    "page_mine_one": _work_on("mine_one"),
}
"""A text by address, by the name its operation has in `matrix.csv`."""

LISTS = ("accountevent", "auditevent", "organisation", "synonym", "synonymchange", "term", "user")


def site_addresses(world: World) -> dict[str, tuple[str, str]]:
    """Method and address of everything that is about no text in particular, by the name of its route, as in `site.csv`."""
    report, mail, user = _things(world)
    published = world.text_for("author", Status.PUBLISHED).resource
    synonym, saved = _search_things(world)
    plain = (
        *("web:queue", "web:reports", "web:states", "web:mail_failures", "web:mine", "web:contribute", "web:account", "web:outbox"),
        *("web:missing", "web:save_search", "web:saved_searches"),
        *("account", "account_data", "account_delete", "account_deleted", "mfa_index", "account_email"),
        *("account_change_password", "socialaccount_connections"),
        *("admin:index", "admin:login", "admin:logout", "admin:password_change", "admin:password_change_done", "admin:jsi18n"),
        "admin:autocomplete",
    )
    found = {name: ("GET", reverse(name)) for name in plain}
    found["account_accept"] = "POST", reverse("account_accept")
    found["web:answer_report"] = "POST", reverse("web:answer_report", args=[report])
    found["web:mail_again"] = "POST", reverse("web:mail_again", args=[mail])
    found["web:outbox_mail"] = "GET", reverse("web:outbox_mail", args=[mail])
    found["web:outbox_html"] = "GET", reverse("web:outbox_html", args=[mail])
    found["web:search_words"] = "GET", reverse("web:search_words", args=[published.slug])
    found["web:hide_need"] = "POST", reverse("web:hide_need")
    found["web:saved_search"] = "POST", reverse("web:saved_search", args=[saved])
    found["admin:resourcebank_synonym_preview"] = "POST", reverse("admin:resourcebank_synonym_preview")
    found["admin:resourcebank_synonym_preview_change"] = "POST", reverse("admin:resourcebank_synonym_preview_change", args=[synonym])
    found["admin:app_list"] = "GET", reverse("admin:app_list", args=["resourcebank"])
    found["admin:view_on_site"] = "GET", reverse("admin:view_on_site", args=[1, user])
    found["admin/(?P<url>.*)$"] = "GET", "/admin/finnes-ikke/"
    for name in LISTS:
        route, key = f"admin:resourcebank_{name}", apps.get_model("resourcebank", name)._default_manager.values_list("pk", flat=True)[0]
        found |= {f"{route}_{what}": ("GET", reverse(f"{route}_{what}")) for what in ("changelist", "add")}
        found |= {f"{route}_{what}": ("GET", reverse(f"{route}_{what}", args=[key])) for what in ("change", "delete", "history")}
        found[f"admin/resourcebank/{name}/<path:object_id>/"] = "GET", f"/admin/resourcebank/{name}/{key}/"
    return found


def _things(world: World) -> tuple[int, int, int]:
    """A report to answer, a mail to send again, and somebody."""
    author = world.actors["author"]
    assert isinstance(author, User)
    Organisation.objects.get_or_create(slug="senteret", defaults={"name": "Senteret"})
    resource = world.text_for("author", Status.PUBLISHED).resource
    report, _new = ProblemReport.objects.get_or_create(resource=resource, reason=PROBLEMS[0], text="kanarimeldingx")
    mail, _new = OutgoingMail.objects.get_or_create(
        message_id="en@example.org", defaults={"to": author, "kind": "own.submit", "subject": "kanaribrevx", "error": "Nei."}
    )
    return report.pk, mail.pk, author.pk


def _search_things(world: World) -> tuple[int, int]:
    """A synonym with its line in the log, and the author's own kept search."""
    author = world.actors["author"]
    assert isinstance(author, User)
    synonym, _new = Synonym.objects.get_or_create(word="kanari", other="fugl")
    SynonymChange.objects.get_or_create(
        word="kanari", other="fugl", defaults={"at": NOW, "actor": author, "action": "added", "both_ways": True, "off": False}
    )
    stored, _new = StoredQuery.objects.get_or_create(key="a" * 64, query="q=stol")
    saved, _new = SavedSearch.objects.get_or_create(
        user=author, stored=stored, defaults={"name": "kanarisøkx", "frequency": "never", "told_until": NOW}
    )
    return synonym.pk, saved.pk


def answer(client: Client, method: str, address: str) -> str:
    """What the site answers: the status, or where it leads when that is a door (`login`, `admin-login`, `2fa`)."""
    response = client.generic(method, address)
    if response.streaming:
        b"".join(response)  # a file is closed when it has been read
    path = urlsplit(response.headers.get("Location", "")).path
    doors = {reverse(settings.LOGIN_URL): "login", reverse("admin:login"): "admin-login", reverse("mfa_index"): "2fa"}
    return doors.get(path, str(response.status_code))
