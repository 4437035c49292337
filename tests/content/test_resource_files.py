"""What is wrong in a resource's files is found in one run, and named with file, line and a way out."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.content.desk import Desk

NB_STEP_5 = "5. Sett et kryss til høyre for i dag. Si: «Også"


class Spoiled(NamedTuple):
    """A good file with one text replaced; the fault stands on the line that begins with `at`."""

    file: str
    old: str
    new: str
    at: str
    says: str


def line_of(text: str, at: str) -> int:
    """The line that begins with `at`; the first when it is empty."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if line.startswith(at))


def facts(old: str, new: str, at: str, says: str) -> Spoiled:
    return Spoiled("resource.toml", old, new, at, says)


def nb(old: str, new: str, at: str, says: str) -> Spoiled:
    return Spoiled("nb.md", old, new, at, says)


def nn(old: str, new: str, at: str, says: str) -> Spoiled:
    return Spoiled("nn.md", old, new, at, says)


def easy(old: str, new: str, at: str, says: str) -> Spoiled:
    return Spoiled("nb-a2.md", old, new, at, says)


FACTS = {
    "no TOML at all": facts("group = [1, 8]", "group = 1 til 8", "group", "gyldig TOML"),
    "an unknown key": facts("attribution", "atribution", "atribution", "Mente du «attribution»?"),
    "no kind": facts('kind = "activity"\n', "", "", "hva slags ressurs"),
    "a kind nobody knows": facts('"activity"', '"activty"', "kind", "Mente du «activity»?"),
    "a format nobody knows": facts('"one-to-one"', '"one-on-one"', "format", "Mente du «one-to-one»?"),
    "an audience nobody knows": facts('"studenter"', '"studentar"', "audience", "Mente du «studenter»?"),
    "the same need twice": facts('"paper-and-pen"]', '"paper-and-pen", "paper-and-pen"]', "needs", "to ganger"),
    "no format": facts('format = ["one-to-one", "group"]\n', "", "", "minst ett format"),
    "a level nobody knows": facts('"B1"', '"B3"', "norwegian_level", "finnes ikke"),
    "one number for minutes": facts("minutes = [20, 40]", "minutes = [20]", "minutes", "fra og til"),
    "words for minutes": facts("minutes = [20, 40]", 'minutes = "20-40"', "minutes", "hele tall"),
    "minutes the wrong way round": facts("minutes = [20, 40]", "minutes = [40, 20]", "minutes", "fra og til"),
    "steps longer than the time": facts("[3, 5, 6, 4, 4]", "[30, 5, 6, 4, 4]", "step_minutes", "49 minutter"),
    "steps shorter than the time": facts("[3, 5, 6, 4, 4]", "[1, 1, 1, 1, 1]", "step_minutes", "5 minutter"),
    "two steps": facts("[3, 5, 6, 4, 4]", "[10, 12]", "step_minutes", "tre til sju steg"),
    "preparation and none": facts("preparation_minutes = 0", "preparation_minutes = 5", "needs", "stemmer ikke med «preparation_minutes»"),
    "preparation below nothing": facts("preparation_minutes = 0", "preparation_minutes = -1", "preparation_minutes", "0 eller mer"),
    "a licence nobody knows": facts('"CC-BY-4.0"', '"CC-BY-5.0"', "licence", "Mente du «CC-BY-4.0»?"),
    "own work that is only a link": facts('"CC-BY-4.0"', '"link-only"', "licence", "åpen lisens"),
    "no licence": facts('licence = "CC-BY-4.0"\n', "", "", "Velg en lisens"),
    "nobody to thank": facts('attribution = "Øvingsbanken"\n', "", "", "opphav"),
    "linked without an address": facts('kind = "', 'origin = "linked"\nkind = "', "", "adressen til ressursen"),
    "an origin nobody knows": facts('kind = "', 'origin = "lånt"\nkind = "', "origin", "own"),
    "a term nobody knows": facts('/tilfeldigheter"', '/tilfeldighet"', 'term = "word_pair:valg-og-tilfeldigheter/', "Mente du"),
    "a term of another list": facts(
        '"word_pair:valg-og-tilfeldigheter/tilfeldigheter"', '"theme:verdier"', 'term = "theme', "ikke en del av rammeverket"
    ),
    "a role nobody knows": facts(
        '/tilfeldigheter"\nrole = "main"', '/tilfeldigheter"\nrole = "side"', 'role = "side"', "«main» eller «touches»"
    ),
    "the same term twice": facts(
        'tilfeldigheter/tilfeldigheter"', 'tilfeldigheter" # igjen', 'term = "word_pair:valg-og-tilfeldigheter" #', "to ganger"
    ),
    "two pairs as main": facts(
        "valg-og-tilfeldigheter/tilfeldigheter", "meg-i-kontekst", "[[terms]]", "Hovedkoblingene hører til ett ordpar"
    ),
    "no reason in nynorsk": facts(
        'reason.nn = "Øvinga tek utgangspunkt i hendingar ingen hadde planlagt."\n',
        "",
        'term = "word_pair:valg-og-tilfeldigheter/',
        "mangler: nn",
    ),
    "bokmål in a reason": facts("Øvinga tek utgangspunkt", "Øvelsen tek utgangspunkt", 'reason.nn = "Øvelsen', "er bokmål"),
    "a criterion nobody knows": facts('care = "ok"', 'caring = "ok"', "checklist", "Mente du «care»?"),
    "an answer nobody knows": facts('care = "ok"', 'care = "ja"', "checklist", "Svaret på «care»"),
    "what always applies": facts('care = "ok"', 'care = "not_relevant"', "checklist", "Svaret på «care» er ok eller not_ok."),
    "a day in words": facts("checked_on = 2026-11-22", 'checked_on = "i går"', "checked_on", "en dato uten hermetegn"),
}

