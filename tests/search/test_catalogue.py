"""What of a resource can be found, and by which values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resourcebank.catalogue import CATALOGUE, SCHEMA, forget_labels, known_values
from resourcebank.catalogue.documents import duration_of, fitting_levels
from resourcebank.content import ContentTerm
from resourcebank.models import Term, User
from search.index import Document
from tests.factories import a_draft, a_published, handed_in, whole_content, whole_form

LEVELS = ("none", "A1", "A2", "B1", "B2", "C")


def published(alice: User, carl: User, **changes: object) -> Document:
    revision = a_published(author=alice, approver=carl, content=replace(whole_content(), **changes))  # type: ignore[arg-type]  # any of its fields
    (document,) = CATALOGUE.documents([str(revision.resource.public_id)])
    return document


@pytest.mark.parametrize(
    ("forms", "fit"),
    [
        ([("nb", "")], ("C",)),
        ([("nb", "B1"), ("nn", "B1")], ("B1", "B2", "C")),
        ([("nb", ""), ("nb", "A2")], ("A2", "B1", "B2", "C")),
        ([("nb", "B1"), ("ar", "A1")], ("B1", "B2", "C")),
        ([("nb", "none")], LEVELS),
        ([("ar", "")], ()),
        ([("en", "none")], LEVELS),
        ([], ()),
    ],
)
def test_a_resource_fits_its_lowest_level_of_norwegian_and_all_above(forms: list[tuple[str, str]], fit: tuple[str, ...]) -> None:
    assert fitting_levels(forms) == fit


@pytest.mark.parametrize(
    ("minutes", "value"),
    [
        (None, ""),
        (0, "up-to-10"),
        (10, "up-to-10"),
        (11, "11-20"),
        (20, "11-20"),
        (45, "21-45"),
        (46, "46-90"),
        (90, "46-90"),
        (91, "over-90"),
    ],
)
def test_the_longest_stated_time_decides_the_duration(minutes: int | None, value: str) -> None:
    assert duration_of(minutes) == value


@pytest.mark.usefixtures("framework")
def test_a_document_carries_every_text_every_value_and_every_number(alice: User, carl: User) -> None:
    easy = whole_form("nb", level="A2", title="Fire stoler, lett", made_from="nb")
    document = published(alice, carl, forms=(whole_form("nb"), whole_form("nn", made_from="nb"), easy))
    text = "\n".join(passage.title + "\n" + passage.rest for passage in document.passages)
    for part in (
        "Fire stoler (nb)",
        "Fire stoler, lett",
        "på fire stoler",
        "Å kjenne på",
        "Sett fram",
        "Hva overrasket",
        "På nett",
        "Vent hvis",
        "Velg en stol",
    ):
        assert part in text
    values = dict(document.keywords)
    assert values["word_pair"] == ("valg-og-tilfeldigheter",)
    assert (values["kind"], values["licence"], values["duration"]) == (("activity",), ("CC-BY-4.0",), ("11-20",))
    assert (values["language"], values["needs"]) == (("nb", "nn"), ("no-preparation",))
    assert values["norwegian_level"] == ("A2", "B1", "B2", "C")
    assert values["assurance"] == ("checked",)
    assert values.keys() == {facet.name for facet in SCHEMA.facets}
    numbers = dict(document.numbers)
    minute = numbers.pop("published_minute")
    assert minute > 0
    assert numbers.pop("browse_rank") == 2**30 - 1 - minute
    assert numbers == {"minutes_low": 10, "minutes_high": 20, "group_low": 1, "group_high": 8}
    assert document.sort_title == "Fire stoler (nb)"


@pytest.mark.usefixtures("framework")
def test_the_names_of_its_links_are_among_its_words_in_every_language(alice: User, carl: User) -> None:
    term = Term.objects.get(vocabulary="word_pair", slug="valg-og-tilfeldigheter")
    document = published(alice, carl)
    for language in ("nb", "nn", "en"):
        assert any(term.labels[language] in passage.rest for passage in document.passages if passage.language == language)
    licence = Term.objects.get(vocabulary="licence", slug="CC-BY-4.0")
    assert not any(licence.labels["nb"] in passage.rest for passage in document.passages)


@pytest.mark.usefixtures("framework")
def test_only_what_is_published_can_be_found(alice: User, carl: User) -> None:
    hidden = [a_draft(by=alice, slug="utkast"), handed_in(by=alice, slug="levert")]
    public = a_published(author=alice, approver=carl, slug="offentlig")
    ids = [str(revision.resource.public_id) for revision in (*hidden, public)]
    assert [document.id for document in CATALOGUE.documents(ids)] == [ids[2]]
    assert list(CATALOGUE.all_ids()) == [ids[2]]


@pytest.mark.usefixtures("framework")
def test_more_links_mean_more_values(alice: User, carl: User) -> None:
    more = ContentTerm(vocabulary="needs", slug="no-reading")
    document = published(alice, carl, terms=(*whole_content().terms, more))
    assert document.keywords["needs"] == ("no-preparation", "no-reading")


@pytest.mark.usefixtures("framework")
def test_every_facet_has_known_values() -> None:
    forget_labels()
    known = known_values()
    assert known.keys() == {facet.name for facet in SCHEMA.facets}
    assert [name for name, values in known.items() if not values] == []
    assert known["norwegian_level"] == LEVELS
