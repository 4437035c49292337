"""How suggestions look: one declaration, which the answer is made with and its description is made from."""

from __future__ import annotations

from urllib.parse import urlencode

from rest_framework import serializers

from resourcebank.api.addresses import address
from resourcebank.catalogue import Suggested, SuggestedTerm
from resourcebank.selectors import Face
from search.suggesting import WordSuggestion


class SuggestedWordSerializer(serializers.Serializer[WordSuggestion]):
    """A query with its last word finished."""

    text = serializers.CharField()
    count = serializers.IntegerField(help_text="How many resources have all its words.")
    url = serializers.SerializerMethodField(help_text="The search for it.")

    def get_url(self, word: WordSuggestion) -> str:
        return address("web:search", query=urlencode({"q": word.text}))


# Here and beside it: the stubs know a few field names as attributes of every field; a declared field is taken out of its class.
class SuggestedTermSerializer(serializers.Serializer[SuggestedTerm]):
    """A value of a facet."""

    facet = serializers.CharField()
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    facet_label = serializers.CharField()
    count = serializers.IntegerField(help_text="How many resources have it.")
    url = serializers.SerializerMethodField(help_text="The search for it.")

    def get_url(self, term: SuggestedTerm) -> str:
        return address("web:search", query=urlencode({term.facet: term.value}))


class SuggestedTitleSerializer(serializers.Serializer[Face]):
    """A resource by the form whose title holds what was typed."""

    id = serializers.UUIDField(source="public_id")
    title = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47, of the title.")
    dir = serializers.ChoiceField(choices=("ltr", "rtl"))
    url = serializers.SerializerMethodField(help_text="The page people read.")

    def get_url(self, face: Face) -> str:
        return address("web:resource", face.slug)


class SuggestedSerializer(serializers.Serializer[Suggested]):
    """Everything that leads on from what was typed, each kind with the likeliest first."""

    words = SuggestedWordSerializer(many=True)
    terms = SuggestedTermSerializer(many=True)
    titles = SuggestedTitleSerializer(many=True)
