"""Any text at all, with what people really type and paste more often than chance has it."""

from __future__ import annotations

from hypothesis import strategies as st

LETTERS = (
    "æøåÆØÅ",
    "a\u030a",
    "A\u030a",
    "o\u0308",
    "e\u0301",
    "İ",
    "ẞ",
    "ß",
    "ﬁ",
    "ﷺ",
    "ς",
    "Σ",
    "Ǆ",
    "5",
    "²",
    "你好",
    "한",
    "\u1112\u1161\u11ab",
)
SIGNS = (
    "\u00ad",
    "\u0640",
    "1:1",
    "1–1",
    "ʼ",
    "\u200b",
    "\u200f",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ud800",
    "\udfff",
    "\x00",
    "’",
    "'",
    "_",
    "-",
    "\n",
    "\t",
    " ",
    "👩‍🎓",
)
MARKS = ("\u0345", "\u0301", "\u0327", "م\u0650ه", "שָׁ", "का", "ก็")
WORDS = ("veileder", "rettleiarane", "søker", "karriereveiledning", "hva")
anything = st.lists(
    st.one_of(
        st.sampled_from(LETTERS + SIGNS + MARKS + WORDS),
        st.text(max_size=6),
        st.characters(categories=["Cs", "Mn", "Mc", "Cf", "Ll", "Lu"]),
    ),
    max_size=14,
).map("".join)
norwegian_words = st.text(alphabet="abdefghijklmnoprstuvyæøå", min_size=1, max_size=14)
