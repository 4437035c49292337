"""The pages about mails."""

from __future__ import annotations

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resourcebank.selectors.mails import failures_for, latest_mails, one_mail
from resourcebank.services.mail_choices import read_goodbye, say_goodbye
from resourcebank.services.outbox import language_of, try_again
from resourcebank.web.mails import failures_view, goodbye_view, mail_view, outbox_view, shows_outbox
from resourcebank.web.members import members_only, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import not_found, refusing

LETTER_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'none'"], "sandbox": True}
"""A mail carries its own style, since it has no other; it runs nothing and loads nothing."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@refusing
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Say no to a kind of mail without logging in. A visit only asks: mail programs look at every link. The press (RFC 8058), by the mail
    program or by the reader, does it; it needs no form token, since the address itself is the proof."""
    found = say_goodbye(signed) if request.method == "POST" else read_goodbye(signed)
    with translation.override(language_of(found.user)):
        return page(request, "web/unsubscribe.html", goodbye_view(found, done=request.method == "POST"))


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail this site would have sent; 404 anywhere but on a trial site."""
    if not shows_outbox(request):
        return not_found(request)
    return page(request, "web/outbox.html", outbox_view(latest_mails()))


@require_safe
@never_cache
@refusing
def outbox_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One of them, as text."""
    if not shows_outbox(request):
        return not_found(request)
    return page(request, "web/outbox_mail.html", mail_view(one_mail(mail_id)))


@require_safe
@never_cache
@csp(LETTER_POLICY)
@refusing
def outbox_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One of them, as a mail program shows it."""
    if not shows_outbox(request):
        return not_found(request)
    return HttpResponse(one_mail(mail_id).html)


@require_safe
@members_only
@refusing
def mail_failures(request: HttpRequest) -> HttpResponse:
    """The mails that did not leave, for an administrator."""
    shown, total = failures_for(visitor(request))
    return page(request, "web/mail_failures.html", failures_view(shown, total, again="igjen" in request.GET))


@require_POST
@members_only
@refusing
def mail_again(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Give one of them another try."""
    try_again(mail_id, by=visitor(request), now=timezone.now())
    return HttpResponseRedirect(f"{reverse('web:mail_failures')}?igjen=1")
