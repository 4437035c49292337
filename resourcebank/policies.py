"""Who may do what, and who may see what. Nothing else decides either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from resourcebank.errors import LoginNeeded, NotAllowed, OwnOrganisation, OwnWords, OwnWork
from resourcebank.models import Contribution, Decision, Form, Membership, Resource, Review, Revision, Role, TermLink, User
from resourcebank.workflow import OPEN, TRANSITIONS, Action, RoleName, Status

Actor = User | AnonymousUser


JUDGES = frozenset({RoleName.REVIEWER, RoleName.CURATOR})
WITH_SECOND_FACTOR = JUDGES | {RoleName.ADMIN}
"""Who decides about others' work, or about others' rights, proves twice who they are."""


def _held(user: User) -> list[tuple[RoleName, str]]:
    """Each role with its scope. Read anew by every call, unless they were read along with the person who makes a request."""
    held = [(row.role, row.scope) for row in user.roles.all()] if user.held is None else user.held
    return [(RoleName(role), scope) for role, scope in held]


def roles_of(user: Actor) -> frozenset[RoleName]:
    """The roles a person has in the whole bank: a role taken away counts at once."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return frozenset(role for role, scope in _held(user) if not scope)


def may_judge(user: Actor) -> bool:
    """Whether the person reviews at all, be it only a part of the bank. Only a reviewer's role can be limited."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return any(role == RoleName.REVIEWER or (role in JUDGES and not scope) for role, scope in _held(user))


TERM, ORGANISATION = "term", "organisation"


def scopes_of(revision: Revision) -> frozenset[str]:
    """Every scope a revision lies in: `term:<vocabulary>:<slug>` of each linked term and its parent, and `organisation:<slug>`."""
    links = TermLink.objects.filter(revision=revision).values_list("term__vocabulary_id", "term__slug", "term__parent__slug")
    found = {f"{TERM}:{vocabulary}:{slug}" for vocabulary, *slugs in links for slug in slugs if slug}
    organisation = revision.resource.organisation
    return frozenset(found | {f"{ORGANISATION}:{organisation.slug}"} if organisation else found)


def _within(scope: str) -> Q:
    """The revisions that lie in a scope, as a condition; a scope nobody understands has none."""
    kind, _colon, rest = scope.partition(":")
    if not scope:
        return Q()
    if kind == TERM:
        vocabulary, _colon, slug = rest.partition(":")
        term = Q(term__slug=slug) | Q(term__parent__slug=slug)
        return Q(pk__in=TermLink.objects.filter(term, term__vocabulary=vocabulary).values("revision"))
    if kind == ORGANISATION:
        return Q(resource__organisation__slug=rest)
    return Q(pk__in=[])


def roles_for(user: Actor, revision: Revision) -> frozenset[RoleName]:
    """The roles a person has towards one revision: those in the whole bank, and reviewer where the revision lies in their scope."""
    roles = roles_of(user)
    if not isinstance(user, User) or not user.is_active or RoleName.REVIEWER in roles:
        return roles
    scopes = {scope for role, scope in _held(user) if role == RoleName.REVIEWER}
    return roles | {RoleName.REVIEWER} if scopes and scopes & scopes_of(revision) else roles


def needs_second_factor(user: User) -> bool:
    """Whether the person's role asks for a second factor that is not set up. The users of a demo site need none."""
    if user.is_demo and settings.DEMO:
        return False
    if not any(role in WITH_SECOND_FACTOR for role, _scope in _held(user)):
        return False
    return not (second_factors().filter(user=user).exists() if user.has_factor is None else user.has_factor)


def second_factors() -> QuerySet[Authenticator]:
    """What people can prove themselves with besides the password; a list of recovery codes is none."""
    factors: QuerySet[Authenticator] = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors


def may_log_in(user: User) -> bool:
    """Whether the person may be logged in at all. Never the bank's own users nor an erased person; a demo user only on a demo site,
    by a password or by a session from an earlier day."""
    return user.is_active and not user.is_system and user.erased_at is None and (settings.DEMO or not user.is_demo)


