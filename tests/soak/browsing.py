"""A browser without JavaScript that speaks with a real site, and does again what a person does when the site is gone for a while."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from resourcebank.models import User
from tests.review.reviewing import logged_in

PATIENCE = 120
"""Seconds a person goes on pressing."""
Fields = Mapping[str, str | Sequence[str]]


class Gone(Exception):
    """The site did not answer, or said that it cannot just now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page, or where to go (`location`, "" when nowhere)."""

    status: int
    text: str
    location: str

    def field(self, name: str) -> str:
        """What stands in a hidden field of the page."""
        found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', self.text)
        assert found, f"no field {name} on the page: {self.status} {self.text[:300]}"
        return unescape(found[1])


@dataclass
class Browser:
    """Somebody who is logged in, or nobody in particular. `again` counts what had to be sent a second time."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    again: int = 0

    def get(self, path: str) -> Answer:
        """Read a page, until it is there."""
        return self._until_answered("GET", path, None)

    def post(self, path: str, fields: Fields) -> Answer:
        """Press a button: the same form again, as the browser does, until there is an answer."""
        return self._until_answered("POST", path, fields)

    def once(self, method: str, path: str, fields: Fields | None) -> Answer:
        """Ask once. Raises Gone."""
        site = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept-Language": "nb"}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields, doseq=True)
        try:
            site.request(method, path, body, headers)
            response = site.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as lost:
            raise Gone(str(lost)) from lost
        finally:
            site.close()
        if response.status in (502, 503):
            raise Gone(text[:200])
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _is, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, text, response.headers.get("Location", ""))

    def _until_answered(self, method: str, path: str, fields: Fields | None) -> Answer:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.once(method, path, fields)
            except Gone:
                if time.monotonic() > deadline:
                    raise
                self.again += 1
                time.sleep(0.3)


def browser_of(user: User | None, port: int) -> Browser:
    """A browser in which the person has logged in; None is a reader."""
    client: Client = logged_in(user) if user else Client()
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return Browser(port, {settings.SESSION_COOKIE_NAME: session.value} if session else {})
