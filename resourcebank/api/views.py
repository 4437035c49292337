"""The addresses of the API. Each view reads the parameters, makes one call, and writes the answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from resourcebank import catalogue, selectors
from resourcebank.api import parameters, problems
from resourcebank.api.coverage import CoverageSerializer, coverage_answer
from resourcebank.api.description import Described, refusals, search_parameters, text_parameter
from resourcebank.api.found import FoundSerializer, SimilarSerializer, found_answer
from resourcebank.api.public import PublicRead
from resourcebank.api.suggested import SuggestedSerializer
from resourcebank.api.vocabularies import VocabulariesSerializer, vocabularies_answer
from resourcebank.api.whole import WholeSerializer, whole_answer
from resourcebank.catalogue import FoundCard
from resourcebank.selectors import PublishedResource


def interface_language() -> str:
    """The language of the answer: nb, nn or en."""
    return get_language() or "nb"


class DescribedRead(PublicRead):
    """A view that stands in the description."""

    schema = Described()

    @staticmethod
    def parameters() -> Iterable[OpenApiParameter]:
        """What the view takes besides `lang`."""
        return ()


class Resources(DescribedRead):
    """Search."""

    @staticmethod
    def parameters() -> Iterable[OpenApiParameter]:
        """Everything a search may ask for."""
        return search_parameters()

    @extend_schema(
        operation_id="search_resources",
        summary="Search the published resources",
        tags=["resources"],
        responses={200: FoundSerializer, **refusals(400, 406, 503)},
    )
    def get(self, request: Request) -> Response:
        """The same search as on the pages, with the same hits in the same order."""
        asked = parameters.read_search(request)
        found = catalogue.find(asked.wanted, language=interface_language())
        return Response(FoundSerializer(found_answer(asked, found)).data)


class Resource(DescribedRead):
    """One resource."""

    @extend_schema(
        operation_id="read_resource",
        summary="Read a resource whole, in all its language forms",
        tags=["resources"],
        responses={200: WholeSerializer, **refusals(400, 404, 406, 410, 503)},
    )
    def get(self, request: Request, public_id: uuid.UUID) -> Response:
        """All forms with every part, the time plan, the links to the framework with their reasons, quality and licence."""
        parameters.only(request)
        match selectors.published_by_public_id(str(public_id), language=interface_language()):
            case PublishedResource() as found:
                level = selectors.level_of(found)
                return Response(WholeSerializer(whole_answer(found, level=level, language=interface_language())).data)
            case gone:
                return problems.answer(problems.retired(gone), request)


class Similar(DescribedRead):
    """Resources like one."""

    @extend_schema(
        operation_id="read_similar",
        summary="Read which resources are like one",
        tags=["resources"],
        responses={200: SimilarSerializer, **refusals(400, 404, 406, 410, 503)},
    )
    def get(self, request: Request, public_id: uuid.UUID) -> Response:
        """At most four published resources that share its telling words, the likest first, itself not among them."""
        parameters.only(request)
        match selectors.published_by_public_id(str(public_id), language=interface_language()):
            case PublishedResource() as found:
                cards = catalogue.similar_cards(found, language=interface_language())
                return Response(SimilarSerializer({"results": [FoundCard(card) for card in cards]}).data)
            case gone:
                return problems.answer(problems.retired(gone), request)


class Suggest(DescribedRead):
    """What somebody who is typing may want."""

    @staticmethod
    def parameters() -> Iterable[OpenApiParameter]:
        """`q`."""
        return (text_parameter("The words typed so far; the last one may be unfinished. Two letters of it are needed."),)

    @extend_schema(
        operation_id="suggest",
        summary="Finish what somebody is typing",
        tags=["resources"],
        responses={200: SuggestedSerializer, **refusals(400, 406, 503)},
    )
    def get(self, request: Request) -> Response:
        """Queries, terms and titles that lead to published resources. Nothing is kept of what was typed."""
        found = catalogue.suggested(parameters.typed(request), language=interface_language())
        return Response(SuggestedSerializer(found).data)


class Terms(DescribedRead):
    """The framework and the other lists."""

    @staticmethod
    def parameters() -> Iterable[OpenApiParameter]:
        """`vocabulary`."""
        return (OpenApiParameter("vocabulary", str, enum=vocabularies(), description="Only this one."),)

    @extend_schema(
        operation_id="read_terms",
        summary="Read the vocabularies",
        tags=["terms"],
        responses={200: VocabulariesSerializer, **refusals(400, 406, 503)},
    )
    def get(self, request: Request) -> Response:
        """Every value a facet may take, with its names, where they come from and whether they are confirmed; retired ones too."""
        parameters.only(request, "vocabulary")
        terms = selectors.terms(also_retired=True)
        known = list(dict.fromkeys(term.vocabulary_id for term in terms))
        wanted = parameters.one_of(request, "vocabulary", known)
        chosen = [term for term in terms if wanted in (None, term.vocabulary_id)]
        return Response(VocabulariesSerializer(vocabularies_answer(chosen, language=interface_language())).data)


class CoverageMap(DescribedRead):
    """What the bank covers."""

    @extend_schema(
        operation_id="read_coverage",
        summary="Read what the bank covers, and its gaps",
        tags=["coverage"],
        responses={200: CoverageSerializer, **refusals(400, 406, 503)},
    )
    def get(self, request: Request) -> Response:
        """Word pairs, words and competence standards against kind, audience, level of Norwegian and language."""
        parameters.only(request)
        found = catalogue.coverage(timezone.localdate())
        return Response(CoverageSerializer(coverage_answer(found, catalogue.names(), language=interface_language())).data)


class Description(PublicRead):
    """The description of the API, for programs."""

    renderer_classes = [JSONRenderer, OpenApiJsonRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """OpenAPI 3, with today's values of every facet."""
        parameters.only(request)
        return Response(SchemaGenerator().get_schema(request=request, public=True))  # type: ignore[no-untyped-call]


class Nowhere(PublicRead):
    """Any other address under /api/."""

    @extend_schema(exclude=True)
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Not found, whatever the method."""
        super().initial(request, *args, **kwargs)
        raise Http404


def vocabularies() -> list[str]:
    """The names of all vocabularies."""
    return list(dict.fromkeys(term.vocabulary_id for term in selectors.terms()))
