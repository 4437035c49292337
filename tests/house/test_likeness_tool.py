"""Likeness: the same exercise in other words comes out on top."""

from __future__ import annotations

from tools.likeness import likenesses

TEXTS = {
    "terning": "Kast en terning. Deltakeren velger et tegn og viser hånden til de andre i ringen.",
    "terning igjen": "Deltakeren kaster terningen, velger et tegn og viser hånden til de andre i ringen.",
    "kart": "Tegn et kart over arbeidsplasser en time herfra og sett nåler der du har vært.",
    "brev": "Skriv et brev til deg selv om ett år og legg det i en konvolutt.",
}


def test_the_same_exercise_in_other_words_is_nearest() -> None:
    first, *others = likenesses(TEXTS)
    assert (first.one, first.other) == ("terning", "terning igjen")
    assert first.words > 0.5 > others[0].words
    assert first.runs > 0.5 > max(pair.runs for pair in others)
    assert len(others) == 5


def test_a_text_is_wholly_like_itself() -> None:
    [same] = likenesses({"a": TEXTS["kart"], "b": TEXTS["kart"], "c": TEXTS["brev"]})[:1]
    assert (same.one, same.other, round(same.words, 6), same.runs) == ("a", "b", 1.0, 1.0)
