"""The words of every mail about an account itself: codes to type, and what has changed for whoever logs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resourcebank.services.letters import Letter, moment, whole_link


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMatter:
    """What the words are about. `code` is to be typed on a page, `old` and `new` are addresses, `provider` is a log-in elsewhere, `left`
    counts recovery codes."""

    at: datetime
    code: str = ""
    old: str = ""
    new: str = ""
    provider: str = ""
    left: int = 0


Words = Callable[[AccountMatter], Letter]


def _to_verify(what: AccountMatter) -> Letter:
    """To an address that is to be verified."""
    return _code(_("Koden din"), _("Skriv denne koden på siden du har åpen, så er e-postadressen din bekreftet."), what)


def _to_log_in(what: AccountMatter) -> Letter:
    """To somebody who proves who they are by mail."""
    return _code(_("Koden din"), _("Skriv denne koden på siden du har åpen."), what)


def _to_reset(what: AccountMatter) -> Letter:
    """To somebody who has forgotten the password."""
    return _code(_("Lag et nytt passord"), _("Skriv denne koden på siden du har åpen, så kan du lage et nytt passord."), what)


def _code(subject: str, sentence: str, what: AccountMatter) -> Letter:
    return Letter(subject, (sentence, _("Var det ikke du som ba om dette, kan du se bort fra e-posten.")), code=what.code)


def _has_account(what: AccountMatter) -> Letter:
    """To the owner of an address somebody tried to make a second account with."""
    return Letter(
        _("Du har allerede en konto"),
        (
            _("Noen, kanskje du, prøvde å lage en konto med denne e-postadressen. Den har allerede en konto."),
            _("Var det ikke du som ba om dette, kan du se bort fra e-posten."),
        ),
        link=whole_link("account_reset_password"),
        link_text=_("Har du glemt passordet, kan du lage et nytt her"),
    )


def _address_changed(what: AccountMatter) -> Letter:
    """To the address that was left: it is the only one its owner still reads, should somebody else have done it."""
    return Letter(
        _("E-postadressen din er byttet"),
        (
            _("Kontoen din hos oss brukte adressen %(old)s. %(moment)s ble den byttet til %(new)s.")
            % {"old": what.old, "new": what.new, "moment": moment(what.at)},
            _("Har du byttet selv, trenger du ikke å gjøre noe."),
            _("Har du ikke det, har noen andre tatt over kontoen: Si fra med en gang til dem som driver nettstedet."),
        ),
    )


def _password_changed(what: AccountMatter) -> Letter:
    return _alarm(_("Passordet ditt er byttet"), what)


def _password_set(what: AccountMatter) -> Letter:
    return _alarm(_("Kontoen din har fått et passord"), what)


def _app_added(what: AccountMatter) -> Letter:
    return _alarm(_("En app for koder er slått på"), what)


def _app_removed(what: AccountMatter) -> Letter:
    return _alarm(_("Appen for koder er slått av"), what, _("Den trengs ikke lenger for å logge inn på kontoen din."))


def _passkey_added(what: AccountMatter) -> Letter:
    return _alarm(_("Kontoen din har fått en ny passnøkkel"), what)


def _passkey_removed(what: AccountMatter) -> Letter:
    return _alarm(_("En passnøkkel er fjernet fra kontoen din"), what)


def _recovery_codes_made(what: AccountMatter) -> Letter:
    return _alarm(_("Kontoen din har fått nye reservekoder"), what, _("De gamle reservekodene virker ikke lenger."))


def _recovery_code_used(what: AccountMatter) -> Letter:
    left = ngettext("Du har %(left)d kode igjen.", "Du har %(left)d koder igjen.", what.left) % {"left": what.left}
    return _alarm(_("En reservekode er brukt"), what, _("Noen bekreftet at de er deg, med en reservekode."), left)


def _connected(what: AccountMatter) -> Letter:
    return _alarm(_("Kontoen din er koblet til %(provider)s") % {"provider": what.provider}, what)


def _disconnected(what: AccountMatter) -> Letter:
    return _alarm(_("Kontoen din er ikke lenger koblet til %(provider)s") % {"provider": what.provider}, what)


def _alarm(subject: str, what: AccountMatter, *more: str) -> Letter:
    """Something about how the person logs in has changed: when, and what to do if it was somebody else."""
    return Letter(
        subject,
        (
            _("Det skjedde %(moment)s.") % {"moment": moment(what.at)},
            *more,
            _("Var det deg, trenger du ikke å gjøre noe."),
            _("Var det ikke deg, må du lage et nytt passord med en gang. Se så over e-postadressen og den andre faktoren på kontosiden."),
        ),
        link=whole_link("account_reset_password"),
        link_text=_("Lag et nytt passord"),
    )


WORDS: Mapping[str, Words] = {
    "email_confirmation": _to_verify,
    "email_confirmation_signup": _to_verify,
    "login_code": _to_log_in,
    "password_reset_code": _to_reset,
    "account_already_exists": _has_account,
    "email_changed": _address_changed,
    "password_changed": _password_changed,
    "password_reset": _password_changed,
    "password_set": _password_set,
    "totp_activated": _app_added,
    "totp_deactivated": _app_removed,
    "webauthn_added": _passkey_added,
    "webauthn_removed": _passkey_removed,
    "recovery_codes_generated": _recovery_codes_made,
    "recovery_code_used": _recovery_code_used,
    "account_connected": _connected,
    "account_disconnected": _disconnected,
}
"""By allauth's names of its mails, and one of ours (`recovery_code_used`)."""
