"""What a query may have been meant to say, when it holds words that nobody wrote."""

from __future__ import annotations

from search.analysis.lexicon import Lexicon
from search.analysis.nearness import away
from search.analysis.normalise import MAX_WORD, placed_words
from search.analysis.stems import stem
from search.analysis.thesaurus import Thesaurus
from search.schema import GROUPS

SHORTEST = 3


def corrected(text: str, lexicon: Lexicon, thesaurus: Thesaurus) -> str | None:
    """The text with every misspelt word as the collection writes it, all signs around it kept; None when nothing is to be changed."""
    parts, done = [], 0
    for start, end, word in placed_words(text):
        meant = meant_word(word, lexicon, thesaurus)
        if meant:
            parts += [text[done:start], meant]
            done = end
    return "".join((*parts, text[done:])) if parts else None


def meant_word(word: str, lexicon: Lexicon, thesaurus: Thesaurus) -> str | None:
    """The nearest known written form of a word; None when the word is right, as far as the collection, the tables and the parts of
    compounds can tell, or when nothing is near.

    A word typed without its marks (`foreldremote`) is written with them; else the fewest slips decide, then å, æ and ø, then how common
    the word is.
    """
    if not SHORTEST <= len(word) < MAX_WORD or not word.isalpha() or any(word in lexicon.counts[group] for group in GROUPS):
        return None
    if thesaurus.of(stem(word, "no")):
        return None
    written = [found for group in GROUPS if (found := lexicon.written(word, group))]
    if written and word.isascii():
        return max(written, key=lambda found: (found[1], found[0]))[0]
    if lexicon.groups_with(word) or lexicon.split(word):
        return None
    near = [
        (*away(word, other, edits), -lexicon.counts[group][other], other) for group in GROUPS for edits, other in lexicon.near(word, group)
    ]
    return min(near)[-1] if near else None
