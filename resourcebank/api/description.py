"""The description of the API (OpenAPI), made from the declarations that the answers are made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from resourcebank.api.parameters import CHOICES, LANGUAGES
from resourcebank.api.problems import MEDIA_TYPE, TITLES
from resourcebank.catalogue import SCHEMA, known_values
from search.request import MAX_NUMBER, MAX_PAGE_SIZE, MAX_TEXT, MAX_WINDOW, PAGE_SIZE
from search.schema import Keyword

_BOUNDS = {
    "minutes_max": "The longest stated time is at most this many minutes.",
    "minutes_min": "The shortest stated time is at least this many minutes.",
    "group": "A number of participants that must fit.",
}
_REFUSALS = {
    400: "A parameter or value nobody knows (with the nearest known one), too long, or too far out.",
    404: "There is no such resource or address.",
    406: "The Accept header leaves out JSON.",
    410: "The resource is retired; `successor` is the address of what replaced it.",
    503: "Search or database do not answer; Retry-After says when to try again.",
}


class ComplaintSerializer(serializers.Serializer[object]):
    """One thing that is wrong."""

    field = serializers.CharField(help_text="The parameter.")
    code = serializers.CharField()
    message = serializers.CharField(help_text="A sentence in the language asked for, with a way out.")
    nearest = serializers.CharField(allow_null=True, help_text="The nearest known name or value.")


class ProblemSerializer(serializers.Serializer[object]):
    """A refusal (RFC 9457). `code` is stable; `title` and `detail` are for people, in the language asked for."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.ChoiceField(choices=tuple(TITLES))
    errors = ComplaintSerializer(many=True)  # type: ignore[assignment]
    reference = serializers.CharField(help_text="Quote it when you report a problem; it stands in our log.")
    successor = serializers.URLField(allow_null=True, required=False, help_text="Only with `retired`.")


def refusals(*statuses: int) -> Mapping[Any, OpenApiResponse]:
    """What is described of a view's refusals."""
    return {(status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=_REFUSALS[status]) for status in statuses}


def search_parameters() -> Iterator[OpenApiParameter]:
    """Everything a search may ask for; the values of the facets are those of today."""
    yield text_parameter(
        'Words, in any language; `"side by side"` as a phrase, `-word` to do without it. Words after the sixteenth are left out.'
    )
    known = known_values()
    for facet in SCHEMA.facets:
        yield _facet(facet, known[facet.name])
    for name in SCHEMA.bound_names:
        yield _parameter(name, _whole_number(0, MAX_NUMBER), _BOUNDS[name])
    yield _parameter("sort", {"type": "string", "enum": list(CHOICES["sort"]), "default": "relevance"}, "The order of the hits.")
    window = f"`page` times `page_size` is at most {MAX_WINDOW}."
    yield _parameter("page", _whole_number(1, MAX_WINDOW) | {"default": 1}, window)
    yield _parameter("page_size", _whole_number(1, MAX_PAGE_SIZE) | {"default": PAGE_SIZE}, "Hits on a page.")
    yield _parameter("facets", {"type": "string", "enum": list(CHOICES["facets"])}, "`1`: count the hits of every value of every facet.")


def text_parameter(text: str) -> OpenApiParameter:
    """`q`, with what it means here."""
    return _parameter("q", {"type": "string", "maxLength": MAX_TEXT}, text)


def _facet(facet: Keyword, values: tuple[str, ...]) -> OpenApiParameter:
    joined = "all of them must fit" if facet.combine == "all" else "one of them must fit"
    text = f"Repeat it for more values; {joined}. Names: `/api/v1/terms?vocabulary={facet.name}`."
    return OpenApiParameter(facet.name, OpenApiTypes.STR, many=True, enum=list(values), description=text)


def _parameter(name: str, schema: dict[str, Any], text: str) -> OpenApiParameter:
    return OpenApiParameter(name, schema, description=text)


def _whole_number(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


LANG = OpenApiParameter(
    "lang", str, enum=list(LANGUAGES), description="Language of names and sentences; without it Accept-Language, else nb."
)


class Described(AutoSchema):
    """Describes a view with its own `parameters()`, which are read when the description is asked for."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        """The view's parameters, and `lang`, which every view takes."""
        return [*self.view.parameters(), LANG]

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """An empty value counts as not given, as a form in a browser sends it."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        for parameter in operation["parameters"] if operation else ():
            if parameter["in"] == "query":
                parameter["allowEmptyValue"] = True
        return operation

    def get_auth(self) -> list[dict[str, Any]]:
        """Reading is open to everybody."""
        return []
