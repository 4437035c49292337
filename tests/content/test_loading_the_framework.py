"""Loading vocabularies: edits of the files arrive, edits on the site stay, nothing is deleted."""

from __future__ import annotations

import pytest
from django.core.management.base import CommandError

from resourcebank.models import Criterion, Term, User, Vocabulary
from search.models import IndexChange
from tests.content.desk import Desk, command
from tests.factories import a_published

pytestmark = pytest.mark.django_db
AREA_2 = 'labels = { nb = "Karrierelæring", nn = "Karrierelæring", en = "Career learning" }\nconfirmed = false'


def term(name: str) -> Term:
    vocabulary, _, slug = name.partition(":")
    return Term.objects.get(vocabulary=vocabulary, slug=slug)


def everything() -> list[object]:
    return [
        *Vocabulary.objects.order_by("slug").values(),
        *Term.objects.order_by("pk").values(),
        *Criterion.objects.order_by("pk").values(),
    ]


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    desk.load_framework()
    before = everything()
    assert desk.load_framework() == "Ingen endringer.\n"
    assert everything() == before


def test_the_fixtures_load_by_themselves(desk: Desk) -> None:
    command("load_framework")
    assert Vocabulary.objects.count() == 17
    assert term("word_pair:valg-og-tilfeldigheter/valg").parent == term("word_pair:valg-og-tilfeldigheter")
    assert [row.code for row in Criterion.objects.order_by("position")] == ["method", "care", "language", "rights", "accessibility"]


def test_a_working_title_is_replaced_by_editing_a_file(desk: Desk) -> None:
    desk.load_framework()
    before = Term.objects.filter(slug="omrade-2").values("pk", "slug", "position", "vocabulary").get()
    named = 'labels = { nb = "Karrierelære", nn = "Karrierelære", en = "Career learning" }\nconfirmed = true\nunconfirmed = ["en"]'
    desk.edit("competence.toml", AREA_2, named, folder=desk.framework)
    assert desk.load_framework().splitlines() == [
        "~ competence:omrade-2: confirmed: nei -> ja",
        "~ competence:omrade-2: labels.nb: «Karrierelæring» -> «Karrierelære»",
        "~ competence:omrade-2: labels.nn: «Karrierelæring» -> «Karrierelære»",
        "~ competence:omrade-2: labels_confirmed: [] -> [nb, nn]",
    ]
    assert Term.objects.filter(slug="omrade-2").values("pk", "slug", "position", "vocabulary").get() == before
    assert not term("competence:omrade-2").working_title


def test_only_unconfirmed_framework_names_are_working_titles(desk: Desk) -> None:
    desk.load_framework()
    titles = {row.slug for row in Term.objects.all() if row.working_title}
    assert titles == {f"omrade-{number}" for number in range(2, 8)}
    assert term("word_pair:meg-i-kontekst").labels_confirmed == ["nb", "nn"]
    assert term("quality_area:ledelse").labels_confirmed == ["nn"]
    assert term("kind:activity").labels_confirmed == ["nb", "nn", "en"]


def test_an_edit_on_the_site_is_kept_and_the_difference_is_printed(desk: Desk) -> None:
    desk.load_framework()
    row = term("theme:verdier")
    row.labels = {**row.labels, "nb": "Det som er viktig"}
    row.save()
    said = "= theme:verdier: labels.nb er endret på nettstedet og beholdes: «Det som er viktig» (filen sier «Verdier»)\n"
    assert desk.load_framework() == said
    assert desk.load_framework() == said
    desk.edit(
        "theme.toml",
        'labels = { nb = "Verdier", nn = "Verdiar"',
        'labels = { nb = "Mine verdier", nn = "Mine verdiar"',
        folder=desk.framework,
    )
    printed = desk.load_framework()
    assert "~ theme:verdier: labels.nn: «Verdiar» -> «Mine verdiar»" in printed
    assert "labels.nb er endret på nettstedet" in printed
    assert term("theme:verdier").labels["nb"] == "Det som er viktig"
    assert term("theme:verdier").labels["nn"] == "Mine verdiar"


def test_a_file_that_takes_over_the_sites_wording_ends_the_difference(desk: Desk) -> None:
    desk.load_framework()
    row = term("theme:verdier")
    row.labels = {**row.labels, "nb": "Det som er viktig"}
    row.save()
    desk.edit("theme.toml", 'nb = "Verdier"', 'nb = "Det som er viktig"', folder=desk.framework)
    assert desk.load_framework() == "Ingen endringer.\n"
    desk.edit("theme.toml", 'nb = "Det som er viktig"', 'nb = "Verdiene mine"', folder=desk.framework)
    assert desk.load_framework() == "~ theme:verdier: labels.nb: «Det som er viktig» -> «Verdiene mine»\n"


