"""What is wrong in a vocabulary's file is found in one run, and named with file, line and a way out."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from resourcebank.checklist import read_checklist
from resourcebank.framework import read_framework
from tests.content.desk import Desk
from tests.content.test_resource_files import line_of


class Spoiled(NamedTuple):
    """A good file with one text replaced; the fault stands on the line that begins with `at`."""

    file: str
    old: str
    new: str
    at: str
    says: str


AREA_2 = 'labels = { nb = "Karrierelæring", nn = "Karrierelæring", en = "Career learning" }\nconfirmed = false'
FIRST_USE = 'labels = { nb = "Sammen med deltaker", nn = "Saman med deltakar", en = "Together with a participant" }'

FILES = {
    "no TOML at all": Spoiled("use.toml", "ordered = false", "ordered = nei", "ordered", "gyldig TOML"),
    "an unknown key": Spoiled("use.toml", "ordered", "orderd", "orderd", "Mente du «ordered»?"),
    "another name than its file": Spoiled("use.toml", 'slug = "use"', 'slug = "usage"', "slug", "filen heter «use.toml»"),
    "no label in nynorsk": Spoiled("use.toml", 'nb = "Bruk", nn = "Bruk"', 'nb = "Bruk"', "labels", "«labels» mangler nn"),
    "an empty label": Spoiled("use.toml", 'nn = "Saman med deltakar"', 'nn = ""', FIRST_USE[:30], "«labels.nn» er tom"),
    "a label that is no text": Spoiled("use.toml", 'nb = "Kollegaer"', "nb = 7", "labels = { nb = 7", "«labels.nb»"),
    "labels that are one text": Spoiled("use.toml", FIRST_USE, 'labels = "Sammen"', 'labels = "Sammen"', "en verdi for hvert språk"),
    "a language that is none": Spoiled("use.toml", 'nb = "Bruk"', '"på norsk" = "Bruk", nb = "Bruk"', "labels", "ikke et språk"),
    "no origin": Spoiled("use.toml", 'origin = "own"\n', "", "", "«origin»"),
    "confirmed in a list of our own": Spoiled(
        "use.toml", FIRST_USE, f"{FIRST_USE}\nconfirmed = true", "confirmed", "bare navn fra rammeverket"
    ),
    "a framework name neither confirmed nor not": Spoiled(
        "competence.toml", AREA_2, AREA_2.replace("\nconfirmed = false", ""), 'slug = "omrade-2"', "confirmed = true"
    ),
    "a working title confirmed in some languages": Spoiled(
        "competence.toml", AREA_2, f'{AREA_2}\nunconfirmed = ["en"] # x', 'unconfirmed = ["en"] # x', "alle språk ubekreftet"
    ),
    "unconfirmed in a language that is none of ours": Spoiled(
        "competence.toml", 'unconfirmed = ["nn", "en"]', 'unconfirmed = ["da"]', "unconfirmed", "nb, nn eller en"
    ),
    "a framework name without its source": Spoiled(
        "competence_level.toml",
        'source = "https://hkdir.no/kvalitet-i-karriereveiledning/kompetansestandarder"\n',
        "",
        'slug = "kompetent"',
        "må ha en kilde",
    ),
    "a source that is no address": Spoiled(
        "licence.toml", '"https://data.norge.no/nlod/no/2.0"', '"data.norge.no"', 'source = "data', "https://"
    ),
    "a slug with spaces": Spoiled("theme.toml", 'slug = "jobbsoking"', 'slug = "jobb søking"', 'slug = "jobb', "bindestrek"),
    "a slug twice": Spoiled("theme.toml", 'slug = "verdier"', 'slug = "interesser" #', 'slug = "interesser" #', "står også på linje"),
    "a list that is one text": Spoiled("use.toml", 'origin = "own"', 'origin = "own"\nreplaced = "team"', "replaced", "[[replaced]]"),
    "alternatives that are one text": Spoiled(
        "use.toml", '["på egen hånd", "hjemmeoppgave"]', '"på egen hånd"', 'alternatives.nb = "på', "liste med ord"
    ),
    "three levels": Spoiled(
        "ethics.toml", 'slug = "retningslinje-12"', 'slug = "retningslinje-12"\nchildren = []', "children", "høyst to nivåer"
    ),
    "replaced and present": Spoiled(
        "use.toml", "", '\n[[replaced]]\nslug = "colleagues" # r\nby = "with-participant"\n', 'slug = "colleagues" # r', "både som ledd"
    ),
    "replaced by nothing known": Spoiled(
        "use.toml", "", '\n[[replaced]]\nslug = "team"\nby = "colleague"\n', "by", "Mente du «colleagues»?"
    ),
    "replaced without a successor": Spoiled("use.toml", "", '\n[[replaced]]\nslug = "team" # r\n', "[[replaced]]", "«by» mangler"),
}


@pytest.mark.parametrize("spoiled", FILES.values(), ids=FILES)
def test_a_fault_is_named_with_its_file_and_line(desk: Desk, spoiled: Spoiled) -> None:
    path = desk.edit(spoiled.file, spoiled.old, spoiled.new, folder=desk.framework)
    expected = (path, line_of(path.read_text(encoding="utf-8"), spoiled.at))
    _, faults = read_framework(desk.framework)
    assert len([f for f in faults if (f.file, f.line) == expected and spoiled.says in f.message]) == 1, "\n".join(map(str, faults))


def test_every_fault_of_every_file_is_told_in_one_run(desk: Desk) -> None:
    spoiled = [
        desk.edit("theme.toml", 'slug = "verdier"', 'slug = "interesser"', folder=desk.framework),
        desk.edit("theme.toml", 'nb = "Styrker", ', "", folder=desk.framework),
        desk.edit("use.toml", "ordered = false", "ordered = nei", folder=desk.framework),
    ]
    _, faults = read_framework(desk.framework)
    assert [fault.file for fault in faults] == spoiled


def test_an_empty_folder_is_a_fault(desk: Desk) -> None:
    _, faults = read_framework(desk.bank)
    assert [fault.file for fault in faults] == [desk.bank]


CHECKLIST = {
    "a version that is no number": Spoiled("checklist.toml", "version = 2", 'version = "1"', "version", "helt tall"),
    "a point without help in English": Spoiled(
        "checklist.toml", 'help.en = "The licence', 'help.de = "The licence', 'help.nb = "Lisensen', "«help»"
    ),
    "a key twice": Spoiled("checklist.toml", 'key = "care"', 'key = "method" #', 'key = "method" #', "to ganger"),
    "an unknown key": Spoiled("checklist.toml", 'key = "care"', 'key = "care"\nweight = 2', "weight", "ikke en kjent nøkkel"),
    "optional in words": Spoiled("checklist.toml", "optional = true", 'optional = "ja"', "optional", "true eller false"),
}


@pytest.mark.parametrize("spoiled", CHECKLIST.values(), ids=CHECKLIST)
def test_a_fault_in_the_checklist_is_named_with_its_line(desk: Desk, spoiled: Spoiled) -> None:
    path = desk.edit(spoiled.file, spoiled.old, spoiled.new, folder=desk.framework)
    checklist, faults = read_checklist(path)
    assert checklist is None
    assert [(fault.file, fault.line) for fault in faults if spoiled.says in fault.message] == [
        (path, line_of(path.read_text(encoding="utf-8"), spoiled.at))
    ]
