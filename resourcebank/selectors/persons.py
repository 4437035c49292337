"""Who is behind an address, and what their account page shows."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef

from resourcebank.models import Membership, Organisation, Role, Term, User, Vocabulary
from resourcebank.models.taxonomy import FRAMEWORK, tree_order
from resourcebank.policies import second_factors
from resourcebank.selectors.gathered import gathered, rows_in


def person_at(email: str) -> User | None:
    """The person who can be reached there."""
    return User.objects.filter(email__iexact=email, erased_at=None).first()


def person_of_session(user_id: int) -> User | None:
    """Whoever asks for a page, with roles and second factor, which are asked about all through the request: one statement."""
    roles = gathered(Role.objects.filter(user=OuterRef("pk")), "role", "scope")
    factor = Exists(second_factors().filter(user=OuterRef("pk")))
    person = User.objects.filter(pk=user_id).annotate(roles_held=roles, factor=factor).first()
    if person:
        person.held = tuple((row["role"], row["scope"]) for row in rows_in(person.roles_held))
        person.has_factor = person.factor
    return person


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role and what it is limited to: a name in the language asked for, or "" for the whole bank."""

    role: str
    limited_to: str


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the account page shows besides the profile. `factors` counts second factors, recovery codes left out."""

    roles: tuple[HeldRole, ...]
    organisations: tuple[str, ...]
    factors: int
    elsewhere: int


def account_facts(user: User, *, language: str) -> AccountFacts:
    """Roles with the names of what they are limited to, organisations, factors and logins elsewhere."""
    factors = second_factors().filter(user=user).count()
    held = tuple(HeldRole(row.role, _limit(row.scope, language)) for row in Role.objects.filter(user=user).order_by("role", "scope"))
    names = Membership.objects.filter(user=user).order_by("organisation__name").values_list("organisation__name", flat=True)
    return AccountFacts(held, tuple(names), factors, SocialAccount.objects.filter(user=user).count())


def scopes(*, language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What a reviewer's role may be limited to: groups (organisations, then each vocabulary of the framework) of (scope, name)."""
    organisations = tuple((f"organisation:{one.slug}", one.name) for one in Organisation.objects.all())
    groups: list[tuple[str, tuple[tuple[str, str], ...]]] = [(str(Organisation._meta.verbose_name_plural), organisations)]
    for vocabulary in Vocabulary.objects.filter(slug__in=FRAMEWORK):
        terms = Term.objects.filter(vocabulary=vocabulary, active=True).order_by(*tree_order())
        groups.append((vocabulary.label(language), tuple((f"term:{vocabulary.slug}:{term.slug}", term.label(language)) for term in terms)))
    return tuple(group for group in groups if group[1])


def _limit(scope: str, language: str) -> str:
    match scope.split(":", 2):
        case ["term", vocabulary, slug]:
            term = Term.objects.filter(vocabulary=vocabulary, slug=slug).first()
            return term.label(language) if term else slug
        case ["organisation", slug]:
            return Organisation.objects.filter(slug=slug).values_list("name", flat=True).first() or slug
    return scope
