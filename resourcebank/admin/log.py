"""What happened, to resources and to accounts: read and searched, never changed."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from resourcebank.admin.people import role_in_words
from resourcebank.admin.site import ByServices, site
from resourcebank.models import AccountEvent, AuditEvent


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ByServices):
    """The sealed log of every resource."""

    list_display = ("at", "actor", "action", "resource", "from_status", "to_status")
    list_filter = ("action", "at")
    list_select_related = ("actor", "resource")
    search_fields = ("resource__slug", "actor__email", "actor__name", "action")
    ordering = ("-at", "-id")
    fields = ("at", "actor", "action", "resource", "number", "from_status", "to_status", "details", "hash")
    show_full_result_count = False


@admin.register(AccountEvent, site=site)
class AccountEventAdmin(ByServices):
    """Roles given and taken, memberships, accounts closed and erased."""

    list_display = ("at", "actor", "action", "person", "about")
    list_filter = ("action", "at")
    list_select_related = ("actor", "person")
    search_fields = ("person__email", "person__name", "actor__email", "actor__name", "subject", "action")
    ordering = ("-at", "-id")
    fields = ("at", "actor", "action", "person", "about")
    readonly_fields = ("about",)

    @admin.display(description=_("rolle eller organisasjon"))
    def about(self, event: AccountEvent) -> str:
        """The role in words, with what it is limited to; or the short name of an organisation."""
        role, _blank, scope = event.subject.partition(" ")
        return role_in_words(role, scope) if event.action in ("role_given", "role_taken") else event.subject
