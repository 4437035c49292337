"""Users with their roles, and organisations with their members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resourcebank import selectors
from resourcebank.admin.site import ByServices, Rows, actor, site
from resourcebank.models import Membership, Organisation, Role, User
from resourcebank.models.people import ROLE_NAMES
from resourcebank.services.organisations import add_member, create_organisation, remove_member, rename_organisation
from resourcebank.services.people import give_role, set_active, take_role
from resourcebank.workflow import RoleName


def role_in_words(role: str, scope: str = "") -> str:
    """`Fagvurderer (term:word_pair:valg)`, `Redaktør`."""
    name = ROLE_NAMES[RoleName(role)]
    return f"{name} ({scope})" if scope else str(name)


def _scopes() -> list[Any]:
    return [("", _("hele banken")), *selectors.scopes(language=get_language() or "nb")]


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A role, and what it is limited to, chosen from what exists."""

    scope = forms.ChoiceField(label=_("avgrenset til (bare fagvurderer)"), choices=_scopes, required=False)

    class Meta:
        model = Role
        fields = ("role", "scope")


class RoleRows(Rows):
    """The roles of a user."""

    model = Role
    form = RoleForm


class MembershipRows(Rows):
    """Who belongs to which organisation."""

    model = Membership
    fields = ("user", "organisation")
    autocomplete_fields = ("user", "organisation")


def save_rows(request: HttpRequest, formset: Any) -> None:
    """Give and take what was added and crossed out."""
    by, now = actor(request), timezone.now()
    made = formset.save(commit=False)
    for row in formset.deleted_objects:
        if isinstance(row, Role):
            take_role(row.user, role=RoleName(row.role), scope=row.scope, by=by, now=now)
        else:
            remove_member(row.organisation, user=row.user, by=by, now=now)
    for row in made:
        if isinstance(row, Role):
            give_role(row.user, role=RoleName(row.role), scope=row.scope, by=by, now=now)
        else:
            add_member(row.organisation, user=row.user, by=by, now=now)


@admin.register(User, site=site)
class UserAdmin(ByServices):
    """Who may do what. Names and addresses are each person's own."""

    list_display = ("email", "name", "held", "is_active", "created_at")
    list_filter = ("is_active", "roles__role")
    search_fields = ("email", "name", "memberships__organisation__name")
    ordering = ("email",)
    fields = ("email", "name", "written_in", "is_active", "accepted_terms_at", "created_at", "last_login")
    readonly_fields = ("email", "name", "written_in", "accepted_terms_at", "created_at", "last_login")
    inlines = (RoleRows, MembershipRows)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """People; neither the bank's own users nor those who are erased."""
        return User.objects.filter(is_system=False, erased_at=None).prefetch_related("roles")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    @admin.display(description=_("roller"))
    def held(self, user: User) -> str:
        """The roles, in one line."""
        return ", ".join(role_in_words(row.role, row.scope) for row in user.roles.all())

    @admin.display(description=_("språk"))
    def written_in(self, user: User) -> str:
        """The language the person is written to in."""
        return dict(settings.LANGUAGES).get(user.language, user.language)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Shut out, or let in again."""
        if "is_active" in form.changed_data:
            set_active(obj, active=obj.is_active, by=actor(request), now=timezone.now())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Roles and memberships."""
        save_rows(request, formset)


@admin.register(Organisation, site=site)
class OrganisationAdmin(ByServices):
    """Organisations and their members."""

    list_display = ("name", "slug", "created_at")
    search_fields = ("name", "slug")
    fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipRows,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The slug stays, since the scopes of roles refer to it."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """A proposal for a new one."""
        return {} if obj else {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Make it, or give it another name."""
        if change:
            rename_organisation(obj, name=obj.name, by=actor(request))
        else:
            obj.pk = create_organisation(name=obj.name, slug=obj.slug, by=actor(request), now=timezone.now()).pk

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Members."""
        save_rows(request, formset)
