"""The second factor: what happens besides setting it up and being asked for it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from resourcebank.models import User
from resourcebank.policies import needs_second_factor
from resourcebank.web.members import ONWARD, logged_in, visitor


class ProveByCode(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code at log-in; the person hears of it when it was a recovery code."""

    def clean_code(self) -> str:
        """The code, when it is right: a recovery code is used up by that."""
        code: str = super().clean_code()
        _tell_of_recovery_code(self.authenticator)
        return code


class ProveByCodeAgain(ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same before something that asks once more."""

    def clean_code(self) -> str:
        """The same."""
        code: str = super().clean_code()
        _tell_of_recovery_code(self.authenticator)
        return code


def _tell_of_recovery_code(used: Authenticator) -> None:
    if used.type == Authenticator.Type.RECOVERY_CODES:
        used.refresh_from_db()  # allauth crossed the code out in a copy of its own
        left = len(used.wrap().get_unused_codes())
        get_adapter().send_notification_mail("mfa/email/recovery_code_used", used.user, {"left": left})


@logged_in
def index(request: HttpRequest) -> HttpResponse:
    """The second factors. A page that asked for one (`?next=`) is remembered until the person is through with setting it up."""
    wanted, user = request.GET.get("next", ""), visitor(request)
    if isinstance(user, User) and needs_second_factor(user) and _is_ours(wanted, request):
        request.session[ONWARD] = wanted
    answer: HttpResponse = IndexView.as_view()(request)
    return answer


@require_safe
@logged_in
def onward(request: HttpRequest) -> HttpResponse:
    """Back to the page that asked for a second factor, or to the account."""
    wanted: Any = request.session.pop(ONWARD, "")
    return HttpResponseRedirect(wanted if _is_ours(wanted, request) else reverse("account"))


def _is_ours(address: str, request: HttpRequest) -> bool:
    """Whether an address leads to a page of this site, and over https where the site has it."""
    return bool(address) and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=settings.PUBLIC)
