"""A reviewer at the pages: logged in with a second factor, reading and sending forms as a browser without JavaScript does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from resourcebank.models import Revision, User
from tests.factories import CRITERIA

Values = Mapping[str, str | list[str]]


def logged_in(user: User, *, checks_tokens: bool = False) -> Client:
    """A browser in which the person has logged in, second factor and all."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=checks_tokens)
    client.force_login(user)
    return client


class _Form(HTMLParser):
    """The fields of the form that holds the buttons, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self._area = self._select = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "review-work" in found.get("class", "")
        if not self._inside:
            return
        name, value = found.get("name", ""), found.get("value", "")
        match tag:
            case "input" if name and (found.get("type") not in ("radio", "checkbox") or "checked" in found):
                self.values.setdefault(name, []).append(value)
            case "textarea":
                self._area = name
                self.values[name] = [""]
            case "select":
                self._select = name
            case "option" if "selected" in found or self._select not in self.values:
                self.values[self._select] = [value]
            case "button" if name:
                self.buttons.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][0] += data


class Reviewer:
    """Somebody at the review page of one revision. `text` is the page as it stands."""

    def __init__(self, user: User, revision: Revision, *, language: str = "nb") -> None:
        self.client = logged_in(user)
        self.url = f"/{language}/vurdering/{revision.pk}/"
        self.text = ""
        self.status = 0
        self.open()

    def open(self) -> None:
        """Read the page anew."""
        self._keep(self.client.get(self.url))

    def _keep(self, response: Any) -> None:
        self.status, self.text = response.status_code, response.content.decode()

    @property
    def fields(self) -> dict[str, list[str]]:
        """What stands in the form."""
        return self._form().values

    @property
    def buttons(self) -> list[str]:
        """What can be pressed."""
        return self._form().buttons

    def _form(self) -> _Form:
        form = _Form()
        form.feed(self.text)
        return form

    def press(self, button: str, **changes: str | list[str]) -> None:
        """Fill in, press a button, and follow where it leads. `answer__method` fills in `answer.method`."""
        named = {name.replace("__", "."): value for name, value in changes.items()}
        self._keep(self.client.post(self.url, {**self.fields, **named, "do": button}, follow=True))

    def all_in_order(self) -> dict[str, str | list[str]]:
        """The whole checklist in order and every link confirmed."""
        links = re.findall(r'name="confirm" value="([^"]+)"', self.text)
        return {f"answer__{code}": "ok" for code in CRITERIA} | {"confirm": [unescape(link) for link in links]}

    @property
    def said(self) -> str:
        """The words of the page, without markup."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())