def can_run_site(user: Actor) -> bool:
    """Whether the person gives roles, edits names of terms and reads the audit log."""
    return RoleName.ADMIN in roles_of(user)


def require_run_site(user: Actor) -> None:
    """Raise LoginNeeded or NotAllowed unless the person runs the site."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not can_run_site(user):
        raise NotAllowed


def is_author(user: Actor, revision: Revision) -> bool:
    """The person wrote the revision."""
    return isinstance(user, User) and user.pk == revision.author_id


def has_part(user: Actor, revision: Revision) -> bool:
    """The person wrote the revision, or translated, drew or suggested some of it."""
    if is_author(user, revision):
        return True
    return isinstance(user, User) and Contribution.objects.filter(revision=revision, user=user).exists()


def _own_organisation(user: User, revision: Revision) -> bool:
    if not settings.BANK_NO_OWN_ORGANISATION or revision.resource.organisation_id is None:
        return False
    return Membership.objects.filter(user=user, organisation=revision.resource.organisation_id).exists()


def barred(user: User, revision: Revision) -> OwnWork | OwnOrganisation | None:
    """Why the person may not judge the revision although the role would allow it; None when nothing stands in the way."""
    return _barred(user, revision, part=has_part(user, revision))


def _barred(user: User, revision: Revision, *, part: bool) -> OwnWork | OwnOrganisation | None:
    if part:
        return OwnWork()
    return OwnOrganisation() if _own_organisation(user, revision) else None


Refusal = LoginNeeded | NotAllowed


def can(user: Actor, action: Action, revision: Revision) -> bool:
    """Whether the person may do it, whatever status the revision has (the table answers that)."""
    return _refusal(user, action, revision) is None


def require(user: Actor, action: Action, revision: Revision) -> None:
    """Raise LoginNeeded, OwnWork, OwnOrganisation or NotAllowed unless the person may do it."""
    if refusal := _refusal(user, action, revision):
        raise refusal


def _refusal(user: Actor, action: Action, revision: Revision) -> Refusal | None:
    return _standing(user, revision).refusal(action) if isinstance(user, User) else LoginNeeded()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to a revision, asked once for all that follows: whether they wrote it or have a part in it, their roles towards
    it, and why they may not judge it although a role allows it."""

    author: bool
    part: bool
    roles: frozenset[RoleName]
    hindrance: OwnWork | OwnOrganisation | None

    def refusal(self, action: Action) -> Refusal | None:
        """Why the person may not do it, whatever status the revision has; None when they may."""
        row = TRANSITIONS[action]
        if row.author and self.author:
            return None
        if not row.roles & self.roles:
            return NotAllowed()
        return self.hindrance if row.never_author else None

    def actions(self, status: str) -> frozenset[Action]:
        """What the person may do to the revision as it stands."""
        return frozenset(action for action, row in TRANSITIONS.items() if status in row.sources and self.refusal(action) is None)

    def comments(self, status: str) -> bool:
        """Whether the person takes part in the talk, if they may read the revision: who made it and who may judge it, while it is open."""
        return status in OPEN and (self.part or self.reads_internal)

    @property
    def reads_internal(self) -> bool:
        """Whether the person reads what reviewers say among themselves: judges who have no part in it."""
        return bool(self.roles & JUDGES) and not self.part


_NOBODY = Standing(author=False, part=False, roles=frozenset(), hindrance=None)


def _standing(user: Actor, revision: Revision) -> Standing:
    if not isinstance(user, User) or not user.is_active:
        return _NOBODY
    roles, part = roles_for(user, revision), has_part(user, revision)
    hindrance = _barred(user, revision, part=part) if roles & JUDGES else None
    return Standing(is_author(user, revision), part, roles, hindrance)


