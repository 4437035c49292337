"""The words of every mail about a text: what has happened, and what the reader can do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resourcebank.models import Revision
from resourcebank.models.aftercare import PROBLEM_NAMES
from resourcebank.selectors.recipients import Titles
from resourcebank.services.letters import Letter, Quote, case_link, day, own_link, public_link, quoted_title, whole_link
from resourcebank.workflow import RejectReason


@dataclass(frozen=True, slots=True)
class Happening:
    """What the words are about. `note` is what somebody wrote to the reader, `from_name` who, where that is told."""

    revision: Revision
    titles: Titles
    note: str = ""
    reason: str = ""
    from_name: str = ""
    due_on: date | None = None

    @property
    def named(self) -> dict[str, str]:
        """The title in the reader's language, for a sentence."""
        return {"title": _title(self.titles)}


def _title(titles: Titles) -> str:
    return quoted_title(titles.title(get_language() or "nb"))


def submitted(what: Happening) -> Letter:
    """To the author: we have it."""
    return _own(
        what,
        _("Vi har fått %(title)s") % what.named,
        _("Teksten er sendt inn og venter på en som kan vurdere den. Du får e-post når noen tar den, og når den er avgjort."),
        _("Til da kan du trekke den tilbake og skrive videre."),
    )


def taken(what: Happening) -> Letter:
    """To the author: somebody reads it."""
    return _own(
        what,
        _("%(title)s blir vurdert nå") % what.named,
        _("En fagperson har tatt teksten din til vurdering."),
        _("Du får svar innen %(day)s.") % {"day": day(what.due_on)} if what.due_on else "",
    )


def handed_back(what: Happening) -> Letter:
    """To the author: somebody else will read it."""
    return _own(
        what,
        _("%(title)s venter på en annen til å vurdere den") % what.named,
        _("Den som hadde tatt teksten, har levert den tilbake til køen. Du trenger ikke å gjøre noe."),
    )


def due_date_changed(what: Happening) -> Letter:
    """To the author: another day than the one they were told."""
    return _own(
        what,
        _("Ny frist for vurderingen av %(title)s") % what.named,
        _("Du får svar innen %(day)s.") % {"day": day(what.due_on)} if what.due_on else "",
        _("Du trenger ikke å gjøre noe."),
    )


def changes_requested(what: Happening) -> Letter:
    """To the author: write on."""
    return _own(
        what,
        _("Vi ber om endringer i %(title)s") % what.named,
        _("Teksten er vurdert. Rett det som står under, og send den inn igjen når du er klar. Alt du har skrevet, er tatt vare på."),
        note=_("Melding til deg"),
    )


def rejected(what: Happening) -> Letter:
    """To the author: no, and why."""
    return _own(
        what,
        _("%(title)s blir ikke tatt inn") % what.named,
        _("Teksten er vurdert og blir ikke tatt inn i banken."),
        _("Grunn: %(reason)s") % {"reason": reject_reason(what.reason)},
        note=_("Melding til deg"),
    )


def reject_reason(code: str) -> str:
    """Why a text was turned down, as a sentence."""
    match code:
        case RejectReason.OUT_OF_SCOPE:
            return _("Den hører ikke hjemme i en bank for karriereveiledning.")
        case RejectReason.DUPLICATE:
            return _("Banken har allerede en ressurs som dekker det samme.")
        case RejectReason.RIGHTS:
            return _("Det er ikke klart at vi har lov til å publisere den.")
        case RejectReason.HARMFUL:
            return _("Den kan skade en deltaker.")
        case RejectReason.QUALITY:
            return _("Den holder ikke faglig eller språklig.")
        case _:
            return code


def one_approval(what: Happening) -> Letter:
    """To the author: on the way."""
    return _own(
        what,
        _("%(title)s har fått en godkjenning") % what.named,
        _("En fagperson har godkjent teksten. Denne typen ressurs skal godkjennes av flere før den publiseres."),
        note=_("Melding til deg"),
    )


