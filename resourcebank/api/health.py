"""Whether the process lives and whether it can work, for whoever watches over it."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from resourcebank.api.public import Answering


@require_safe
def lives(request: HttpRequest) -> JsonResponse:
    """`/healthz`: the process answers; nothing else is touched."""
    return JsonResponse({"status": "ok"})


class Ready(Answering):
    """`/readyz`: the database answers; otherwise 503."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Ask the database for the smallest thing there is."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        return Response({"status": "ok"})


ready = Ready.as_view()
