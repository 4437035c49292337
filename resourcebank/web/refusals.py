"""Pages that say no: in the reader's language, with a way out."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from resourcebank.errors import BankError, NotFound
from resourcebank.selectors import Retired
from resourcebank.web.page import page

View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A heading, a sentence, and where to go instead (`way_out` may be empty)."""

    heading: str
    sentence: str
    way_out: str = ""
    way_out_text: str = ""


def not_found(request: HttpRequest, sentence: str = "", way_out: str = "") -> HttpResponse:
    """404 with a search box."""
    text = sentence or _("Adressen kan være skrevet feil, eller siden er flyttet.")
    refusal = Refusal(_("Vi finner ikke siden"), text, way_out, _("Se siden slik den er") if way_out else "")
    return page(request, "web/refusal.html", refusal, status=HTTPStatus.NOT_FOUND)


def retired(request: HttpRequest, gone: Retired) -> HttpResponse:
    """410 with the reason and the successor, if there is one."""
    url = reverse("web:resource", args=[gone.successor]) if gone.successor else ""
    sentence = _("Grunn: %(reason)s") % {"reason": gone.reason} if gone.reason else _("Den skal ikke brukes lenger.")
    refusal = Refusal(
        _("«%(title)s» er trukket tilbake") % {"title": gone.title}, sentence, url, _("Se ressursen som erstatter den") if url else ""
    )
    return page(request, "web/refusal.html", refusal, status=HTTPStatus.GONE)


def refusing(view: View) -> View:
    """A view whose refusals become pages."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BankError as error:
            return refused(request, error)

    return answer


def refused(request: HttpRequest, error: BankError) -> HttpResponse:
    """Any refusal of the bank as a page."""
    if isinstance(error, NotFound):
        return not_found(request, error.message)
    return page(request, "web/refusal.html", Refusal(_("Det går ikke"), error.message), status=error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form could not be read at all."""
    refusal = Refusal(_("Vi forstår ikke adressen"), _("Lenken kan være ødelagt underveis. Begynn gjerne på nytt herfra."))
    return page(request, "web/refusal.html", refusal, status=HTTPStatus.BAD_REQUEST)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    refusal = Refusal(_("Du har ikke tilgang til denne siden"), _("Logg inn med en annen bruker, eller be om tilgang."))
    return page(request, "web/refusal.html", refusal, status=HTTPStatus.FORBIDDEN)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that leads nowhere."""
    return not_found(request)


BROKEN = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{heading}</title>
<link rel="stylesheet" href="{static}bank/broken.css"></head>
<body><main><h1>{heading}</h1><p>{sentence}</p><p>{reference}</p><p><a href="/{language}/">{way_out}</a></p></main></body>
</html>
"""


def broken(request: HttpRequest) -> HttpResponse:
    """500 without templates or database, since either may be what failed; the reference stands in the log too."""
    reference = uuid.uuid4().hex[:8]
    log.error("page failed: %s, reference %s", request.path, reference)
    language = translation.get_language_from_path(request.path_info) or "nb"
    with translation.override(language):
        html = BROKEN.format(
            language=language,
            static=settings.STATIC_URL,
            heading=escape(_("Noe gikk galt hos oss")),
            sentence=escape(_("Det er ikke din feil. Prøv igjen om litt.")),
            reference=escape(_("Si fra om det skjer igjen, og oppgi referansen %(reference)s.") % {"reference": reference}),
            way_out=escape(_("Til forsiden")),
        )
    return HttpResponse(html, status=HTTPStatus.INTERNAL_SERVER_ERROR)
