"""What every address of the API has in common: language, negotiation, problem documents, and being open to every site."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from resourcebank.api import parameters, problems

_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def answer_error(error: Exception, context: Mapping[str, Any]) -> Response:
    """The one exception handler of the API; the settings name it."""
    problem = problems.problem_of(error)
    if problem.code in ("broken", "database-down"):
        problems.log.error("the API failed", exc_info=error)
    return problems.answer(problem, context["request"])


class Answering(APIView):
    """A view that answers in the language asked for, and every refusal with a problem document."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Speak the language of `lang`; without it the middleware has chosen by Accept-Language."""
        language = parameters.language(request)
        if language:
            translation.activate(language)
        super().initial(request, *args, **kwargs)


class PublicRead(Answering):
    """A public answer: readable from every site, never with a cookie, and not sent again when it has not changed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, then compare with what the client has."""
        answered = super().dispatch(request, *args, **kwargs)
        response: Any = answered.render() if isinstance(answered, Response) else answered
        if response.status_code == HTTPStatus.OK:
            response["Cache-Control"] = "no-cache"
            set_response_etag(response)
            response = get_conditional_response(request, etag=response["ETag"], response=response)
        for name, value in _OPEN.items():
            response[name] = value
        return cast("HttpResponseBase", response)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before it reads with headers of its own."""
        return Response(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
