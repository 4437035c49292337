"""Everything the bank refuses on purpose: a code for programs, a status for HTTP, a sentence with a way out for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what somebody gave us. `field` names the part (`forms.nb.care`), "" the whole."""

    field: str
    code: str
    message: str


class BankError(Exception):
    """Base of every refusal. `code` is stable for programs, `status` the HTTP status, `message` a whole sentence."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class LoginNeeded(BankError):
    """Nobody is logged in."""

    code = "login-needed"
    status = 401

    def __init__(self) -> None:
        super().__init__(_("Du må logge inn for å gjøre dette."))


class NotAllowed(BankError):
    """The role does not allow it."""

    code = "not-allowed"
    status = 403

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Rollen din gir ikke tilgang til dette. Be en administrator om riktig rolle."))


class OwnWork(NotAllowed):
    """Nobody decides about what they wrote themselves."""

    def __init__(self) -> None:
        super().__init__(_("Du har skrevet dette selv, og ingen avgjør eget arbeid. Be en annen om å vurdere det."))


class OwnOrganisation(NotAllowed):
    """The bank lets nobody decide about their own organisation's work."""

    def __init__(self) -> None:
        super().__init__(_("Dette kommer fra din egen organisasjon, og banken lar ingen avgjøre det. Be noen utenfra om å vurdere det."))


class OwnWords(NotAllowed):
    """Nobody checks the language of what they wrote or translated themselves."""

    def __init__(self) -> None:
        super().__init__(_("Du har skrevet eller oversatt denne utgaven selv. Be en annen som har språket som morsmål, om å lese den."))


class NotFound(BankError):
    """It does not exist, or the person may not know that it does."""

    code = "not-found"
    status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Vi finner ikke det du ser etter. Prøv å søke etter det."))


class Retired(BankError):
    """The resource was public and is not any more. `successor` is the slug of what replaced it, or ""."""

    code = "retired"
    status = 410

    def __init__(self, *, reason: str, successor: str = "") -> None:
        super().__init__(_("Ressursen er trukket tilbake: %(reason)s") % {"reason": reason})
        self.reason = reason
        self.successor = successor


class StaleRevision(BankError):
    """Somebody changed the revision after the person saw it."""

    code = "stale"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Noen har endret teksten etter at du åpnet den. Last siden på nytt og se hva som er endret."))


class StaleBase(BankError):
    """Another revision was published (or the resource retired) after this one was begun."""

    code = "stale"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Teksten bygger på en utgave som ikke lenger er den publiserte. Sammenlign de to, og lagre utkastet på nytt."))


class WrongStatus(BankError):
    """The action does not start from the status the revision has."""

    code = "wrong-status"
    status = 409

    def __init__(self, *, status: str, action: str) -> None:
        super().__init__(_("Dette går ikke med teksten slik den står nå. Last siden på nytt og se hva du kan gjøre."))
        self.revision_status = status
        self.action = action


class BeingDecided(BankError):
    """Somebody else holds the review, or the author tries to change what is being reviewed."""

    code = "being-decided"
    status = 409

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Teksten er til vurdering og kan ikke endres nå. Trekk den tilbake først."))


class TakenByAnother(BeingDecided):
    """The review is taken by another reviewer."""

    def __init__(self) -> None:
        super().__init__(_("En annen vurderer denne teksten. Velg en annen fra køen, eller be om at den leveres tilbake."))


class AnotherApproved(BeingDecided):
    """Another revision of the resource is approved and waits to be published."""

    def __init__(self) -> None:
        super().__init__(
            _("En annen utgave av ressursen er godkjent og venter på publisering. Publiser den eller trekk godkjenningen først.")
        )


class AlreadyDecided(BankError):
    """One decision per reviewer and review."""

    code = "already-decided"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Du har allerede gitt din vurdering i denne runden. Nå trengs det en annen."))


class DraftExists(BankError):
    """The person already has an open revision of the resource; `revision_id` leads to it."""

    code = "draft-exists"
    status = 409

    def __init__(self, *, revision_id: int) -> None:
        super().__init__(_("Du har allerede et utkast til denne ressursen. Fortsett på det, eller forkast det først."))
        self.revision_id = revision_id


class NotPublished(BankError):
    """Only a published resource can be revised."""

    code = "not-published"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Ressursen er ikke publisert. Fortsett på utkastet, eller be en redaktør gjenopprette ressursen."))


class Invalid(BankError):
    """What was given cannot be accepted; `problems` says each reason at its field."""

    code = "invalid"
    status = 422

    def __init__(self, message: str = "", *, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message or _("Noe mangler eller er feil. Rett det som er merket, og prøv igjen."))
        self.problems = problems


class NotReady(Invalid):
    """The revision has findings that block submission."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(_("Teksten er ikke klar til å sendes inn. Rett det som er merket, og send inn igjen."), problems=problems)


class NotTaken(BankError):
    """Nobody holds the review, so it has no date."""

    code = "not-taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Ingen har tatt saken, så den har ingen frist. Ta den først."))


class ChecklistIncomplete(Invalid):
    """Approval needs a yes to every criterion and every framework link."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            _("Hele sjekklisten må være i orden før du kan godkjenne. Svar på det som er merket, eller be om endringer."), problems=problems
        )


