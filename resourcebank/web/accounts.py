"""How accounts behave here, beyond what allauth does by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from resourcebank.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The bank's own users and erased persons never log in, by whatever way."""

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse | None:
        """A page instead of logging in, for those who may not."""
        if user.is_system or user.erased_at:
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        return super().pre_login(request, user, **rest)  # type: ignore[no-any-return]
