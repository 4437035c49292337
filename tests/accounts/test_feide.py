"""Logging in through a provider, played by a small one of our own that really answers."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from resourcebank.models import User
from resourcebank.project.oidc import providers_at

pytestmark = pytest.mark.django_db
PERSON = {"sub": "feide:nora", "name": "Nora Dahl", "email": "nora@skole.example", "email_verified": True}


def encoded(data: object) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and user information of OpenID Connect, for one person."""

    def do_GET(self) -> None:
        at = f"http://{self.headers['Host']}"
        if self.path.endswith("/.well-known/openid-configuration"):
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "me", "jwks_uri": "keys"}
            self.say({"issuer": at} | {name: f"{at}/{path}" for name, path in ends.items()})
        else:
            self.say(PERSON)

    def do_POST(self) -> None:
        at = f"http://{self.headers['Host']}"
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        claims = PERSON | {"iss": at, "aud": "client", "iat": 1_000_000_000, "exp": 9_999_999_999}
        id_token = f"{encoded({'alg': 'RS256'})}.{encoded(claims)}.{encoded('x')}"
        assert sent["code"] == ["the-code"]
        self.say({"access_token": "t", "token_type": "Bearer", "id_token": id_token})

    def say(self, data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is that of the library
        """Nothing."""


@pytest.fixture
def provider() -> Iterator[None]:
    """Feide, on this machine, and the site that knows it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://client:s%40cret@127.0.0.1:{server.server_port}/?name=Feide"
    with override_settings(SOCIALACCOUNT_PROVIDERS=providers_at(address)):
        yield
    server.shutdown()
    server.server_close()


def come_back(client: Client, asked: str) -> Any:
    """What the browser does after the person has logged in over there."""
    state = parse_qs(urlsplit(asked).query)["state"][0]
    return client.get(f"/konto/oidc/feide/login/callback/?code=the-code&state={state}")


def test_the_page_has_the_button_only_when_a_provider_is_set(client: Client, provider: None) -> None:
    assert "Logg inn med Feide" in client.get("/konto/login/").content.decode()
    with override_settings(SOCIALACCOUNT_PROVIDERS=providers_at("")):
        assert "Logg inn med Feide" not in client.get("/konto/login/").content.decode()


def test_whoever_comes_for_the_first_time_accepts_the_terms_and_is_a_contributor(client: Client, provider: None) -> None:
    sent = client.get("/konto/oidc/feide/login/?process=login")
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert asked["redirect_uri"] == ["http://localhost/konto/oidc/feide/login/callback/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert come_back(client, sent["Location"])["Location"] == "/konto/3rdparty/signup/"
    page = client.get("/konto/3rdparty/signup/").content.decode()
    assert 'value="Nora Dahl"' in page
    assert 'value="nora@skole.example"' in page
    assert not User.objects.exists()
    answers = {"name": "Nora Dahl", "email": "nora@skole.example", "language": "nb"}
    assert "Du må godta vilkårene" in client.post("/konto/3rdparty/signup/", answers).content.decode()
    assert client.post("/konto/3rdparty/signup/", answers | {"terms": "on"})["Location"] == "/nb/"
    nora = User.objects.get()
    assert nora.accepted_terms_at
    assert [row.role for row in nora.roles.all()] == ["contributor"]
    again = Client(SERVER_NAME="localhost")
    assert come_back(again, again.get("/konto/oidc/feide/login/?process=login")["Location"])["Location"] == "/nb/"
    assert json.loads(again.get("/konto/mine-data.json").content)["logins_elsewhere"][0]["uid"] == "feide:nora"


def test_an_account_with_the_same_address_is_not_taken_over(client: Client, provider: None, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(email="nora@skole.example")
    come_back(client, client.get("/konto/oidc/feide/login/?process=login")["Location"])
    answers = {"name": "Nora", "email": "nora@skole.example", "language": "nb", "terms": "on"}
    client.post("/konto/3rdparty/signup/", answers)
    assert User.objects.count() == 1
    assert client.get("/konto/").status_code == 302


def test_a_person_who_says_no_over_there_gets_a_page_of_ours(client: Client, provider: None) -> None:
    state = parse_qs(urlsplit(client.get("/konto/oidc/feide/login/?process=login")["Location"]).query)["state"][0]
    answer = client.get(f"/konto/oidc/feide/login/callback/?error=access_denied&state={state}", follow=True)
    assert "Du avbrøt innloggingen" in answer.content.decode()


def test_the_address_says_everything() -> None:
    known = providers_at("https://id:p%2Fw%40@auth.dataporten.no/?name=Feide&scope=openid%20email")
    (app,) = known["openid_connect"]["APPS"]
    assert (app["provider_id"], app["name"], app["client_id"], app["secret"]) == ("feide", "Feide", "id", "p/w@")
    assert app["settings"]["server_url"] == "https://auth.dataporten.no"
    assert known["openid_connect"]["SCOPE"] == ["openid", "email"]


@pytest.mark.parametrize("address", ["https://auth.dataporten.no/", "https://id@auth.dataporten.no/", "auth.dataporten.no"])
def test_an_address_that_lacks_something_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        providers_at(address)
