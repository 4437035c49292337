"""Logging in through somebody else (Feide), from one address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify


def providers_at(address: str) -> dict[str, Any]:
    """`https://client:secret@issuer/?name=Feide` as allauth wants it; nothing when the address is empty.

    The client id and the secret are percent-encoded, as in every address. `name` stands on the button, and its slug in the address to
    return to: `/konto/oidc/feide/login/callback/`. `scope` replaces `openid profile email`.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    if parts.scheme not in ("https", "http") or not (parts.hostname and parts.username and parts.password):
        raise ImproperlyConfigured("OIDC_URL is https://client-id:client-secret@issuer/?name=Feide, and this one lacks a part of that.")
    name = asked.get("name", [parts.hostname])[0]
    place = parts.netloc.rpartition("@")[2]
    app = {
        "provider_id": slugify(name) or "oidc",
        "name": name,
        "client_id": unquote(parts.username),
        "secret": unquote(parts.password),
        "settings": {"server_url": f"{parts.scheme}://{place}{parts.path.rstrip('/')}"},
    }
    scope = asked.get("scope", ["openid profile email"])[0].split()
    return {"openid_connect": {"APPS": [app], "SCOPE": scope, "OAUTH_PKCE_ENABLED": True}}
