"""Every address of the site: pages under the interface language, the API and the health checks beside them."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from resourcebank.admin import site
from resourcebank.api import health
from resourcebank.api.views import Nowhere
from resourcebank.web import account, factors, mail_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("api/v1/", include("resourcebank.api.urls")),
    re_path("^api(?:/|$)", Nowhere.as_view()),
    path("konto/", account.overview, name="account"),
    path("konto/vilkar/", account.accept, name="account_accept"),
    path("konto/mine-data.json", account.data, name="account_data"),
    path("konto/slett/", account.delete, name="account_delete"),
    path("konto/slettet/", account.deleted, name="account_deleted"),
    path("konto/avmeld/<str:signed>/", mail_views.unsubscribe, name="unsubscribe"),
    path("konto/2fa/", factors.index, name="mfa_index"),
    path("konto/2fa/videre/", factors.onward, name="account_onward"),
    path("avmeld/<str:signed>/", mail_views.unsubscribe, name="unsubscribe_search"),
    path("konto/", include("allauth.urls")),
    path("admin/", site.urls),
    path("healthz", health.lives, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    re_path(r"^bilde/(?P<sha256>[0-9a-f]{64})-(?P<width>[1-9][0-9]{0,4})\.webp$", views.picture, name="picture"),
    re_path(r"^fil/(?P<sha256>[0-9a-f]{64})\.(?P<ending>pdf|docx|odt|mp4|webm|vtt)$", views.file, name="file"),
    *i18n_patterns(path("", include("resourcebank.web.urls"))),
]
handler400 = "resourcebank.web.refusals.bad_request"
handler403 = "resourcebank.web.refusals.denied"
handler404 = "resourcebank.web.refusals.missing"
handler500 = "resourcebank.web.refusals.broken"