def with_standing(revisions: QuerySet[Revision], user: User) -> QuerySet[Revision]:
    """Revisions with all that `standing_in` asks of them, for the statement that reads them."""
    within = Q(pk__in=[])
    for scope in {scope for role, scope in _held(user) if role == RoleName.REVIEWER and scope}:
        within |= _within(scope)
    colleagues = Membership.objects.filter(user=user, organisation=OuterRef("resource__organisation"))
    return revisions.annotate(
        stands_part=part_of(user),
        stands_within=Exists(Revision.objects.filter(within, pk=OuterRef("pk"))),
        stands_colleague=Exists(colleagues) if settings.BANK_NO_OWN_ORGANISATION else Value(False),
    )


def standing_in(user: User, revision: Any) -> Standing:
    """What a person is to a revision that was read by `with_standing`."""
    if not user.is_active:
        return _NOBODY
    roles = roles_of(user) | ({RoleName.REVIEWER} if revision.stands_within else set())
    hindrance = OwnWork() if revision.stands_part else OwnOrganisation() if revision.stands_colleague else None
    return Standing(is_author(user, revision), revision.stands_part, roles, hindrance)


def can_comment(user: Actor, revision: Revision) -> bool:
    """Whether the person takes part in the talk about a revision: who made it, and who may judge it, while they see it and it is open."""
    return _standing(user, revision).comments(revision.status) and visible_revisions(user).filter(pk=revision.pk).exists()


def can_read_internal(user: Actor, revision: Revision) -> bool:
    """Whether the person reads what reviewers say among themselves: judges of the revision who have no part in it."""
    return _standing(user, revision).reads_internal


def require_comment(user: Actor, revision: Revision, *, internal: bool = False) -> None:
    """Raise LoginNeeded or NotAllowed unless the person may say something about the revision; `internal`: to reviewers alone."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not can_comment(user, revision) or (internal and not can_read_internal(user, revision)):
        raise NotAllowed


_STARTERS = frozenset({RoleName.CONTRIBUTOR, RoleName.REVIEWER, RoleName.CURATOR})


def can_start(user: Actor) -> bool:
    """Whether the person may begin a new resource, or a new revision of a published one."""
    return bool(roles_of(user) & _STARTERS)


def require_start(user: Actor) -> None:
    """Raise LoginNeeded or NotAllowed unless the person may begin something new."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not can_start(user):
        raise NotAllowed


def can_rename(user: Actor, resource: Resource) -> bool:
    """Whether the person may give the resource another address."""
    return RoleName.CURATOR in roles_of(user)


def require_rename(user: Actor, resource: Resource) -> None:
    """Raise LoginNeeded or NotAllowed unless the person may give the resource another address."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not can_rename(user, resource):
        raise NotAllowed


def is_curator(user: Actor) -> bool:
    """Whether the person looks after the whole bank: reports from visitors, and what is due to be read anew."""
    return RoleName.CURATOR in roles_of(user)


def require_curator(user: Actor) -> None:
    """Raise LoginNeeded or NotAllowed unless the person is a curator."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not is_curator(user):
        raise NotAllowed


def require_judge(user: Actor) -> None:
    """Raise LoginNeeded or NotAllowed unless the person reviews or looks after the bank, be it only a part of it."""
    if not isinstance(user, User):
        raise LoginNeeded
    if not may_judge(user):
        raise NotAllowed


def can_check_form(user: Actor, form: Form) -> bool:
    """Whether the person may mark a language form of a published revision as checked by somebody who has the language as mother tongue.

    Anybody with a part in the bank may, be it only for some terms: contributor, reviewer or curator. What counts is the language, which no
    role proves, so each states it anew (the service asks, and the log keeps it). Nobody checks own words: neither who translated the form
    (by name, or as translator of it or of the whole revision) nor who wrote the revision, in a form that nobody else translated.
    """
    return _check_refusal(user, form) is None


def require_check_form(user: Actor, form: Form) -> None:
    """Raise LoginNeeded, NotAllowed or OwnWords unless the person may mark the form as checked."""
    if refusal := _check_refusal(user, form):
        raise refusal


