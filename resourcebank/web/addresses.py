"""Addresses that several pages lead to."""

from __future__ import annotations

from django.urls import reverse


def explained_url(vocabulary: str, slug: str) -> str:
    """The page that explains a term of the framework; for a term without one, the search for it."""
    match vocabulary:
        case "word_pair":
            return reverse("web:word_pair" if "/" not in slug else "web:word", args=slug.split("/"))
        case "competence" | "quality_area":
            return reverse(f"web:{vocabulary}", args=[slug])
        case "ethics":
            return reverse("web:ethics")
    return search_url(vocabulary, slug)


def search_url(facet: str, value: str) -> str:
    """The search for everything with a value."""
    return f"{reverse('web:search')}?{facet}={value}"
