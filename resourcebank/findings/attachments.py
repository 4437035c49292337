"""What is to be mended in the files of a text: what they show and are called, who hears and sees the film, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from resourcebank.content import Content, ContentFile
from resourcebank.findings.finding import Finding, advise, block, one_is_enough

NORWEGIAN = ("nb", "nn")


def attachments(content: Content) -> Iterator[Finding]:
    """Everything to mend in pictures and files."""
    for number, picture in enumerate(content.pictures, start=1):
        yield from _unsaid(f"pictures.{number}", picture.alt)
        if picture.source_url and not picture.rights:
            message = _(
                "Bildet er hentet fra en annen side. Kontroller rettighetene: skriv hvem som har laget det og hva som gir lov til å dele "
                "det, eller fjern det."
            )
            yield block("rights-missing", f"pictures.{number}.rights", message)
    for number, file in enumerate(content.files, start=1):
        yield from _file(content, file, f"files.{number}")
    yield from _film(content)


def _unsaid(at: str, alt: Mapping[str, str]) -> Iterator[Finding]:
    missing = [tag for tag in NORWEGIAN if not alt.get(tag)]
    if missing:
        message = _("Skriv på bokmål og nynorsk hva bildet viser, for dem som ikke ser det (mangler: %(missing)s).")
        yield one_is_enough(missing, NORWEGIAN)("alt-missing", f"{at}.alt", message % {"missing": ", ".join(missing)})


def _file(content: Content, file: ContentFile, at: str) -> Iterator[Finding]:
    if file.role == "worksheet" and not any(file.caption.values()):
        yield block("caption-missing", f"{at}.caption", _("Skriv hva dokumentet heter, så leseren vet hva hen laster ned."))
    if file.role == "poster":
        yield from _unsaid(at, file.alt)
    if file.role in ("captions", "poster") and not content.has_film:
        yield block("film-missing", at, _("Dette hører til en film, og det er ingen film her. Last opp filmen, eller fjern dette."))


def _film(content: Content) -> Iterator[Finding]:
    if not content.has_film:
        if content.kind == "film" and content.origin == "own" and not content.source_url:
            yield advise("film-missing", "film", _("Ressursen er en film, men filmen mangler. Last den opp."))
        return
    spoken = {file.language for file in content.files_as("captions")}
    missing = [tag for tag in NORWEGIAN if tag not in spoken]
    if missing:
        message = _("Last opp teksting på bokmål og nynorsk (mangler: %(missing)s). Si også i tekstingen når det ikke sies noe.")
        wanted = advise if spoken else block
        yield wanted("captions-missing", "captions", message % {"missing": ", ".join(missing)})
    if not content.files_as("poster"):
        yield advise("poster-missing", "poster", _("Last opp et forsidebilde, så leseren ser hva filmen er før den starter."))