FORMS = {
    "no head": nb("---\ntitle", "title", "", "begynne med «---»"),
    "a head without an end": nb("\n---\n## goal", "\n## goal", "", "mangler «---»"),
    "an unknown line in the head": nb("title:", "titel:", "titel", "Mente du «title»?"),
    "no title": nb("title: Tre hendelser jeg ikke planla\n", "", "", "Gi ressursen en tittel"),
    "a long title": nb("jeg ikke planla\nsumm", f"jeg ikke {'planla ' * 12}\nsumm", "title", "høyst 80"),
    "three sentences of summary": nb("må planlegges.\n", "må planlegges. Det er gøy.\n", "summary", "høyst to setninger"),
    "two sentences of goal": nb("alt uventet.\n", "alt uventet. Det er gøy.\n", "Å oppdage", "én setning"),
    "an unknown part": nb("## care", "## caution", "## caution", "ikke en del av en ressurs"),
    "a part twice": nb("", "\n## care \nPass på.\n", "## care ", "står også på linje"),
    "parts in another order": nb("## goal\n", "## transcript\nFilm.\n## goal\n", "## goal", "skal stå før «transcript»"),
    "text outside the parts": nb("---\n## goal", "---\nHei!\n## goal", "Hei!", "før den første overskriften"),
    "no care": nb("## care\nIkke bruk øvelsen de første ukene", "## transcript\nIkke bruk øvelsen de første ukene", "", "«Pass på»"),
    "a step too few": nb(NB_STEP_5, "Sett et kryss til høyre for i dag. Si: «Også", "1. Tegn", "4 steg, men tidsplanen har 5"),
    "steps that count wrongly": nb(NB_STEP_5, NB_STEP_5.replace("5.", "6."), "6. Sett", "har nummer 6, men er nummer 5"),
    "steps that are no list": nb("## steps\n1. Tegn", "## steps\nTegn", "Tegn", "nummerert punkt"),
    "an empty step": nb("3. Gå til ett kryss om gangen. Spør: «Hva gjorde du da?»", "3. \n3. Gå.", "3. Gå.", "men er nummer 4"),
    "two questions": nb(
        "- Når var det godt å ha en plan, og når var det godt å legge den til side?\n- Hva kaller du flaks, og hva kaller du innsats?\n",
        "",
        "- Hvem hjalp",
        "tre til seks åpne spørsmål",
    ),
    "no participant sheet": easy("## participant_sheet\n**Tre ting som bare skjedde**", "## transcript", "", "deltakerarket"),
    "a long easy-read sentence": easy(
        "Du kan velge små ting.",
        "Du kan velge små ting og store ting og alt det som ligger midt imellom dem.",
        "Du velger selv",
        "har 16 ord",
    ),
    "bokmål in nynorsk": nn("- Kven hjelpte deg", "- Hvem hjelpte deg", "- Hvem", "På nynorsk: kven"),
    "an ending of bokmål in nynorsk": nn("Sei tydeleg", "Sei tydelig", "Ikkje bruk", "«-leg»"),
    "the pair's spelling in running text": nn("- Kva kallar du flaks", "- Kva kallar du tilfeldigheter", "- Kva kallar", "«-heit»"),
    "made from a form that is not there": nn("made_from: nb ", "made_from: en ", "made_from", "finnes ikke"),
    "made from itself": nn("made_from: nb ", "made_from: nn ", "made_from", "fra seg selv"),
    "a day that is none": nn("made_from: nb ", "checked_on: i går\nmade_from: nb ", "checked_on", "er en dato"),
}


