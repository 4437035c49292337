"""How an answer to a search looks: one declaration, which the answer is made with and its description is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from rest_framework import serializers

from media.shelf import ENDINGS
from resourcebank.api.addresses import address
from resourcebank.api.parameters import Asked
from resourcebank.catalogue import Excerpt, FoundCard, FoundPage, LabelledFacet, Place
from search.request import Span

STAGES = ("all_words", "any_word", "near")
ENGINES = ("embedded", "opensearch")


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answered search as it is sent."""

    found: FoundPage
    facets: Mapping[str, LabelledFacet]
    next: str | None
    previous: str | None


def found_answer(asked: Asked, found: FoundPage) -> FoundAnswer:
    """The answer with the addresses of the pages beside it; a page beyond the last has the last one before it."""
    page, pages = found.page.request.page, found.page.pages
    return FoundAnswer(
        found=found,
        facets={facet.name: facet for facet in found.facets},
        next=page_address(asked, page + 1) if page < pages else None,
        previous=page_address(asked, min(page - 1, pages)) if page > 1 else None,
    )


def page_address(asked: Asked, page: int) -> str:
    """The address of another page of the same search."""
    return address("api:resources", query="&".join(filter(None, (asked.wanted.on_page(page).to_query(), urlencode(asked.rest)))))


class RangeSerializer(serializers.Serializer[tuple[int | None, int | None]]):
    """The least and the most of something; null where it is not stated."""

    min = serializers.IntegerField(allow_null=True)
    max = serializers.IntegerField(allow_null=True)

    def to_representation(self, instance: tuple[int | None, int | None]) -> dict[str, int | None]:
        """(15, 20) -> {"min": 15, "max": 20}."""
        return {"min": instance[0], "max": instance[1]}


class SlugsField(serializers.ListField):
    """Slugs of terms."""

    child = serializers.CharField()


class QualitySerializer(serializers.Serializer[object]):
    """How far somebody else has read it, when, and when it is read anew."""

    assurance = serializers.ChoiceField(choices=("", "checked", "reviewed", "tried"))
    assured_on = serializers.DateField(allow_null=True)
    review_due_on = serializers.DateField(allow_null=True)


class ExcerptSerializer(serializers.Serializer[Excerpt]):
    """A sentence that has the words."""

    part = serializers.CharField(
        source="place.part", help_text="The place it stands in: the first of `found_in` that has most of the words."
    )
    text = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47, of the text.")
    dir = serializers.ChoiceField(choices=("ltr", "rtl"))
    highlights = serializers.ListField(source="spans", child=serializers.ListField(child=serializers.IntegerField()))


class PlaceSerializer(serializers.Serializer[Place]):
    """A part of a form or a file that has any of the words."""

    place = serializers.CharField(
        source="part",
        help_text="`goal`, `steps`, `participant_sheet`, … or `title` and `summary` of another form than the one shown; of a file "
        "`worksheet` (a document) or `captions`.",
    )
    label = serializers.CharField()  # type: ignore[assignment]
    form = serializers.SerializerMethodField(help_text="Language form: `nb`, `nb-a2`; null for a file.")
    url = serializers.SerializerMethodField(help_text="The file; null for a part of a form.")

    def get_form(self, place: Place) -> str | None:
        return place.form or None

    def get_url(self, place: Place) -> str | None:
        return address("file", place.sha256, ENDINGS[place.media_type]) if place.sha256 else None


class FoundResourceSerializer(serializers.Serializer[FoundCard]):
    """A hit. Title and summary are those of one form, in the language asked for where there is one."""

    id = serializers.UUIDField(source="card.public_id")
    url = serializers.SerializerMethodField(help_text="The page people read.")
    title = serializers.CharField(source="card.title")
    summary = serializers.CharField(source="card.summary")
    language = serializers.CharField(source="card.language", help_text="BCP 47, of the title and the summary.")
    dir = serializers.ChoiceField(source="card.dir", choices=("ltr", "rtl"))
    forms = SlugsField(source="card.forms", help_text="Language forms: `nb`, `nb-a2` (easy-read), `ar`.")
    kind = serializers.CharField(source="card.kind")
    minutes = RangeSerializer(source="card.minutes")
    group = RangeSerializer(source="card.group")
    terms = serializers.DictField(source="card.terms", child=SlugsField(), help_text="Terms by vocabulary.")
    licence = serializers.CharField(source="card.licence")
    quality = QualitySerializer(source="card")
    highlights = serializers.SerializerMethodField(
        help_text="What was found in `title` and `summary`: [start, end) in Unicode code points. A text without any is left out."
    )

    found_in = PlaceSerializer(
        source="elsewhere.places",
        many=True,
        help_text="Where the words stand, when neither title nor summary has any: in the first form that has them, and in files.",
    )
    excerpt = ExcerptSerializer(
        source="elsewhere.excerpt", allow_null=True, help_text="A sentence from one of those places; null when there is none."
    )

    def get_url(self, hit: FoundCard) -> str:
        return address("web:resource", hit.card.slug)

    def get_highlights(self, hit: FoundCard) -> dict[str, list[Span]]:
        return {name: list(spans) for name, spans in (("title", hit.title_spans), ("summary", hit.summary_spans)) if spans}


# Here and beside it: the stubs know a few field names as attributes of every field; a declared field is taken out of its class.
class FacetValueSerializer(serializers.Serializer[object]):
    """A value with the number of hits when it alone is chosen in its facet (`all`: when it is added)."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    selected = serializers.BooleanField()
    working_title = serializers.BooleanField(help_text="The official name could not be confirmed; show that when you show the name.")


class FacetSerializer(serializers.Serializer[LabelledFacet]):
    """A facet. `combine` says whether chosen values are joined with OR (`any`) or AND (`all`)."""

    label = serializers.CharField()  # type: ignore[assignment]
    combine = serializers.ChoiceField(choices=("any", "all"))
    values = FacetValueSerializer(many=True)


class FoundSerializer(serializers.Serializer[FoundAnswer]):
    """An answered search."""

    count = serializers.IntegerField(source="found.page.total")
    page = serializers.IntegerField(source="found.page.request.page")
    page_size = serializers.IntegerField(source="found.page.request.page_size")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FoundResourceSerializer(source="found.cards", many=True)
    facets = serializers.DictField(child=FacetSerializer(), help_text="Empty unless `facets=1`.")
    did_you_mean = serializers.CharField(
        source="found.page.did_you_mean",
        allow_null=True,
        help_text="The words with what looks misspelt put right; null when nothing does, or when that would find nothing.",
    )
    stage = serializers.ChoiceField(
        source="found.page.stage",
        choices=STAGES,
        allow_null=True,
        help_text="How loosely the words were taken: every word, any word, or near words. Null without words.",
    )
    left_out = serializers.IntegerField(source="found.page.left_out", help_text="Words after the sixteenth, not searched for.")
    engine = serializers.ChoiceField(source="found.page.engine", choices=ENGINES)


class SimilarSerializer(serializers.Serializer[object]):
    """Resources like one, the likest first."""

    results = FoundResourceSerializer(many=True)
