"""Whom a piece of news concerns."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from resourcebank.languages import FALLBACKS, form_order
from resourcebank.models import Comment, Resource, Review, Revision, User
from resourcebank.policies import barred, can_read_internal, scopes_of
from resourcebank.workflow import RoleName


@dataclass(frozen=True, slots=True)
class Titles:
    """What a revision is called in each of its languages; read once for all who are told of it."""

    by_language: dict[str, str]

    @classmethod
    def of(cls, revision: Revision) -> Titles:
        """The titles of a revision, ordinary forms before others."""
        forms = sorted(revision.forms.values_list("language", "level", "title"), key=lambda form: form_order(form[0], form[1]))
        return cls({language: title for language, _level, title in reversed(forms)})

    def title(self, language: str) -> str:
        """The title in a language, else in bokmål, nynorsk, English, else the first; "" when there is none."""
        tags = (language, *FALLBACKS, *reversed(self.by_language))
        return next((self.by_language[tag] for tag in tags if self.by_language.get(tag)), "")


def reviewers_for(revision: Revision) -> list[User]:
    """Who may review it: the curators, and the reviewers of the whole bank or of a part the revision lies in; nobody who is barred."""
    curators = Q(roles__role=RoleName.CURATOR, roles__scope="")
    reviewers = Q(roles__role=RoleName.REVIEWER, roles__scope__in=[*scopes_of(revision), ""])
    return [person for person in _people(User.objects.filter(curators | reviewers)) if barred(person, revision) is None]


def keepers_of(resource: Resource) -> tuple[list[User], bool]:
    """Who looks after a published resource: its owner and the members of its organisation. Where that is nobody, because the bank itself
    owns it, the curators do, and the answer's second part says so."""
    mine = Q(pk=resource.owner_id)
    if resource.organisation_id:
        mine |= Q(memberships__organisation=resource.organisation_id)
    people = list(_people(User.objects.filter(mine)))
    if people:
        return people, False
    return curators(), True


def curators() -> list[User]:
    """Who looks after the whole bank."""
    return list(_people(User.objects.filter(roles__role=RoleName.CURATOR, roles__scope="")))


def reviewers_in(revision: Revision) -> list[User]:
    """Who has had to do with the review of a revision and still may: they hold it, decided, or commented."""
    held = Review.objects.filter(revision=revision).values("taken_by")
    decided = Review.objects.filter(revision=revision).values("decisions__reviewer")
    commented = Comment.objects.filter(revision=revision).values("author")
    involved = User.objects.filter(Q(pk__in=held) | Q(pk__in=decided) | Q(pk__in=commented))
    return [person for person in _people(involved) if can_read_internal(person, revision)]


def _people(users: QuerySet[User]) -> QuerySet[User]:
    return users.filter(is_active=True, is_system=False, erased_at=None).distinct().order_by("pk")
