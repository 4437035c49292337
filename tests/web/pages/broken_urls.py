"""The site with one page that breaks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from resourcebank.project import urls


def breaks(request: HttpRequest) -> HttpResponse:
    """A fault nobody thought of."""
    raise ZeroDivisionError


urlpatterns = [*(path(f"{language}/brudd/", breaks) for language in ("nb", "nn", "en")), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
