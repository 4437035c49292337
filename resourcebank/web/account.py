"""The account page: what the person chose, what the bank keeps about them, and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resourcebank import selectors
from resourcebank.errors import LastAdmin, LoginNeeded
from resourcebank.models import User
from resourcebank.models.people import ROLE_NAMES
from resourcebank.selectors import AccountFacts
from resourcebank.services.accounts import Profile, accept_terms, change_profile
from resourcebank.services.erasure import erase
from resourcebank.web import words
from resourcebank.web.members import ACCOUNT_PATH, logged_in, visitor
from resourcebank.web.page import page
from resourcebank.web.refusals import refusing
from resourcebank.web.saving import frequency_in_words
from resourcebank.workflow import RoleName


class ProfileForm(forms.Form):
    """What a person chooses about their account."""

    name = forms.CharField(max_length=120, error_messages={"required": gettext_lazy("Skriv navnet ditt slik andre skal se det.")})
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    mail_about_own = forms.BooleanField(required=False)
    mail_about_queue = forms.BooleanField(required=False)
    mail_daily = forms.BooleanField(required=False)


class DeleteForm(forms.Form):
    """That the person means it."""

    sure = forms.BooleanField(
        label=gettext_lazy("Bekreft"), error_messages={"required": gettext_lazy("Kryss av for at du vil slette kontoen.")}
    )


@dataclass(frozen=True, slots=True)
class AccountView:
    """The account page. `roles` are sentences; `reviews` shows the choice of mails about the queue, `curates` that it holds reports;
    `saved` are the kept searches, each with how often mail comes."""

    form: ProfileForm
    email: str
    roles: tuple[str, ...]
    facts: AccountFacts
    accepted: bool
    reviews: bool
    curates: bool
    has_password: bool
    runs_site: bool
    elsewhere: bool
    saved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeleteView:
    """The page that asks before an account is deleted; `refused` says why it cannot be."""

    form: DeleteForm
    refused: str = ""


def _person(request: HttpRequest) -> User:
    user = visitor(request)
    if not isinstance(user, User):
        raise LoginNeeded
    return user


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`/nb/konto/`: on to the account, in this language."""
    return HttpResponseRedirect(f"{reverse('account')}?sprak={words.interface_language()}")


@require_http_methods(["GET", "HEAD", "POST"])
@logged_in
@refusing
def overview(request: HttpRequest) -> HttpResponse:
    """The account; a POST keeps what was chosen."""
    user = _person(request)
    if request.method != "POST":
        chosen = ("name", "language", "mail_about_own", "mail_about_queue", "mail_daily")
        return _overview(request, user, ProfileForm(initial={field: getattr(user, field) for field in chosen}))
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _overview(request, user, form)
    change_profile(user, profile=Profile(**form.cleaned_data))
    messages.success(request, _("Lagret."))
    response = HttpResponseRedirect(reverse("account"))
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, path=ACCOUNT_PATH)
    return response


def _overview(request: HttpRequest, user: User, form: ProfileForm) -> HttpResponse:
    facts = selectors.account_facts(user, language=words.interface_language())
    names = [
        _("%(role)s for «%(part)s»") % {"role": ROLE_NAMES[RoleName(held.role)], "part": held.limited_to}
        if held.limited_to
        else str(ROLE_NAMES[RoleName(held.role)])
        for held in facts.roles
    ]
    held = {RoleName(held.role) for held in facts.roles}
    view = AccountView(
        form=form,
        email=user.email,
        roles=tuple(names),
        facts=facts,
        accepted=user.accepted_terms_at is not None,
        reviews=bool(held & {RoleName.REVIEWER, RoleName.CURATOR}),
        curates=RoleName.CURATOR in held,
        has_password=user.has_usable_password(),
        runs_site=RoleName.ADMIN in held,
        elsewhere=bool(settings.SOCIALACCOUNT_PROVIDERS),
        saved=tuple(f"{one.name}: {frequency_in_words(one.frequency)}" for one in selectors.saved_searches(user)),
    )
    return page(request, "konto/overview.html", view, status=422 if form.errors else 200)


@require_POST
@logged_in
@refusing
def accept(request: HttpRequest) -> HttpResponse:
    """The person accepts the contributor terms."""
    accept_terms(_person(request), now=timezone.now())
    messages.success(request, _("Takk. Nå kan du bidra."))
    return HttpResponseRedirect(reverse("account"))


@require_safe
@logged_in
@refusing
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about the person, as one file."""
    response = JsonResponse(selectors.own_data(_person(request)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="mine-data.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@logged_in
@refusing
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth has no types
def delete(request: HttpRequest) -> HttpResponse:
    """Ask once, have the person prove who they are, then blank the account."""
    if request.method != "POST":
        return page(request, "konto/delete.html", DeleteView(DeleteForm()))
    form = DeleteForm(request.POST)
    if not form.is_valid():
        return page(request, "konto/delete.html", DeleteView(form), status=422)
    user = _person(request)
    try:
        erase(user, by=user, now=timezone.now())
    except LastAdmin as refusal:
        return page(request, "konto/delete.html", DeleteView(form, refusal.message), status=refusal.status)
    logout(request)
    return HttpResponseRedirect(reverse("account_deleted"))


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Goodbye."""
    return page(request, "konto/deleted.html", None)
