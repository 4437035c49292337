"""The names of terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resourcebank.admin.site import ByServices, actor, site
from resourcebank.models import Term
from resourcebank.services.terms import relabel


class TermForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A name in each language; a field that is left empty has none, and the nearest language is shown."""

    label_nb = forms.CharField(label="Bokmål", max_length=160)
    label_nn = forms.CharField(label="Nynorsk", max_length=160, required=False)
    label_en = forms.CharField(label="English", max_length=160, required=False)

    class Meta:
        model = Term
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[f"label_{code}"].initial = self.instance.labels.get(code, "")


@admin.register(Term, site=site)
class TermAdmin(ByServices):
    """Names of terms. Slugs, order and explanations come from the files of the framework."""

    form = TermForm
    list_display = ("name", "vocabulary", "slug", "confirmed", "active")
    list_filter = ("vocabulary", "confirmed", "active")
    search_fields = ("slug", "labels__nb", "labels__nn", "labels__en")
    fields = ("vocabulary", "slug", "label_nb", "label_nn", "label_en", "confirmed", "active")
    readonly_fields = ("vocabulary", "slug", "confirmed", "active")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    @admin.display(description=_("navn"))
    def name(self, term: Term) -> str:
        """The name in the language of the page."""
        return term.label(get_language() or "nb")

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: bool) -> None:
        """Give it the names."""
        labels = {code: form.cleaned_data[f"label_{code}"] for code, _name in settings.LANGUAGES}
        relabel(obj, labels=labels, by=actor(request))
