"""Every refusal of the API as a problem document (RFC 9457), in the active language and with a way out."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable
from rest_framework.response import Response

from resourcebank.api.addresses import address
from resourcebank.api.parameters import CHOICES
from resourcebank.complaints import RETRY_SECONDS, complaint
from resourcebank.errors import BankError, Invalid
from resourcebank.selectors import Retired
from search.errors import BadQuery, SearchDown

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "unknown-parameter": gettext_lazy("Ukjent parameter"),
    "unknown-value": gettext_lazy("Ukjent verdi"),
    "too-long": gettext_lazy("For lang tekst"),
    "out-of-window": gettext_lazy("For langt ut i treffene"),
    "bad-request": gettext_lazy("Forespørselen kan ikke leses"),
    "login-needed": gettext_lazy("Innlogging trengs"),
    "not-allowed": gettext_lazy("Ikke tilgang"),
    "not-found": gettext_lazy("Finnes ikke"),
    "method-not-allowed": gettext_lazy("Metoden kan ikke brukes her"),
    "not-acceptable": gettext_lazy("Formatet finnes ikke"),
    "retired": gettext_lazy("Trukket tilbake"),
    "broken": gettext_lazy("Noe gikk galt hos oss"),
    "search-down": gettext_lazy("Søket svarer ikke"),
    "database-down": gettext_lazy("Databasen svarer ikke"),
}
"""Every code the API answers with today, and its title."""
OTHER_TITLE = gettext_lazy("Det går ikke")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: the parameter, the code, a sentence, and the nearest that would be right."""

    field: str
    code: str
    message: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal before it is written out. `extra` holds members of this code alone, `retry_after` seconds."""

    status: int
    code: str
    detail: str
    complaints: tuple[Complaint, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    retry_after: int | None = None

    @property
    def title(self) -> str:
        """The short name of the code, in the active language."""
        return str(TITLES.get(self.code, OTHER_TITLE))


def problem_of(error: Exception) -> Problem:
    """What to answer to an error, in the active language."""
    match error:
        case BadQuery():
            return _bad_query(error)
        case BankError():
            return _refusal(error)
        case SearchDown():
            return _waiting("search-down", _("Søket svarer ikke nå. Prøv igjen om et halvt minutt."))
        case OperationalError() | InterfaceError():
            return _waiting("database-down", _("Databasen svarer ikke nå. Prøv igjen om et halvt minutt."))
        case APIException() | Http404() | SuspiciousOperation():
            return _request(error)
        case _:
            sentence = _("Det er ikke din feil. Prøv igjen om litt. Si fra om det skjer igjen, og oppgi referansen.")
            return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "broken", sentence)


def retired(gone: Retired) -> Problem:
    """A resource that was public. `successor` is the address of what replaced it in this API, or None."""
    successor = address("api:resource", gone.successor_id) if gone.successor_id else None
    sentence = _("Ressursen «%(title)s» er trukket tilbake.") % {"title": gone.title}
    reason = _("Grunn: %(reason)s") % {"reason": gone.reason} if gone.reason else ""
    way_out = _("Bruk den som erstatter den.") if successor else _("Søk etter en annen.")
    return Problem(HTTPStatus.GONE, "retired", " ".join(filter(None, (sentence, reason, way_out))), extra={"successor": successor})


def answer(problem: Problem, request: HttpRequest) -> Response:
    """The problem document; its reference stands in the log beside the address, without what was searched for."""
    reference = uuid.uuid4().hex[:8]
    level = logging.ERROR if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
    log.log(level, "%s %s at %r, reference %s", int(problem.status), problem.code, request.path, reference)
    errors = [{"field": c.field, "code": c.code, "message": c.message, "nearest": c.nearest} for c in problem.complaints]
    body = {
        "type": f"{address('api:schema')}#{problem.code}",
        "title": problem.title,
        "status": int(problem.status),
        "detail": problem.detail,
        "code": problem.code,
        "errors": errors,
        "reference": reference,
        **problem.extra,
    }
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    return Response(body, status=problem.status, headers=headers, content_type=MEDIA_TYPE)


def _bad_query(fault: BadQuery) -> Problem:
    sentence = f"{complaint(fault)} {_way_out(fault)}".rstrip()
    field_name = "".join(char for char in fault.field if char.isprintable())
    nearest = str(fault.limit) if fault.code == "out-of-window" else fault.nearest
    return Problem(HTTPStatus.BAD_REQUEST, fault.code, sentence, (Complaint(field_name, fault.code, sentence, nearest),))


def _way_out(fault: BadQuery) -> str:
    """The sentence that leads on, where the complaint itself does not."""
    match fault.code, fault.field:
        case "too-long" | "out-of-window", _field:
            return ""
        case _code, "minutes_max" | "minutes_min" | "group":
            return ""
        case _code, "page":
            return _("Skriv et helt tall fra 1.")
        case _code, "page_size":
            return _("Skriv et helt tall fra 1 til 100.")
        case _code, field_name if field_name in CHOICES:
            return _("Velg mellom disse: %(values)s.") % {"values": ", ".join(CHOICES[field_name])}
    if fault.nearest:
        return _("Mente du «%(nearest)s»?") % {"nearest": fault.nearest}
    if fault.code == "unknown-parameter" or fault.field == "vocabulary":
        return _("Alt som finnes, står i %(address)s.") % {"address": address("api:schema")}
    return _("Alle verdiene står i %(address)s.") % {"address": address("api:terms", query=f"vocabulary={fault.field}")}


def _refusal(error: BankError) -> Problem:
    complaints = tuple(Complaint(p.field, p.code, p.message) for p in error.problems) if isinstance(error, Invalid) else ()
    return Problem(error.status, error.code, error.message, complaints)


def _waiting(code: str, sentence: str) -> Problem:
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, code, sentence, retry_after=RETRY_SECONDS)


def _request(error: APIException | Http404 | SuspiciousOperation) -> Problem:
    """What the framework refuses before a view has its say."""
    match error:
        case Http404():
            sentence = _("Adressen finnes ikke. Alle adressene står i %(address)s.") % {"address": address("api:schema")}
            return Problem(HTTPStatus.NOT_FOUND, "not-found", sentence)
        case MethodNotAllowed():
            return Problem(error.status_code, "method-not-allowed", _("Her kan du bare lese. Bruk GET."))
        case NotAcceptable():
            return Problem(error.status_code, "not-acceptable", _("Vi svarer med JSON. Be om application/json i Accept."))
        case _:
            status = error.status_code if isinstance(error, APIException) else HTTPStatus.BAD_REQUEST
            sentence = _("Vi forstår ikke forespørselen. Lenken kan være ødelagt underveis; kort den ned, og prøv igjen.")
            return Problem(status, "bad-request", sentence)
