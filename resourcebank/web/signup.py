"""What a new person is asked besides address and password."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resourcebank.models import User
from resourcebank.services.accounts import welcome


class SignupFields(forms.Form):
    """Name, language and the contributor terms; allauth adds address and password, and calls `signup` when the person is saved."""

    field_order = ("name", "email", "password1", "language", "terms")

    name = forms.CharField(max_length=120, error_messages={"required": _("Skriv navnet ditt slik andre skal se det.")})
    language = forms.ChoiceField(choices=settings.LANGUAGES, initial=get_language)
    terms = forms.BooleanField(error_messages={"required": _("Du må godta vilkårene for å lage en konto.")})

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep what was answered, in one call."""
        welcome(user, name=self.cleaned_data["name"], language=self.cleaned_data["language"], now=timezone.now())
