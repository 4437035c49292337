"""Give somebody a role from the prompt: the first administrator of a site has nobody to ask."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from resourcebank import selectors
from resourcebank.services.people import give_role
from resourcebank.workflow import RoleName


class Command(BaseCommand):
    """The person must have an account."""

    help = "Give a person who has an account a role in the whole bank (administrator unless --role says another)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", choices=[role.value for role in RoleName], default=RoleName.ADMIN.value)

    def handle(self, *args: Any, **options: Any) -> None:
        user = selectors.person_at(options["email"])
        if user is None:
            raise CommandError(f"Nobody has an account with {options['email']}: make one at /konto/signup/ first.")
        give_role(user, role=RoleName(options["role"]), now=timezone.now())
        self.stdout.write(f"{user.email} is {options['role']}.")
