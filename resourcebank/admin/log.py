"""What happened, to resources and to accounts: read and searched, never changed."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from resourcebank.admin.people import role_in_words
from resourcebank.admin.site import ByServices, site
from resourcebank.models import AccountEvent, AuditEvent


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ByServices):
    """The sealed log of every resource. An address is made from a title, and an administrator reads no drafts: what is not public goes by
    its number."""

    list_display = ("at", "actor", "action", "about", "from_status", "to_status")
    list_filter = ("action", "at")
    list_select_related = ("actor", "resource")
    search_fields = ("resource__published__published_resource__slug", "=resource__public_id", "actor__email", "actor__name", "action")
    ordering = ("-at", "-id")
    fields = ("at", "actor", "action", "about", "number", "from_status", "to_status", "details", "hash")
    show_full_result_count = False

    @admin.display(description=_("Ressurs"))
    def about(self, event: AuditEvent) -> str:
        """The address of a resource that is public, else the id it keeps for ever."""
        return event.resource.slug if event.resource.published_id else str(event.resource.public_id)


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
