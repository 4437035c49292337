"""How accounts behave here, beyond what allauth does by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resourcebank import selectors
from resourcebank.models import User
from resourcebank.policies import may_log_in
from resourcebank.services.account_words import AccountMatter
from resourcebank.services.accounts import tell

SLOW_DOWN = gettext_lazy("Du har prøvd mange ganger på kort tid. Vent litt, og prøv igjen.")
WRONG_CODE = gettext_lazy("Koden stemmer ikke. Skriv den en gang til, eller be om en ny.")
REAUTHENTICATION = {
    "reauthenticate": gettext_lazy("Bruk passordet"),
    "reauthenticate_by_code": gettext_lazy("Få en kode på e-post"),
    "mfa_reauthenticate": gettext_lazy("Bruk en kode fra appen eller en reservekode"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Bruk en passnøkkel"),
}


PASSWORD_FAULTS = {
    "password_too_short": gettext_lazy("Passordet er for kort. Bruk minst 12 tegn."),
    "password_too_common": gettext_lazy("Passordet er for vanlig. Velg et som ingen andre gjetter."),
    "password_too_similar": gettext_lazy("Passordet ligner for mye på e-postadressen din."),
}


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Passwords and sessions count only for those who may be logged in, asked anew at every request."""

    def user_can_authenticate(self, user: User) -> bool:
        """Whether the person may be logged in."""
        return may_log_in(user)

    def get_user(self, user_id: int) -> User | None:
        """Whose session it is."""
        user = selectors.person_of_session(user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Whoever may not log in never does, by whatever way; texts in our three languages; mails through the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Denne kontoen er stengt."),
        "duplicate_email": gettext_lazy("Dette er allerede adressen din."),
        "email_password_mismatch": gettext_lazy("E-postadressen og passordet hører ikke sammen. Prøv igjen, eller lag et nytt passord."),
        "email_taken": gettext_lazy("Denne e-postadressen er i bruk."),
        "enter_current_password": gettext_lazy("Dette er ikke passordet du har nå."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("Passordet stemmer ikke."),
        "too_many_login_attempts": SLOW_DOWN,
        "rate_limited": SLOW_DOWN,
    }

    def clean_password(self, password: str, user: User | None = None) -> str:
        """What is wrong with a password, in words of ours: Django lacks some of them in Norwegian."""
        try:
            return str(super().clean_password(password, user))
        except ValidationError as error:
            faults = [PASSWORD_FAULTS.get(each.code or "", each.messages[0]) for each in error.error_list]
            raise ValidationError([str(fault) for fault in faults]) from error

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse | None:
        """A page instead of logging in, for those who may not."""
        if not may_log_in(user):
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        return super().pre_login(request, user, **rest)  # type: ignore[no-any-return]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The front page, in the language the person has chosen."""
        with translation.override(request.user.language if isinstance(request.user, User) else None):
            return reverse("web:front")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same."""
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front page, in the language of the page the person left."""
        return reverse("web:front")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Back to the account, for whoever changed their address there."""
        return reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove who one is once more, in our words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": REAUTHENTICATION.get(method["id"], method["description"])} for method in methods]

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person of a change to how they log in. Nothing of the browser or the network it came from is read or kept."""
        self.send_mail(template_prefix, email or user.email, {"user": user} | (context or {}))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail into the outbox, in our words and the language of the person it is for. A stranger gets none."""
        user = context.get("user") or selectors.person_at(email)
        if user is None:
            return
        matter = AccountMatter(
            at=timezone.now(),
            code=context.get("code", ""),
            old=context.get("from_email", ""),
            new=context.get("to_email", ""),
            provider=str(getattr(context.get("provider"), "name", "")),
            left=context.get("left", 0),
        )
        tell(user, about=template_prefix.rpartition("/")[2], matter=matter, address=email)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The same for the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": gettext_lazy("Slå på en andre faktor før du lager reservekoder."),
        "incorrect_code": WRONG_CODE,
        "unverified_email": gettext_lazy("Bekreft e-postadressen din først."),
        "rate_limited": SLOW_DOWN,
    }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  allauth's own name
        """What a new key is called until the person calls it something else."""
        return _("Nøkkelen min")


class ElsewhereAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The same for those who log in through Feide."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": gettext_lazy("Det finnes en konto med denne e-postadressen. Logg inn med passord, og koble kontoene på siden din."),
        "invalid_token": gettext_lazy("Innloggingen kunne ikke bekreftes. Prøv igjen."),
        "no_password": gettext_lazy("Lag et passord før du fjerner denne måten å logge inn på."),
        "no_verified_email": gettext_lazy("Bekreft e-postadressen din før du fjerner denne måten å logge inn på."),
        "disconnect_last": gettext_lazy("Du kan ikke fjerne den siste måten å logge inn på."),
    }

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """The name Feide tells is proposed, not taken."""
        found = sociallogin.account.extra_data
        told = found.get("userinfo") or found.get("id_token") or found
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return initial | {"name": str(told.get("name") or "")[:120]}
