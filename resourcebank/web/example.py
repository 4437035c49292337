"""One whole exercise, part by part, shown beside the fields: what a good answer looks like. Content, so each in its own language."""

from __future__ import annotations

from collections.abc import Mapping

_NB = {
    "title": "Tre hendelser jeg ikke planla",
    "summary": (
        "Deltakeren setter tre uventede hendelser på en linje og finner ut hva hen gjorde etterpå. Passer når "
        "noen mener at alt bare har skjedd."
    ),
    "goal": "Å se at også den som ikke valgte det som skjedde, gjorde noe med det.",
    "steps": (
        "1. Tegn en linje på tvers av arket. Si: «Til venstre er du omtrent ti år. Sett en strek for i dag nesten "
        "helt til høyre.» (3 min)\n"
        "2. Si: «Tenk på tre ting som skjedde uten at du hadde planlagt dem. De kan være små.» Deltakeren setter "
        "et kryss for hver. (5 min)\n"
        "3. Gå til ett kryss om gangen. Spør: «Hva gjorde du da?» Skriv ett ord under krysset: ventet, ringte, "
        "flyttet. (7 min)"
    ),
    "questions": ("Hvem hjalp deg da det skjedde?\nNår var det godt å ha en plan?\nHva vil du gjøre mer av?"),
    "adaptations": (
        "Lite norsk eller tolk: bruk tre gjenstander på bordet i stedet for kryss.\nGruppe: hver deltaker deler bare ett kryss."
    ),
    "care": (
        "Vent med øvelsen de første ukene etter et tap eller en oppsigelse. Si at det er lov å velge små "
        "hendelser. Hold deg til hva deltakeren gjorde, ikke til selve hendelsen."
    ),
    "participant_sheet": (
        "**Tre ting jeg ikke planla**\n"
        "\n"
        "1. Tegn en linje. Sett en strek for i dag.\n"
        "2. Sett tre kryss for ting du ikke planla.\n"
        "3. Hva gjorde du? Skriv ett ord under hvert kryss: ______"
    ),
    "transcript": "Bilde: En hånd tegner en linje på et ark. Stemme: «Dette er livet mitt så langt.»",
    "reason": "Deltakeren ser hvordan egne valg og tilfeldigheter har virket sammen.",
    "alt": "En hånd holder tre kort med tegnede kryss.",
}
_NN = {
    "title": "Tre hendingar eg ikkje planla",
    "summary": (
        "Deltakaren set tre uventa hendingar på ei linje og finn ut kva hen gjorde etterpå. Passar når nokon "
        "meiner at alt berre har skjedd."
    ),
    "goal": "Å sjå at også den som ikkje valde det som skjedde, gjorde noko med det.",
    "steps": (
        "1. Teikn ei linje på tvers av arket. Sei: «Til venstre er du om lag ti år. Set ein strek for i dag "
        "nesten heilt til høgre.» (3 min)\n"
        "2. Sei: «Tenk på tre ting som skjedde utan at du hadde planlagt dei. Dei kan vere små.» Deltakaren set "
        "eit kryss for kvar. (5 min)\n"
        "3. Gå til eitt kryss om gongen. Spør: «Kva gjorde du då?» Skriv eitt ord under krysset: venta, ringde, "
        "flytta. (7 min)"
    ),
    "questions": ("Kven hjelpte deg då det skjedde?\nNår var det godt å ha ein plan?\nKva vil du gjere meir av?"),
    "adaptations": ("Lite norsk eller tolk: bruk tre ting på bordet i staden for kryss.\nGruppe: kvar deltakar deler berre eitt kryss."),
    "care": (
        "Vent med øvinga dei første vekene etter eit tap eller ei oppseiing. Sei at det er lov å velje små "
        "hendingar. Hald deg til kva deltakaren gjorde, ikkje til sjølve hendinga."
    ),
    "participant_sheet": (
        "**Tre ting eg ikkje planla**\n"
        "\n"
        "1. Teikn ei linje. Set ein strek for i dag.\n"
        "2. Set tre kryss for ting du ikkje planla.\n"
        "3. Kva gjorde du? Skriv eitt ord under kvart kryss: ______"
    ),
    "transcript": "Bilete: Ei hand teiknar ei linje på eit ark. Røyst: «Dette er livet mitt så langt.»",
    "reason": "Deltakaren ser korleis eigne val og tilfeldigheiter har verka saman.",
    "alt": "Ei hand held tre kort med teikna kryss.",
}
_EXAMPLES: Mapping[str, Mapping[str, str]] = {"nb": _NB, "nn": _NN}


def example(part: str, language: str) -> tuple[str, str]:
    """(text, its language) of a part of the example, in a language or in bokmål; ("", "") for a part it does not have."""
    tag = language if language in _EXAMPLES else "nb"
    text = _EXAMPLES[tag].get(part, "")
    return (text, tag) if text else ("", "")