def approved(what: Happening) -> Letter:
    """To the author: it will be public."""
    return _own(
        what,
        _("%(title)s er godkjent") % what.named,
        _("Teksten er godkjent og venter på å bli publisert. Du får e-post når det skjer."),
        note=_("Melding til deg"),
    )


def approval_withdrawn(what: Happening) -> Letter:
    """To the author: it is read once more."""
    return _own(
        what,
        _("Godkjenningen av %(title)s er trukket") % what.named,
        _("Teksten skal vurderes på nytt før den kan publiseres. Du får e-post når den er avgjort."),
        note=_("Begrunnelse"),
    )


def published(what: Happening) -> Letter:
    """To the author: it is public."""
    return _public(
        what,
        _("%(title)s er publisert") % what.named,
        _("Teksten er godkjent, og alle som bruker banken, kan finne den nå. Takk for bidraget!"),
        _("Den skal leses på nytt innen %(day)s.") % {"day": day(review)} if (review := what.revision.resource.review_due_on) else "",
        note=_("Melding til deg"),
    )


def scheduled(what: Happening) -> Letter:
    """To the author: the day is set."""
    return _own(
        what,
        _("%(title)s blir publisert %(day)s") % {**what.named, "day": day(what.due_on)} if what.due_on else "",
        _("Teksten er godkjent. Du får e-post når den er publisert."),
    )


def unscheduled(what: Happening) -> Letter:
    """To the author: the day is not set any more."""
    return _own(
        what,
        _("%(title)s venter på publisering") % what.named,
        _("Dagen for publisering er ikke lenger bestemt. Teksten er fortsatt godkjent, og du får e-post når den er publisert."),
    )


def stuck(what: Happening) -> Letter:
    """To the curator who planned it: it did not happen."""
    return _case(
        what,
        _("%(title)s ble ikke publisert som planlagt") % what.named,
        _("En annen utgave kan ha blitt publisert i mellomtiden, eller rollen din er endret. Teksten venter på en redaktør."),
    )


def superseded(what: Happening) -> Letter:
    """To the author of the version before and the owner: somebody else's version is public now."""
    return _public(
        what,
        _("%(title)s har fått en ny utgave") % what.named,
        _("En annen har skrevet en ny utgave av ressursen. Den er godkjent og publisert. Den forrige utgaven er tatt vare på."),
        own_note=what.revision.change_note,
        note=_("Hva som er endret"),
    )


def retired(what: Happening) -> Letter:
    """To author and owner: it is not public any more."""
    successor = what.revision.resource.successor
    replaced = successor.published if successor else None
    return _own(
        what,
        _("%(title)s er tatt ut av banken") % what.named,
        _("Ressursen er trukket tilbake og vises ikke lenger. Adressen til den forteller hvorfor."),
        _("Den er erstattet av %(title)s.") % {"title": _title(Titles.of(replaced))} if replaced else "",
        note=_("Begrunnelse"),
    )


def restored(what: Happening) -> Letter:
    """To author and owner: it is public again."""
    return _public(
        what,
        _("%(title)s er tilbake i banken") % what.named,
        _("Ressursen er publisert igjen, slik den var."),
        note=_("Begrunnelse"),
    )


def new_case(what: Happening) -> Letter:
    """To reviewers: there is something to read."""
    return _case(
        what,
        _("Til vurdering: %(title)s") % what.named,
        _("%(title)s er sendt inn og venter på en som kan vurdere den.") % what.named,
        own_note=what.revision.change_note,
        note=_("Hva som er endret"),
    )


def case_again(what: Happening) -> Letter:
    """To reviewers: an approval was withdrawn."""
    return _case(
        what,
        _("Til ny vurdering: %(title)s") % what.named,
        _("Godkjenningen av %(title)s er trukket, og teksten venter på en ny vurdering.") % what.named,
        note=_("Begrunnelse"),
    )


