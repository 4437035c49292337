"""What a page of a contribution sends becomes the content it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcebank.content import Content, ContentFile, ContentForm, ContentPicture, ContentTerm, tidy, tidy_text
from resourcebank.web.contributing_form import Page, fields_of, main_first, new_form, read, read_list, same, shown_list, without_form
from resourcebank.web.contributing_rows import with_row_moved, without_row
from resourcebank.web.pasted import pasted_steps
from tests.factories import whole_content, whole_form

WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
SAYING = WORDS.filter(lambda text: bool(tidy_text(text)))
ITEM = st.lists(SAYING.filter(lambda text: "\n" not in tidy_text(text)), min_size=1, max_size=3).map("\n".join)
NUMBERS = st.none() | st.integers(0, 32767)
REASONS = st.fixed_dictionaries({"nb": WORDS, "nn": WORDS})
KEYS = st.tuples(st.sampled_from(["word_pair", "competence", "ethics"]), st.sampled_from(["a", "b", "c/d"]))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Any content the pages can show whole."""
    minutes = draw(st.lists(NUMBERS, max_size=7))
    codes = draw(st.lists(st.sampled_from([("nb", ""), ("nn", ""), ("nb", "A2"), ("fa-AF", "")]), min_size=1, max_size=4, unique=True))
    forms = []
    for language, level in codes:
        steps = draw(st.lists(SAYING, min_size=len(minutes), max_size=len(minutes)))
        texts: dict[str, Any] = {name: draw(WORDS) for name in ("title", "summary", "goal", "care", "participant_sheet", "translated_by")}
        texts |= {name: tuple(draw(st.lists(ITEM, max_size=4))) for name in ("questions", "adaptations")}
        forms.append(ContentForm(language=language, level=level, steps=tuple(steps), **texts))
    links = [
        ContentTerm(vocabulary=vocabulary, slug=slug, role=draw(st.sampled_from(["main", "touches"])), reason=draw(REASONS))
        for vocabulary, slug in draw(st.lists(KEYS, max_size=4, unique=True))
    ]
    facets = [ContentTerm(vocabulary="needs", slug=slug) for slug in draw(st.lists(st.sampled_from("xyz"), unique=True))]
    return tidy(
        Content(
            kind=draw(st.sampled_from(["", "film"])),
            licence=draw(st.sampled_from(["", "CC-BY-4.0"])),
            minutes=(draw(NUMBERS), draw(NUMBERS)),
            preparation_minutes=draw(NUMBERS),
            group=(draw(NUMBERS), draw(NUMBERS)),
            norwegian_level=draw(st.sampled_from(["", "B1"])),
            source_url=draw(WORDS),
            attribution=draw(WORDS),
            step_minutes=tuple(minutes),
            terms=(*links, *facets),
            forms=tuple(forms),
            pictures=tuple(
                ContentPicture(sha256=letter * 64, alt=draw(REASONS), rights=draw(ITEM))
                for letter in draw(st.lists(st.sampled_from("abc"), unique=True))
            ),
            files=tuple(draw(FILES)),
        )
    )


@st.composite
def a_file_of_any_role(draw: st.DrawFn) -> ContentFile:
    """A file with all that its role has on the page."""
    role = draw(st.sampled_from(["worksheet", "film", "captions", "poster"]))
    return ContentFile(
        sha256=draw(st.sampled_from("def")) * 64,
        role=role,
        language=draw(st.sampled_from(["nb", "nn"])) if role in ("worksheet", "captions") else "",
        caption=draw(REASONS) if role == "worksheet" else {},
        alt=draw(REASONS) if role == "poster" else {},
        rights=draw(ITEM) if role != "captions" else "",
    )


FILES = st.lists(a_file_of_any_role(), max_size=4, unique_by=lambda file: (file.role, file.sha256))


