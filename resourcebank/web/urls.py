"""Addresses of the pages; the interface language stands in front of each."""

from __future__ import annotations

from django.urls import path

from resourcebank.web import review_views, views

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("sok/", views.search, name="search"),
    path("rammeverk/", views.framework, name="framework"),
    path("ordpar/<slug:pair>/", views.word_pair, name="word_pair"),
    path("ordpar/<slug:pair>/<slug:word>/", views.word_pair, name="word"),
    path("standard/<slug:area>/", views.competence, name="competence"),
    path("kvalitet/<slug:area>/", views.quality_area, name="quality_area"),
    path("etikk/", views.ethics, name="ethics"),
    path("dekning/", views.coverage, name="coverage"),
    path("dekning.csv", views.coverage_table, name="coverage_csv"),
    path("vurdering/", review_views.queue, name="queue"),
    path("vurdering/<int:revision_id>/", review_views.review, name="review"),
    path("ressurs/<slug:slug>/", views.resource, name="resource"),
    path("ressurs/<slug:slug>/deltaker/", views.participant, name="participant"),
    path("ressurs/<slug:slug>/ark/", views.sheet, name="sheet"),
]