@pytest.mark.parametrize("spoiled", [*FACTS.values(), *FORMS.values()], ids=[*FACTS, *FORMS])
def test_a_fault_is_named_with_its_file_and_line(desk: Desk, spoiled: Spoiled) -> None:
    path = desk.edit(spoiled.file, spoiled.old, spoiled.new)
    expected = (path, line_of(path.read_text(encoding="utf-8"), spoiled.at))
    found = [fault for fault in desk.faults() if (fault.file, fault.line) == expected and spoiled.says in fault.message]
    assert len(found) == 1, "\n".join(map(str, desk.faults()))


def test_the_sample_itself_has_no_fault(desk: Desk) -> None:
    assert desk.faults() == ()


def test_every_fault_of_every_file_is_told_in_one_run(desk: Desk) -> None:
    desk.another("en-til")
    spoiled = [
        desk.edit("resource.toml", '"activity"', '"spill"'),
        desk.edit("nb.md", "title:", "titel:"),
        desk.edit("nn.md", "- Kven hjelpte deg", "- Hvem hjelpte deg"),
        desk.edit("nb.md", "## care", "## omtanke", folder=desk.bank / "en-til"),
    ]
    assert {fault.file for fault in desk.faults()} == set(spoiled)


def test_a_wrong_value_is_not_called_missing_as_well(desk: Desk) -> None:
    desk.edit("resource.toml", "minutes = [20, 40]", 'minutes = "en halvtime"')
    assert len(desk.faults()) == 1


def test_a_list_written_as_prose_is_not_called_missing_as_well(desk: Desk) -> None:
    path = desk.edit("nb-a2.md", "- Bruk tre ting", "Bruk tre ting")
    desk.edit("nb-a2.md", "- Du kan fortelle", "Du kan fortelle")
    first = line_of(path.read_text(encoding="utf-8"), "Bruk tre ting")
    assert [(fault.line, "et punkt («- …»)" in fault.message) for fault in desk.faults()] == [(first, True), (first + 1, True)]


