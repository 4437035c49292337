"""Synonyms of the search: a row is shown with what it changes before it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resourcebank.admin.site import ByServices, actor, site
from resourcebank.catalogue import SynonymEffect, preview_synonym
from resourcebank.errors import Invalid
from resourcebank.models import Synonym, SynonymChange
from resourcebank.services.synonyms import add_synonym, change_synonym, checked_row, remove_synonym
from search.errors import SearchDown
from search.index import SynonymRow
from search.request import MAX_TEXT


class SynonymForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A pair of words. `text` is a search to try the pair on; it is not kept."""

    text = forms.CharField(
        label=_("prøv også søket"), required=False, max_length=MAX_TEXT, help_text=_("Bare for å se hva som endres. Det lagres ikke.")
    )

    class Meta:
        model = Synonym
        fields = ("word", "other", "both_ways", "off")
        help_texts = {
            "word": _("Ordet folk skriver. Alle formene av det er med."),
            "other": _("Ordet som også blir funnet."),
            "both_ways": _("Den som skriver det andre ordet, finner også det første."),
            "off": _("Slå av et par som står i filene som følger med."),
        }

    row: SynonymRow

    def clean(self) -> dict[str, Any]:
        """The words in normal form, and every reason against the pair at its field."""
        data: dict[str, Any] = super().clean() or {}
        if "word" in data and "other" in data:
            try:
                self.row = checked_row(
                    word=data["word"],
                    other=data["other"],
                    both_ways=data["both_ways"],
                    off=data["off"],
                    instead_of=self.instance if self.instance.pk else None,
                )
            except Invalid as refusal:
                for problem in refusal.problems:
                    self.add_error(problem.field, problem.message)
            else:
                data |= {"word": self.row.word, "other": self.row.other}
        return data


@admin.register(Synonym, site=site)
class SynonymAdmin(ByServices):
    """The site's own synonyms. Those of the files are not listed: they change with a release."""

    form = SynonymForm
    list_display = ("word", "other", "both_ways", "off")
    list_filter = ("off", "both_ways")
    search_fields = ("word", "other")
    fields = ("word", "other", "both_ways", "off", "text")
    change_form_template = "admin/synonym_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def get_urls(self) -> list[URLPattern]:
        """With the pages that show what a row would change: of a new one, and of one there is."""
        preview = self.admin_site.admin_view(self.preview_view)
        own = [
            path("preview/", preview, name="resourcebank_synonym_preview"),
            path("<int:pk>/preview/", preview, name="resourcebank_synonym_preview_change"),
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """What the row would change, with the way to keep it; the form again when it cannot be kept."""
        before = self.get_object(request, str(pk)) if pk else None
        if request.method != "POST" or (pk and before is None):
            raise PermissionDenied
        form = SynonymForm(request.POST, instance=before)
        held = SynonymRow(before.word, before.other, before.both_ways, before.off) if before else None
        if not form.is_valid():
            again: HttpResponse = self.changeform_view(request, str(pk) if pk else None)
            return again
        back = reverse("admin:resourcebank_synonym_change", args=[pk]) if pk else reverse("admin:resourcebank_synonym_add")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hva endres?"),
            "opts": self.opts,
            "row": form.row,
            "shown": str(Synonym(word=form.row.word, other=form.row.other, both_ways=form.row.both_ways)),
            "text": form.cleaned_data["text"],
            "effect": self._effect(form.row, held, form.cleaned_data["text"]),
            "back": back,
        }
        return TemplateResponse(request, "admin/synonym_preview.html", context)

    def _effect(self, row: SynonymRow, instead_of: SynonymRow | None, text: str) -> SynonymEffect | None:
        try:
            return preview_synonym(row, instead_of=instead_of, queries=(text,), language=get_language() or "nb")
        except SearchDown:
            return None

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        """Add it, or put it in the place of the old one."""
        row, by, now = form.row, actor(request), timezone.now()
        if change:
            change_synonym(obj, word=row.word, other=row.other, both_ways=row.both_ways, off=row.off, by=by, now=now)
        else:
            obj.pk = add_synonym(word=row.word, other=row.other, both_ways=row.both_ways, off=row.off, by=by, now=now).pk

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        """Let the files alone speak again."""
        remove_synonym(obj, by=actor(request), now=timezone.now())


@admin.register(SynonymChange, site=site)
class SynonymChangeAdmin(ByServices):
    """Who changed which synonym."""

    list_display = ("at", "actor", "action", "word", "other", "both_ways", "off")
    list_filter = ("action", "at")
    list_select_related = ("actor",)
    search_fields = ("word", "other", "actor__email", "actor__name")
    ordering = ("-at", "-id")
    fields = ("at", "actor", "action", "word", "other", "both_ways", "off")