def blank(content: Content) -> Content:
    """A draft with the same forms and pictures, and nothing said in them."""
    return Content(
        forms=tuple(ContentForm(language=form.language, level=form.level) for form in content.forms),
        pictures=tuple(ContentPicture(sha256=picture.sha256) for picture in content.pictures),
        files=tuple(ContentFile(sha256=file.sha256, role=file.role) for file in content.files),
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_what_the_pages_show_is_read_as_the_content_it_was(content: Content) -> None:
    found = blank(content)
    for page in Page:
        told = read(fields_of(content, page=page), page=page, base=found)
        assert not told.problems
        found = told.content
    assert same(found, content) or len(content.step_minutes) == 1  # one step alone may be a pasted list


@given(
    st.dictionaries(
        st.sampled_from(["form", "title.nb", "step.nb.1", "minutes.1", "minutes_min", "term.1", "picture", "kind"]), st.lists(WORDS)
    )
)
def test_no_fields_at_all_are_too_strange_to_be_read(fields: dict[str, list[str]]) -> None:
    for page in Page:
        read(fields, page=page, base=whole_content())


@given(st.lists(ITEM, max_size=6))
def test_a_list_is_one_item_a_line(items: list[str]) -> None:
    kept = tuple(map(tidy_text, items))
    assert read_list(shown_list(kept)) == kept


def test_the_marks_of_a_pasted_list_are_taken_off() -> None:
    assert read_list("- Hvem hjalp deg?\r\n- Når var det godt?\r\n\r\n- Hva nå?") == ("Hvem hjalp deg?", "Når var det godt?", "Hva nå?")
    assert read_list("1. Hvem?\n2. Når?") == ("Hvem?", "Når?")
    assert read_list("Velg – eller la være\n- og så?") == ("Velg – eller la være", "- og så?")


def test_a_page_leaves_alone_what_is_on_the_others() -> None:
    base = whole_content()
    for page in Page:
        assert same(read(fields_of(base, page=page), page=page, base=base).content, base)


def test_a_number_nobody_can_read_keeps_the_old_one_and_says_so() -> None:
    base = whole_content()
    fields = fields_of(base, page=Page.PLACE) | {"minutes_min": ["ti"], "group_max": ["12"]}
    told = read(fields, page=Page.PLACE, base=base)
    assert told.content.minutes == base.minutes
    assert told.content.group[1] == 12
    assert [problem.field for problem in told.problems] == ["minutes"]
    assert "ti" in told.problems[0].message


PASTED = "1. Tegn en linje. Si: «Der er du ti år.» (3 min)\n2. Sett et kryss – 5 minutter\n   for hver ting.\n3. Vent i 5 min"


def test_steps_pasted_as_a_numbered_list_become_rows_with_their_minutes() -> None:
    base = whole_content(step_minutes=(), forms=(whole_form("nb", steps=()),))
    told = read({"form": ["nb"], "step.nb.1": [PASTED], "step.nb.2": [""], "minutes.1": [""]}, page=Page.CONTENT, base=base)
    assert told.content.step_minutes == (3, None, None)
    assert told.content.forms[0].steps == (
        "Tegn en linje. Si: «Der er du ti år.»",
        "Sett et kryss – 5 minutter\nfor hver ting.",
        "Vent i 5 min",
    )


@pytest.mark.parametrize("text", ["Tegn en linje.", "1. Bare ett", "2. Feil\n3. tall", "Først\n1. en\n2. to", ""])
def test_what_is_no_numbered_list_is_one_step(text: str) -> None:
    assert not pasted_steps({"nb": [text]}).steps


def test_a_list_beside_other_steps_is_part_of_its_step() -> None:
    assert not pasted_steps({"nb": ["1. En\n2. To", "Neste steg"]}).steps


def test_a_step_is_taken_out_and_moved_in_every_form() -> None:
    base = whole_content()
    fields = fields_of(base, page=Page.CONTENT)
    without = read(without_row(fields, "step", "2"), page=Page.CONTENT, base=base).content
    assert without.step_minutes == (3, 6)
    assert {len(form.steps) for form in without.forms} == {2}
    moved = read(with_row_moved(fields, "3"), page=Page.CONTENT, base=base).content
    assert moved.step_minutes == (3, 6, 5)
    assert all(form.steps[1] == base.forms[0].steps[2] for form in moved.forms)
    assert with_row_moved(fields, "1") == fields


def test_a_picture_is_taken_out_with_what_it_shows() -> None:
    pictures = tuple(ContentPicture(sha256=letter * 64, alt={"nb": f"Bilde {letter}.", "en": "A cup."}) for letter in "abc")
    base = whole_content(pictures=pictures)
    fields = without_row(fields_of(base, page=Page.FILES), "picture", "2")
    assert read(fields, page=Page.FILES, base=base).content.pictures == (pictures[0], pictures[2])


def test_a_picture_of_somebody_elses_is_not_taken_by_its_name() -> None:
    told = read({"picture": ["f" * 64]}, page=Page.FILES, base=whole_content())
    assert told.content.pictures == ()


def test_a_form_checked_by_a_speaker_is_unchecked_when_its_words_change() -> None:
    base = whole_content(forms=(whole_form("nb", checked_by="Amina"), whole_form("nn", made_from="nb")))
    fields = fields_of(base, page=Page.CONTENT)
    assert read(fields, page=Page.CONTENT, base=base).content.forms[0].checked_by == "Amina"
    assert read(fields | {"goal.nb": ["Noe annet."]}, page=Page.CONTENT, base=base).content.forms[0].checked_by == ""


def test_a_language_form_is_added_once_and_taken_away_again() -> None:
    base = whole_content()
    more = new_form(base, language="ar", level="", translated_by="Amina")
    assert [form.code for form in more.forms] == ["nb", "nn", "ar"]
    assert (more.forms[2].made_from, more.forms[2].translated_by) == ("nb", "Amina")
    assert new_form(more, language="ar", level="", translated_by="") == more
    assert without_form(more, "ar") == base
    assert without_form(base, "nb").forms[0].made_from == ""


def test_reasons_in_other_languages_and_the_order_of_links_are_kept() -> None:
    link = replace(whole_content().terms[0], reason={"nb": "Fordi.", "en": "Because."})
    touches = replace(link, slug="endring-og-stabilitet", role="touches", reason={})
    base = tidy(whole_content(terms=(touches, link)))
    fields = fields_of(base, page=Page.PLACE)
    assert fields["term.1"] == ["word_pair:valg-og-tilfeldigheter"]
    told = read(fields | {"reason.1.nb": ["Derfor."]}, page=Page.PLACE, base=base).content
    assert main_first(told.framework_links)[0].reason == {"nb": "Derfor.", "en": "Because."}