def _check_refusal(user: Actor, form: Form) -> LoginNeeded | NotAllowed | None:
    if not isinstance(user, User):
        return LoginNeeded()
    if not user.is_active or not any(role in _STARTERS for role, _scope in _held(user)):
        return NotAllowed()
    return OwnWords() if _has_written(user, form) else None


def _has_written(user: User, form: Form) -> bool:
    named = form.translated_by.strip().casefold()
    if named and named == user.name.strip().casefold():
        return True
    translators = Contribution.objects.filter(revision=form.revision_id, part="translator", form__in=("", form.code))
    if translators.filter(user=user).exists():
        return True
    return not named and form.revision.author_id == user.pk and not translators.exists()


def visible_revisions(user: Actor) -> QuerySet[Revision]:
    """What the person may read. Everybody: what is or was public of a resource that is. An author: own work. A reviewer: what waits for
    review within their scopes, and what they took or decided. A curator: all. An administrator runs the site and reads no drafts."""
    still_public = Exists(Resource.objects.filter(pk=OuterRef("resource"), published__isnull=False))
    public = Q(status=Status.PUBLISHED) | (Q(status=Status.SUPERSEDED) & Q(still_public))
    roles = roles_of(user)
    if RoleName.CURATOR in roles:
        return Revision.objects.all()
    if not isinstance(user, User) or not user.is_active:
        return Revision.objects.filter(public)
    scopes = {scope for role, scope in _held(user) if role == RoleName.REVIEWER}
    seen = Q()  # the databases ask in this order, and what is asked of most rows comes first
    for scope in {""} if "" in scopes else scopes:
        seen |= Q(status=Status.IN_REVIEW) & _within(scope)
    seen |= public | Q(author=user)
    if scopes:
        seen |= Q(pk__in=Review.objects.filter(taken_by=user).values("revision"))
        seen |= Q(pk__in=decided_by(user))
    return Revision.objects.filter(seen)


def decided_by(user: User) -> QuerySet[Decision, Any]:
    """The keys of the revisions a person has decided about."""
    return Decision.objects.filter(reviewer=user).values("review__revision")


def part_of(user: User) -> Exists:
    """For a list of revisions: whether the person has a part in each."""
    return Exists(Revision.objects.filter(Q(author=user) | Q(contributions__user=user), pk=OuterRef("pk")))


def somebody_covers() -> Exists:
    """For a list of revisions: whether anybody may judge each who has no part in it."""
    links = TermLink.objects.filter(revision=OuterRef(OuterRef("pk")))
    own, above = (links.annotate(as_scope=_joined(TERM, "term__vocabulary_id", slug)) for slug in ("term__slug", "term__parent__slug"))
    limited = Q(scope__in=own.values("as_scope")) | Q(scope__in=above.values("as_scope"))
    limited |= Q(scope=_joined(ORGANISATION, OuterRef("resource__organisation__slug")))
    judges = Role.objects.filter(Q(role=RoleName.CURATOR, scope="") | Q(Q(scope="") | limited, role=RoleName.REVIEWER))
    judges = judges.filter(user__is_active=True, user__is_system=False).exclude(user=OuterRef("author"))
    judges = judges.exclude(scope__endswith=":")  # what is put together from nothing ends so
    judges = judges.exclude(user__in=Contribution.objects.filter(revision=OuterRef(OuterRef("pk"))).values("user"))
    if settings.BANK_NO_OWN_ORGANISATION:
        colleagues = Membership.objects.filter(organisation=OuterRef(OuterRef("resource__organisation")))
        judges = judges.exclude(user__in=colleagues.values("user"))
    return Exists(judges)


def _joined(kind: str, *parts: str | OuterRef) -> Concat:
    """A scope put together in the database."""
    pieces = [piece for part in parts for piece in (Value(":"), part)]
    return Concat(Value(kind), *pieces, output_field=CharField())
