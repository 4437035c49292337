"""Texts written for the tests: few enough to know what must be found, with the field's own words."""

from __future__ import annotations

from search.index import Document, Passage
from tests.search.collection import a_document

WHOLE = Document(
    id="d01",
    passages=(
        Passage("nb", "Fire stoler", "Veilederen ber veisøkeren velge en stol for hver mulighet. Samtalen handler om karrierevalg."),
        Passage("nn", "Fire stolar", "Rettleiaren ber vegsøkjaren velje ein stol for kvart høve."),
        Passage("en", "Four chairs", "The participant tries one chair for each possibility and talks about choices."),
        Passage("nb", "", "Valg og tilfeldigheter"),
    ),
    keywords={
        "pair": ("valg/stoler", "endring"),
        "kind": ("activity",),
        "level": ("A2", "B1", "B2", "C"),
        "needs": ("no-reading", "phone-only"),
        "ethics": ("respect/listening",),
    },
    numbers={"minutes": 15, "group_low": 1, "group_high": 8, "published": 300},
    sort_title="Fire stoler",
)
CORPUS: tuple[Document, ...] = (
    WHOLE,
    a_document(
        "d02",
        "Livslinje med tilfeldigheter",
        "Tegn en linje fra du var liten. Merk hvor flaks og tilfeldige møter førte deg til et nytt yrke i Førde.",
        pair="valg",
        kind="activity",
        level="B1 B2 C",
        needs="no-preparation",
        numbers={"minutes": 30, "group_low": 1, "group_high": 1, "published": 200},
    ),
    a_document(
        "d03",
        "Kort om karriereveiledning",
        "En film der en kollega forteller hvordan hun forbereder seg.",
        kind="film",
        level="C",
        needs="no-preparation phone-only",
        ethics="respect privacy",
        numbers={"minutes": 5, "published": 500},
    ),
    a_document(
        "d04",
        "Øvinga «Å velje med auga lukka»",
        "Rettleiarane les tre setningar høgt. Søkjaren lyttar og seier kva som kjennest rett.",
        language="nn",
        pair="valg/lytte",
        kind="activity",
        level="A2 B1 B2 C",
        needs="no-reading no-preparation phone-only",
        ethics="respect/listening privacy/notes",
        numbers={"minutes": 15, "group_low": 2, "group_high": 20, "published": 400},
    ),
    a_document(
        "d05",
        "Gul sko og blå hatt",
        "En gul sko står ved døra. Deltakeren velger ett ord.",
        pair="kontekst",
        kind="text",
        level="A1 A2 B1 B2 C",
        numbers={"minutes": 10, "group_low": 1, "group_high": 4, "published": 100},
    ),
    a_document(
        "d06",
        "Blå hatt og sko",
        "En sko står ved døra. En gul vase faller. Ingen velger den.",
        pair="kontekst",
        kind="text",
        level="A1 A2 B1 B2 C",
        numbers={"minutes": 10, "group_low": 1, "group_high": 4, "published": 110},
    ),
    a_document(
        "d07", "Hva vil du bli?", "Spørsmålet alle har fått.", kind="text", pair="endring", numbers={"minutes": 90, "published": 120}
    ),
    a_document("d08", "Choosing a trade", "Apprentices describe how they chose their education.", language="en", kind="film"),
    a_document("d09", "خمس صور", "يختار المشارك صورة واحدة ويتحدث عن المِهْنة", language="ar", kind="activity", level="none A1 A2 B1 B2 C"),
    a_document("d10", "Nettverk og nabolag", "Hvem kjenner du som har en jobb du er nysgjerrig på?", pair="kontekst kontekst/nettverk"),
    a_document(
        "d11", "Ærlig talt", "Mestring, motstand og mot i arbeidslivet. Karriereveiledning i praksis.", pair="motstand", kind="text"
    ),
    a_document("d12", "Ågot og Aase", "To venner snakker om stabilitet og endring. Veiledning over tid.", pair="endring/tid", kind="text"),
)
