"""What published resources lack, for those who mend it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from resourcebank.models import Form, Resource
from resourcebank.policies import Actor, require_judge
from resourcebank.selectors.aftercare import Some, page_of


class Missing(StrEnum):
    """Something a published resource may lack; the value stands in addresses."""

    NYNORSK = "nynorsk"
    EASY = "lettlest"
    ENGLISH = "engelsk"
    READING = "lesing"


def resources_missing(user: Actor, what: Missing, *, today: date, page: int, language: str) -> Some[Resource]:
    """The published resources that lack something, for whoever judges texts, by the day they are to be read anew. Raises LoginNeeded,
    NotAllowed."""
    require_judge(user)
    counts = {str(each): _lacking(each, today=today).count() for each in Missing}
    rows = _lacking(what, today=today).order_by("review_due_on", "slug").select_related("published")
    return page_of(rows, counts, counts[what], page, lambda row: row.pk, language)


def _lacking(what: Missing, *, today: date) -> QuerySet[Resource]:
    public = Resource.objects.filter(published__isnull=False)
    forms = Form.objects.filter(revision=OuterRef("published"))
    match what:
        case Missing.NYNORSK:
            return public.exclude(Exists(forms.filter(language="nn", level="")))
        case Missing.EASY:
            return public.exclude(Exists(forms.filter(language__in=("nb", "nn"), level__in=("A1", "A2"))))
        case Missing.ENGLISH:
            return public.exclude(Exists(forms.filter(language="en")))
        case Missing.READING:
            return public.filter(review_due_on__lt=today)
