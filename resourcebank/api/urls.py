"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from resourcebank.api import views

app_name = "api"
urlpatterns = [
    path("resources", views.Resources.as_view(), name="resources"),
    path("resources/<uuid:public_id>", views.Resource.as_view(), name="resource"),
    path("resources/<uuid:public_id>/similar", views.Similar.as_view(), name="similar"),
    path("suggest", views.Suggest.as_view(), name="suggest"),
    path("terms", views.Terms.as_view(), name="terms"),
    path("coverage", views.CoverageMap.as_view(), name="coverage"),
    path("schema", views.Description.as_view(), name="schema"),
]