class NoteNeeded(Invalid):
    """The author must be told why."""

    def __init__(self) -> None:
        message = _("Skriv en kort begrunnelse til den som har skrevet teksten.")
        super().__init__(message, problems=(Problem("note", "required", message),))


class ReasonNeeded(Invalid):
    """The action must be explained."""

    def __init__(self) -> None:
        message = _("Skriv hvorfor, så andre kan forstå det senere.")
        super().__init__(message, problems=(Problem("reason", "required", message),))


class TimePassed(Invalid):
    """Something can only be planned for a time to come."""

    def __init__(self) -> None:
        message = _("Velg et tidspunkt som ikke er passert.")
        super().__init__(message, problems=(Problem("publish_at", "passed", message),))


class CommentEmpty(Invalid):
    """A comment says something."""

    def __init__(self) -> None:
        message = _("Skriv noe i kommentaren.")
        super().__init__(message, problems=(Problem("comment", "required", message),))


class SuccessorInvalid(Invalid):
    """What replaces a resource must be another, published resource."""

    def __init__(self) -> None:
        message = _("Det som skal erstatte ressursen, må være en annen ressurs som er publisert.")
        super().__init__(message, problems=(Problem("successor", "invalid", message),))


class SlugTaken(Invalid):
    """Another resource has, or had, the address."""

    def __init__(self, slug: str) -> None:
        message = _("Adressen «%(slug)s» er eller har vært i bruk. Velg en annen.") % {"slug": slug}
        super().__init__(message, problems=(Problem("slug", "taken", message),))


class LastAdmin(BankError):
    """Somebody must be left who can give roles."""

    code = "last-admin"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Dette er den siste administratoren. Gi en annen rollen administrator først."))


class UnknownScope(Invalid):
    """What a role is limited to must exist, and only a reviewer's role is limited."""

    def __init__(self) -> None:
        message = _("Avgrensingen finnes ikke. Bare rollen fagvurderer kan avgrenses, til et begrep eller en organisasjon som finnes.")
        super().__init__(message, problems=(Problem("scope", "unknown", message),))


class NameNeeded(Invalid):
    """A person or an organisation needs a name others can read."""

    def __init__(self) -> None:
        message = _("Skriv et navn.")
        super().__init__(message, problems=(Problem("name", "required", message),))


class NotOneWord(Invalid):
    """A synonym is one word on each side."""

    def __init__(self, field: str) -> None:
        message = _("Skriv ett ord.")
        super().__init__(message, problems=(Problem(field, "one-word", message),))


class SynonymOfItself(Invalid):
    """Two forms of one word find each other anyway."""

    def __init__(self, word: str, other: str) -> None:
        message = _("«%(word)s» og «%(other)s» er former av samme ord og finner hverandre alt.") % {"word": word, "other": other}
        super().__init__(message, problems=(Problem("other", "itself", message),))


class SynonymTaken(Invalid):
    """The pair stands in another row, perhaps the other way round."""

    def __init__(self, row: str) -> None:
        message = _("Paret står i listen fra før: %(row)s. Endre det der.") % {"row": row}
        super().__init__(message, problems=(Problem("other", "taken", message),))


class SynonymNeedless(Invalid):
    """The files say already what the row would say."""

    def __init__(self, word: str, other: str, *, off: bool) -> None:
        text = _("«%(word)s» finner ikke «%(other)s» i dag, så det er ingenting å slå av.")
        if not off:
            text = _("«%(word)s» finner «%(other)s» alt: paret står i filene som følger med.")
        message = text % {"word": word, "other": other}
        super().__init__(message, problems=(Problem("other", "needless", message),))


class AlreadyHandled(BankError):
    """Another curator answered the report first."""

    code = "already-handled"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("En annen har allerede behandlet denne meldingen. Last siden på nytt og se svaret."))


class AlreadyChecked(BankError):
    """The form is checked, and its text has not changed since."""

    code = "already-checked"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Språket i denne utgaven er allerede kontrollert, og teksten er ikke endret siden."))


class FormTooFresh(BankError):
    """A form for everybody came back faster than anybody fills it in."""

    code = "too-fast"

    def __init__(self) -> None:
        super().__init__(_("Det gikk så fort at det kan ha vært en maskin. Vent noen sekunder, og send på nytt."))


class FormWorn(BankError):
    """A form for everybody came back after its time, without its mark, or with one that is not ours."""

    code = "form-worn"

    def __init__(self) -> None:
        super().__init__(_("Skjemaet har stått åpent for lenge. Teksten din er her fortsatt: send på nytt."))


class FormBaited(BankError):
    """The field that nobody sees was filled in."""

    code = "not-a-person"

    def __init__(self) -> None:
        super().__init__(_("Feltet «La dette stå tomt» var fylt ut. Tøm det, og send på nytt."))


class TooManySent(BankError):
    """Too many forms from one place within an hour."""

    code = "too-many"
    status = 429

    def __init__(self) -> None:
        super().__init__(_("Det har kommet mange meldinger herfra på kort tid. Vent en time, og send på nytt."))


class TooMuchSent(BankError):
    """More text than any form takes."""

    code = "too-large"
    status = 413

    def __init__(self) -> None:
        super().__init__(_("Det du sendte, er for stort. Skriv kortere, og send på nytt."))