def taken_back(what: Happening) -> Letter:
    """To whoever held it: no need to read on."""
    return _case(
        what,
        _("%(title)s er ikke til vurdering lenger") % what.named,
        _("Den som har skrevet teksten, har trukket den tilbake for å skrive videre. Du trenger ikke å gjøre noe."),
    )


def handed_back_for_holder(what: Happening) -> Letter:
    """To whoever held it: a curator has let it go for them."""
    return _case(
        what,
        _("%(title)s er lagt tilbake i køen") % what.named,
        _("En redaktør har levert teksten tilbake for deg, så en annen kan vurdere den."),
    )


def due_date_changed_for_holder(what: Happening) -> Letter:
    """To whoever holds it: a curator has given another date."""
    return _case(
        what,
        _("Ny frist for vurderingen av %(title)s") % what.named,
        _("En redaktør har endret fristen din til %(day)s.") % {"day": day(what.due_on)} if what.due_on else "",
    )


def comment_for_author(what: Happening) -> Letter:
    """To the author: somebody asks or says something."""
    return _own(what, _("Ny kommentar til %(title)s") % what.named, _("Du kan svare der teksten din står."), note=_said_by(what))


def comment_for_reviewer(what: Happening) -> Letter:
    """To those who review it: somebody asks or says something."""
    return _case(what, _("Ny kommentar til %(title)s") % what.named, _("Du kan svare der teksten vurderes."), note=_said_by(what))


def reminder(titles: Titles, slug: str, due_on: date, days: int) -> Letter:
    """To those who look after a resource: read it anew."""
    named = {"title": _title(titles), "day": day(due_on)}
    subject = _("%(title)s skal leses på nytt innen %(day)s") if days else _("Fristen for å lese %(title)s på nytt er %(day)s")
    sentences = (
        _("Stemmer den fortsatt? Se etter om lenker virker, om språket er godt, og om rådene holder."),
        _("Lag en ny utgave hvis noe skal endres. Si fra til redaksjonen hvis den bør tas ut av banken."),
    )
    return Letter(subject % named, sentences, link=public_link(slug), link_text=_("Se ressursen"))


def report_for_curator(titles: Titles, reason: str, text: str) -> Letter:
    """To the curators: a visitor says that something is wrong."""
    return Letter(
        _("En bruker har meldt fra om %(title)s") % {"title": _title(titles)},
        (f"{PROBLEM_NAMES[reason]}.",),
        _quotes(_("Brukeren skrev"), text),
        whole_link("web:reports"),
        _("Se meldingene"),
    )


def report_for_keeper(titles: Titles, reason: str, slug: str) -> Letter:
    """To those the resource belongs to: that it was reported, and why."""
    return Letter(
        _("En bruker har meldt fra om %(title)s") % {"title": _title(titles)},
        (f"{PROBLEM_NAMES[reason]}.", _("Redaksjonen leser meldingen. Lag gjerne en ny utgave hvis du ser noe som bør rettes.")),
        link=public_link(slug),
        link_text=_("Se ressursen"),
    )


def _said_by(what: Happening) -> str:
    return _("%(name)s skrev") % {"name": what.from_name} if what.from_name else _("Kommentaren")


def _own(what: Happening, subject: str, *sentences: str, note: str = "") -> Letter:
    return Letter(subject, sentences, _quotes(note, what.note), own_link(what.revision.pk), _("Se teksten din"))


def _case(what: Happening, subject: str, *sentences: str, note: str = "", own_note: str | None = None) -> Letter:
    said = what.note if own_note is None else own_note
    return Letter(subject, sentences, _quotes(note, said), case_link(what.revision.pk), _("Se teksten i køen"))


def _public(what: Happening, subject: str, *sentences: str, note: str = "", own_note: str | None = None) -> Letter:
    said = what.note if own_note is None else own_note
    return Letter(subject, sentences, _quotes(note, said), public_link(what.revision.resource.slug), _("Se ressursen"))


def _quotes(label: str, text: str) -> tuple[Quote, ...]:
    return (Quote(label, text),) if label and text.strip() else ()
