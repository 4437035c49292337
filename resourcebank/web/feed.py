"""A search as Atom (RFC 4287), for feed readers and other programs: the newest hits first, the same for everybody, without a cookie."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resourcebank import catalogue
from resourcebank.catalogue import CATALOGUE, FoundPage, bare
from resourcebank.complaints import RETRY_SECONDS
from resourcebank.web import asked, words
from resourcebank.web.asked import address
from resourcebank.web.chosen import in_words, labels_in
from search.errors import SearchDown
from search.request import SearchRequest

ENTRIES = 50
KEPT_FOR = 300
"""Seconds a reader may keep the feed before asking again."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(feedgenerator.Atom1Feed):
    """Django's, with the language of each entry, and with a date that stays when there is none."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_NEVER)


@require_safe
def search_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest hits of a search; 400 when part of the address makes no sense, because a feed cannot say what it left out."""
    read = asked.read(CATALOGUE.schema, asked.pairs(request), known=catalogue.known_values(), facets=())
    if read.faults:
        return _plain(_("Noe i adressen forsto vi ikke"), 400)
    wanted = replace(bare(read.wanted), sort="newest", page_size=ENTRIES)
    try:
        found = catalogue.find(wanted, language=words.interface_language())
    except SearchDown:
        response = _plain(_("Søket er nede"), 503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    body = _atom(bare(read.wanted), found)
    changed = max((one.card.published_at for one in found.cards if one.card.published_at), default=None)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["ETag"] = etag
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag, int(changed.timestamp()) if changed else None, response) or response


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def _atom(wanted: SearchRequest, found: FoundPage) -> bytes:
    text = in_words(wanted, labels_in(catalogue.names(), words.interface_language()))
    query = wanted.to_query()
    own = reverse("web:search_feed") + (f"?{query}" if query else "")
    feed = _Feed(
        title=f"{text} – {settings.SITE_NAME}" if text else settings.SITE_NAME,
        link=settings.SITE_URL + address(wanted),
        description=None,
        language=words.interface_language(),
        feed_url=settings.SITE_URL + own,
        feed_guid=settings.SITE_URL + own,
        subtitle=_("Nye ressurser først"),
    )
    for one in found.cards:
        card = one.card
        feed.add_item(
            title=card.title,
            link=settings.SITE_URL + reverse("web:resource", args=[card.slug]),
            description=escape(card.summary),
            unique_id=f"urn:uuid:{card.public_id}",
            updateddate=card.published_at or _NEVER,
            language=card.language,
            author_name=settings.SITE_NAME,
        )
    return feed.writeString("utf-8").encode()
