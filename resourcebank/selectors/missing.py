"""What published resources lack, for those who mend it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q

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
    public = Resource.objects.filter(published__isnull=False)
    counts = public.aggregate(**{str(each): Count("pk", filter=_lacks(each, today=today)) for each in Missing})
    rows = public.filter(_lacks(what, today=today)).order_by("review_due_on", "slug").select_related("published")
    return page_of(rows, counts, counts[what], page, lambda row: row.pk, language)


def _lacks(what: Missing, *, today: date) -> Q:
    forms = Form.objects.filter(revision=OuterRef("published"))
    match what:
        case Missing.NYNORSK:
            return Q(~Exists(forms.filter(language="nn", level="")))
        case Missing.EASY:
            return Q(~Exists(forms.filter(language__in=("nb", "nn"), level__in=("A1", "A2"))))
        case Missing.ENGLISH:
            return Q(~Exists(forms.filter(language="en")))
        case Missing.READING:
            return Q(review_due_on__lt=today)
