"""The door to the administration, and what every list behind it has in common."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resourcebank.errors import BankError, LoginNeeded
from resourcebank.models import User
from resourcebank.policies import can_run_site, needs_second_factor


class BankAdmin(admin.AdminSite):
    """Open to the role administrator with a second factor; Django's own marks (`is_staff`, `is_superuser`) open nothing."""

    site_header = site_title = settings.SITE_NAME
    index_title = _("Administrasjon")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked at every page."""
        user = request.user
        return isinstance(user, User) and can_run_site(user) and not needs_second_factor(user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one log-in; whoever is logged in and may not enter is told so."""
        wanted = quote(request.GET.get("next", reverse("admin:index")))
        user = request.user
        if not isinstance(user, User):
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?next={wanted}")
        if can_run_site(user) and needs_second_factor(user):
            return HttpResponseRedirect(f"{reverse('mfa_index')}?next={wanted}")
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """The one way out."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """The one place for passwords."""
        return HttpResponseRedirect(reverse("account_change_password"))


site = BankAdmin(name="admin")


def actor(request: HttpRequest) -> User:
    """Who does it."""
    if not isinstance(request.user, User):
        raise LoginNeeded
    return request.user


class ByServices(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A list whose every change is a call to a service. Read-only unless a subclass says otherwise; what a service refuses is a message.

    Django's own log of changes is not kept: it would hold names that can be erased, and the services keep theirs.
    """

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Django takes everything back before a refusal gets here."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except BankError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the services keep the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the services keep the log."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Never."""
        raise PermissionDenied

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Never, unless a subclass names the service."""
        raise PermissionDenied


class Rows(admin.TabularInline):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """Rows that are added and taken away, never changed."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The door decides."""
        return self.admin_site.has_permission(request)
