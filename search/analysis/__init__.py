"""Norwegian text to tokens, once for both engines. Plain Python: no Django, no engine."""

from search.analysis.highlight import answering, single_marks, spans
from search.analysis.lexicon import Lexicon, lexicon_name
from search.analysis.normalise import normal, sort_key, words
from search.analysis.tokens import AnalysedDocument, analyse, analysis_version, document_words, lexicon_of, words_inside

__all__ = [
    "AnalysedDocument",
    "Lexicon",
    "analyse",
    "analysis_version",
    "answering",
    "document_words",
    "lexicon_name",
    "lexicon_of",
    "normal",
    "single_marks",
    "sort_key",
    "spans",
    "words",
    "words_inside",
]