def test_a_step_left_out_is_told_once_and_not_for_every_step_after_it(desk: Desk) -> None:
    desk.edit("resource.toml", "[3, 5, 6, 4, 4]", "[8, 6, 4, 4]")
    for name, step in (("nb.md", "2. Si: «Tenk"), ("nn.md", "2. Sei: «Tenk"), ("nb-a2.md", "2. Tenk")):
        lines = (desk.folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (desk.folder / name).write_text("".join(line for line in lines if not line.startswith(step)), encoding="utf-8")
    assert [fault.message for fault in desk.faults()] == ["Steget har nummer 3, men er nummer 2."] * 3


def test_two_forms_with_one_language_and_level_are_told(desk: Desk) -> None:
    (desk.folder / "nb-A2.md").write_text((desk.folder / "nb-a2.md").read_text(encoding="utf-8"), encoding="utf-8")
    (fault,) = desk.faults()
    assert fault.file.name == "nb-a2.md"
    assert fault.message == "nb-A2.md har samme språk og nivå."


def test_a_missing_nynorsk_is_told_at_the_file_that_should_be_there(desk: Desk) -> None:
    (desk.folder / "nn.md").unlink()
    assert [(fault.file, fault.line) for fault in desk.faults()] == [(desk.folder / "nn.md", 1)]


def test_missing_facts_are_told(desk: Desk) -> None:
    (desk.folder / "resource.toml").unlink()
    (fault,) = desk.faults()
    assert fault.file == desk.folder / "resource.toml"


@pytest.mark.parametrize("name", ["norsk.md", "nb-a7.md", "xx.md", "nb.txt", "bilde.exe"])
def test_a_file_that_is_no_part_of_a_resource_is_told(desk: Desk, name: str) -> None:
    (desk.folder / name).write_text("Hei!\n", encoding="utf-8")
    assert [fault.file for fault in desk.faults()] == [desk.folder / name]


@pytest.mark.parametrize("name", ["resource.toml", "nb.md"])
def test_a_file_in_another_encoding_is_told(desk: Desk, name: str) -> None:
    path = desk.folder / name
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", errors="replace"))
    assert (path, "Filen er ikke lagret som UTF-8.") in {(fault.file, fault.message) for fault in desk.faults()}


def test_a_folder_that_cannot_be_an_address_is_told(desk: Desk) -> None:
    desk.folder.rename(desk.bank / "Tre Hendelser")
    assert [fault.file for fault in desk.faults()] == [desk.bank / "Tre Hendelser"]


def test_a_resource_for_participants_needs_a_pair_as_its_main_link(desk: Desk) -> None:
    text = (desk.folder / "resource.toml").read_text(encoding="utf-8")
    swapped = text.replace("word_pair:valg-og-tilfeldigheter/tilfeldigheter", "competence:omrade-3").replace(
        "word_pair:valg-og-tilfeldigheter", "competence:omrade-2"
    )
    (desk.folder / "resource.toml").write_text(swapped, encoding="utf-8")
    assert ["ordpar som hovedkobling" in fault.message for fault in desk.faults()] == [True]


def test_a_resource_for_colleagues_needs_no_participant_sheet_but_a_standard_or_the_like(desk: Desk) -> None:
    desk.edit("resource.toml", '"with-participant"', '"colleagues"')
    desk.edit("nb-a2.md", "## participant_sheet", "## transcript")
    assert ["for kollegaer" in fault.message for fault in desk.faults()] == [True]


LINKED = """kind = "film"
origin = "linked"
source_url = "https://example.org/film"
use = ["with-participant"]
minutes = [5, 5]
group = [1, 30]
norwegian_level = "B1"
format = ["group"]
needs = ["screen"]
preparation_minutes = 0
licence = "link-only"
attribution = "Eksempelfilm AS"
[[terms]]
term = "word_pair:valg-og-tilfeldigheter"
role = "main"
reason.nb = "Filmen viser et valg."
reason.nn = "Filmen viser eit val."
"""


def test_a_linked_resource_needs_less(desk: Desk) -> None:
    (desk.folder / "resource.toml").write_text(LINKED, encoding="utf-8")
    (desk.folder / "nb-a2.md").unlink()
    for name, care in (("nb.md", "Vent med filmen hvis noen er i krise."), ("nn.md", "Vent med filmen dersom nokon er i krise.")):
        head = (desk.folder / name).read_text(encoding="utf-8").partition("## steps")[0]
        (desk.folder / name).write_text(f"{head}## care\n{care}\n", encoding="utf-8")
    assert desk.faults() == ()
    desk.edit("resource.toml", "", LINKED[LINKED.index("[[terms]]") :].replace("tilfeldigheter", "tilfeldigheter/valg"))
    assert ["nøyaktig én hovedkobling" in fault.message for fault in desk.faults()] == [True]


def test_lines_of_what_stands_in_several_tables_are_told_apart(desk: Desk) -> None:
    path = desk.edit("resource.toml", "hendingar ingen hadde planlagt", "hendelser ingen hadde planlagt")
    (fault,) = desk.faults()
    assert path.read_text(encoding="utf-8").splitlines()[fault.line - 1].startswith('reason.nn = "Øvinga tek')


@pytest.mark.parametrize("name", ["resource.toml", "nb.md", "nb-a2.md"])
def test_a_file_cut_short_anywhere_is_told_and_never_breaks_the_reading(desk: Desk, name: str) -> None:
    path = desk.folder / name
    whole = path.read_text(encoding="utf-8")
    last_part = whole.find("## participant_sheet") if name != "resource.toml" else len(whole) - 100
    for length in range(0, last_part, 37):
        path.write_text(whole[:length], encoding="utf-8")
        faults = desk.faults()
        assert faults, length
        assert all(1 <= fault.line <= whole.count("\n") + 1 for fault in faults), length
