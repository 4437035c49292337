"""Who works with the bank."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resourcebank.workflow import RoleName

ROLE_NAMES = {
    RoleName.CONTRIBUTOR: gettext_lazy("Bidragsyter"),
    RoleName.REVIEWER: gettext_lazy("Fagvurderer"),
    RoleName.CURATOR: gettext_lazy("Redaktør"),
    RoleName.ADMIN: gettext_lazy("Administrator"),
}


class UserManager(BaseUserManager["User"]):
    """Makes users whose name is their mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person. Without a password nobody can log in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who runs the site (`manage.py createsuperuser`)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with that mail address, whatever its case."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or the bank itself (`is_system`, which can never log in).

    A person is never deleted, because what they decided stays; erasing blanks the name and the address (`erased_at`). `mail_daily` gathers
    mails into one a day; `accepted_terms_at` is when the contributor terms were accepted; `is_demo` is one of the four of a demo site,
    who need no second factor there. `held` (role and scope of each) and `has_factor` are no columns: what a request read along with the
    person, or None.
    """

    held: tuple[tuple[str, str], ...] | None = None
    has_factor: bool | None = None

    email = models.EmailField(gettext_lazy("e-postadresse"), max_length=254, unique=True)
    name = models.CharField(gettext_lazy("navn"), max_length=120, blank=True)
    language = models.CharField(gettext_lazy("språk"), max_length=10, default="nb")
    mail_about_own = models.BooleanField(default=True)
    mail_about_queue = models.BooleanField(default=True)
    mail_daily = models.BooleanField(default=False)
    accepted_terms_at = models.DateTimeField(gettext_lazy("godtok vilkårene"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(
        gettext_lazy("kan logge inn"),
        default=True,
        help_text=gettext_lazy("Ta bort krysset for å stenge kontoen. Det personen har skrevet, blir stående."),
    )
    is_staff = models.BooleanField(default=False)
    is_system = models.BooleanField(default=False)
    created_at = models.DateTimeField(gettext_lazy("laget"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = gettext_lazy("bruker")
        verbose_name_plural = gettext_lazy("brukere")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return _("Tidligere bidragsyter") if self.erased_at else self.name or self.email


class Role(models.Model):
    """What a person may be. `scope` limits it to a part of the bank; "" is all of it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles", verbose_name=gettext_lazy("bruker"))
    role = models.CharField(gettext_lazy("rolle"), max_length=20, choices=[(code.value, name) for code, name in ROLE_NAMES.items()])
    scope = models.CharField(gettext_lazy("avgrenset til"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = gettext_lazy("rolle")
        verbose_name_plural = gettext_lazy("roller")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope"], name="one_role_per_scope"),
            models.CheckConstraint(condition=models.Q(role__in=sorted(RoleName)), name="known_role"),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())


ACCOUNT_ACTIONS = {
    "role_given": gettext_lazy("fikk en rolle"),
    "role_taken": gettext_lazy("mistet en rolle"),
    "joined": gettext_lazy("kom med i en organisasjon"),
    "left": gettext_lazy("gikk ut av en organisasjon"),
    "closed": gettext_lazy("ble stengt ute"),
    "opened": gettext_lazy("slapp inn igjen"),
    "erased": gettext_lazy("slettet kontoen"),
}


class AccountEvent(models.Model):
    """One thing that changed what a person may do. Only added to (trigger), and holds no name: a name can be erased.

    `actor` is None when the bank did it itself (sign-up, a command). `subject` says what it was about: a role with its scope
    (`reviewer term:word_pair:valg`), or the slug of an organisation.
    """

    at = models.DateTimeField(gettext_lazy("tidspunkt"))
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="account_deeds", verbose_name=gettext_lazy("gjort av")
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="account_events", verbose_name=gettext_lazy("gjelder"))
    action = models.CharField(gettext_lazy("hva som skjedde"), max_length=20, choices=list(ACCOUNT_ACTIONS.items()))
    subject = models.CharField(gettext_lazy("rolle eller organisasjon"), max_length=160, blank=True)

    class Meta:
        verbose_name = gettext_lazy("endring av konto")
        verbose_name_plural = gettext_lazy("endringer av konti")
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(action__in=tuple(ACCOUNT_ACTIONS)), name="known_account_action")]

    def __str__(self) -> str:
        return str(self.get_action_display())
