"""The texts and terms that made-up resources are made from."""

from __future__ import annotations

from resourcebank.models import Form, Term


def bank_texts() -> dict[int, list[str]]:
    """The texts of each published resource written as the starter bank's, by its key."""
    forms = Form.objects.filter(revision__published_resource__isnull=False).exclude(revision__resource__slug__startswith="demo-")
    found: dict[int, list[str]] = {}
    for form in forms:
        parts = [form.title, form.summary, form.goal, *form.steps, *form.questions, *form.adaptations, form.care, form.participant_sheet]
        found.setdefault(form.revision_id, []).append("\n".join(parts))
    return found


def terms_by_vocabulary() -> dict[str, list[str]]:
    """The active terms of every vocabulary, by slug."""
    found: dict[str, list[str]] = {}
    for vocabulary, slug in Term.objects.filter(active=True).order_by("position", "slug").values_list("vocabulary_id", "slug"):
        found.setdefault(vocabulary, []).append(slug)
    return found
