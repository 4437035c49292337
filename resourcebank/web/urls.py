"""Addresses of the pages; the interface language stands in front of each."""

from __future__ import annotations

from django.urls import path

from resourcebank.web import (
    account,
    assuring,
    contributing,
    curating,
    mail_views,
    mine,
    review_views,
    search_words,
    telling,
    text_pages,
    views,
    vouching,
)

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("sok/", views.search, name="search"),
    path("sok/forslag/", views.suggestions, name="suggestions"),
    path("rammeverk/", views.framework, name="framework"),
    path("ordpar/<slug:pair>/", views.word_pair, name="word_pair"),
    path("ordpar/<slug:pair>/<slug:word>/", views.word_pair, name="word"),
    path("standard/<slug:area>/", views.competence, name="competence"),
    path("kvalitet/<slug:area>/", views.quality_area, name="quality_area"),
    path("etikk/", views.ethics, name="ethics"),
    path("dekning/", views.coverage, name="coverage"),
    path("dekning.csv", views.coverage_table, name="coverage_csv"),
    path("konto/", account.start, name="account"),
    path("personvern/", text_pages.privacy, name="privacy"),
    path("vilkar/", text_pages.terms, name="terms"),
    path("bidra/", contributing.contribute, name="contribute"),
    path("bidra/<int:revision_id>/", contributing.contribution, name="contribution"),
    path("bidra/<int:revision_id>/bilde/<int:number>/", contributing.contribution_picture, name="contribution_picture"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:revision_id>/", mine.mine_one, name="mine_one"),
    path("vurdering/", review_views.queue, name="queue"),
    path("vurdering/<int:revision_id>/", review_views.review, name="review"),
    path("ressurs/<slug:slug>/", views.resource, name="resource"),
    path("ressurs/<slug:slug>/deltaker/", views.participant, name="participant"),
    path("ressurs/<slug:slug>/ark/", views.sheet, name="sheet"),
    path("utboks/", mail_views.outbox, name="outbox"),
    path("utboks/<int:mail_id>/", mail_views.outbox_mail, name="outbox_mail"),
    path("utboks/<int:mail_id>/html/", mail_views.outbox_html, name="outbox_html"),
    path("utboks/feil/", mail_views.mail_failures, name="mail_failures"),
    path("utboks/feil/<int:mail_id>/", mail_views.mail_again, name="mail_again"),
    path("ressurs/<slug:slug>/meld/", telling.report, name="report"),
    path("ressurs/<slug:slug>/brukt/", telling.used, name="used"),
    path("ressurs/<slug:slug>/takk/<slug:kind>/", telling.thanks, name="told"),
    path("ressurs/<slug:slug>/historikk/", assuring.history, name="history"),
    path("ressurs/<slug:slug>/kontroll/", vouching.check, name="check_form"),
    path("ressurs/<slug:slug>/sokeord/", search_words.keep, name="search_words"),
    path("slik-kvalitetssikrer-vi/", assuring.how, name="assuring"),
    path("vurdering/meldinger/", curating.reports, name="reports"),
    path("vurdering/meldinger/<int:report_id>/svar/", curating.answer, name="answer_report"),
    path("vurdering/tilstand/", curating.states, name="states"),
]