def test_a_term_that_disappears_is_retired_with_its_successor(desk: Desk) -> None:
    desk.load_framework()
    before = Term.objects.count()
    text = (desk.framework / "theme.toml").read_text(encoding="utf-8")
    start, end = text.index('[[terms]]\nslug = "omstilling"'), text.index('[[terms]]\nslug = "motivasjon"')
    replaced = '\n[[replaced]]\nslug = "omstilling"\nby = "overgang"\n'
    (desk.framework / "theme.toml").write_text(text[:start] + text[end:] + replaced, encoding="utf-8")
    printed = desk.load_framework()
    assert "- theme:omstilling: trukket tilbake\n- theme:omstilling: erstattet av overgang\n" in printed
    assert Term.objects.count() == before
    assert not term("theme:omstilling").active
    assert term("theme:omstilling").replaced_by == term("theme:overgang")
    assert desk.load_framework() == "Ingen endringer.\n"


def test_a_successor_is_remembered_when_its_line_is_gone(desk: Desk) -> None:
    desk.load_framework()
    text = (desk.framework / "use.toml").read_text(encoding="utf-8")
    kept = text[: text.index('[[terms]]\nslug = "colleagues"')]
    (desk.framework / "use.toml").write_text(kept + '[[replaced]]\nslug = "colleagues"\nby = "with-participant"\n', encoding="utf-8")
    desk.load_framework()
    (desk.framework / "use.toml").write_text(kept, encoding="utf-8")
    assert desk.load_framework() == "Ingen endringer.\n"
    (desk.framework / "use.toml").write_text(text, encoding="utf-8")
    assert "active: nei -> ja" in desk.load_framework()
    assert term("use:colleagues").replaced_by is None


def test_a_term_made_on_the_site_is_left_alone(desk: Desk) -> None:
    desk.load_framework()
    Term.objects.create(vocabulary_id="theme", slug="eget", labels={"nb": "Eget"})
    assert desk.load_framework() == "Ingen endringer.\n"
    assert term("theme:eget").active


def test_one_file_alone_can_be_loaded(desk: Desk) -> None:
    command("load_framework", str(desk.framework / "use.toml"))
    assert list(Vocabulary.objects.values_list("slug", flat=True)) == ["use"]
    assert not Criterion.objects.exists()
    command("load_framework", str(desk.framework / "checklist.toml"))
    assert Criterion.objects.count() == 5


def test_one_fault_anywhere_and_nothing_is_loaded(desk: Desk) -> None:
    path = desk.edit("use.toml", 'nb = "Bruk", ', "", folder=desk.framework)
    desk.edit("checklist.toml", "version = 2", "version = 0", folder=desk.framework)
    with pytest.raises(CommandError) as refused:
        desk.load_framework()
    assert refused.value.returncode == 1
    assert str(refused.value).splitlines() == [
        f"{path}:2: «labels» mangler nb.",
        f"{desk.framework / 'checklist.toml'}:2: «version» er et helt tall fra 1.",
        "Ingenting er lastet: 2 feil.",
    ]
    assert not Vocabulary.objects.exists()


def test_a_checklist_in_use_needs_a_new_version_and_nothing_is_loaded(desk: Desk, alice: User, carl: User) -> None:
    desk.load_framework()
    a_published(author=alice, approver=carl)
    desk.edit("use.toml", 'nb = "Bruk", ', 'nb = "Bruksmåte", ', folder=desk.framework)
    desk.edit("checklist.toml", 'nb = "Metode"', 'nb = "Framgangsmåte"', folder=desk.framework)
    with pytest.raises(CommandError, match="nytt versjonsnummer"):
        desk.load_framework()
    assert Vocabulary.objects.get(slug="use").labels["nb"] == "Bruk"


def test_a_new_label_is_noted_for_the_resources_that_carry_it_and_no_others(desk: Desk, alice: User, carl: User) -> None:
    desk.load_framework()
    carrying = a_published(author=alice, approver=carl, slug="fire-stoler").resource
    before = IndexChange.objects.count()
    desk.edit("word_pair.toml", 'en = "Choice and chance"', 'en = "Choices and chance"', folder=desk.framework)
    desk.load_framework()
    noted = IndexChange.objects.order_by("sequence").values_list("document_id", flat=True)[before:]
    assert list(noted) == [str(carrying.public_id)]
    desk.edit("word_pair.toml", 'en = "Change and stability"', 'en = "Changes and stability"', folder=desk.framework)
    desk.load_framework()
    assert IndexChange.objects.count() == before + 1


@pytest.mark.parametrize(
    ("file", "old", "new"), [("kind.toml", 'nb = "Aktivitet"', 'nb = "Gjøremål"'), ("licence.toml", 'nb = "CC BY 4.0"', 'nb = "CC BY"')]
)
def test_kind_and_licence_are_carried_too(desk: Desk, alice: User, carl: User, file: str, old: str, new: str) -> None:
    desk.load_framework()
    a_published(author=alice, approver=carl)
    before = IndexChange.objects.count()
    desk.edit(file, old, new, folder=desk.framework)
    desk.load_framework()
    assert IndexChange.objects.count() == before + 1
