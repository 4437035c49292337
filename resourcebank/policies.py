"""Who may do what, and who may see what. Nothing else decides either."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from resourcebank.errors import LoginNeeded, NotAllowed, OwnOrganisation, OwnWords, OwnWork
from resourcebank.models import Contribution, Form, Membership, Resource, Revision, Role, TermLink, User
from resourcebank.workflow import OPEN, TRANSITIONS, Action, RoleName, Status

Actor = User | AnonymousUser


JUDGES = frozenset({RoleName.REVIEWER, RoleName.CURATOR})
WITH_SECOND_FACTOR = JUDGES | {RoleName.ADMIN}
"""Who decides about others' work, or about others' rights, proves twice who they are."""


def _held(user: User) -> list[tuple[RoleName, str]]:
    """Each role with its scope. Read anew by every call, unless the caller has prefetched `roles` for the length of one request."""
    return [(RoleName(row.role), row.scope) for row in user.roles.all()]


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
    asked = any(role in WITH_SECOND_FACTOR for role, _scope in _held(user))
    return asked and not Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


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
    if has_part(user, revision):
        return OwnWork()
    return OwnOrganisation() if _own_organisation(user, revision) else None


Refusal = LoginNeeded | NotAllowed


def can(user: Actor, action: Action, revision: Revision) -> bool:
    """Whether the person may do it, whatever status the revision has (the table answers that)."""
    return _refusals(user, revision, [action])[action] is None


def require(user: Actor, action: Action, revision: Revision) -> None:
    """Raise LoginNeeded, OwnWork, OwnOrganisation or NotAllowed unless the person may do it."""
    if refusal := _refusals(user, revision, [action])[action]:
        raise refusal


def open_actions(user: Actor, revision: Revision) -> frozenset[Action]:
    """What the person may do to the revision as it stands now."""
    possible = [action for action, row in TRANSITIONS.items() if revision.status in row.sources]
    return frozenset(action for action, refusal in _refusals(user, revision, possible).items() if refusal is None)


def _refusals(user: Actor, revision: Revision, actions: Iterable[Action]) -> dict[Action, Refusal | None]:
    """Why the person may not do each action, None where they may. What the person is to the revision is asked once for all of them."""
    if not isinstance(user, User):
        return dict.fromkeys(actions, LoginNeeded())
    if not user.is_active:
        return dict.fromkeys(actions, NotAllowed())
    author, roles = is_author(user, revision), roles_for(user, revision)
    hindrance = barred(user, revision) if roles & JUDGES else None
    found: dict[Action, Refusal | None] = {}
    for action in actions:
        row = TRANSITIONS[action]
        if row.author and author:
            found[action] = None
        elif not row.roles & roles:
            found[action] = NotAllowed()
        else:
            found[action] = hindrance if row.never_author else None
    return found


def can_comment(user: Actor, revision: Revision) -> bool:
    """Whether the person takes part in the talk about a revision: who made it, and who may judge it, while they see it and it is open."""
    if revision.status not in OPEN or not visible_revisions(user).filter(pk=revision.pk).exists():
        return False
    return has_part(user, revision) or can_read_internal(user, revision)


def can_read_internal(user: Actor, revision: Revision) -> bool:
    """Whether the person reads what reviewers say among themselves: judges of the revision who have no part in it."""
    return bool(roles_for(user, revision) & JUDGES) and not has_part(user, revision)


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
    if not user.is_active or not user.roles.filter(role__in=sorted(_STARTERS)).exists():
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
    public = Q(status=Status.PUBLISHED) | Q(status=Status.SUPERSEDED, resource__published__isnull=False)
    roles = roles_of(user)
    if RoleName.CURATOR in roles:
        return Revision.objects.all()
    if not isinstance(user, User) or not user.is_active:
        return Revision.objects.filter(public)
    seen = public | Q(author=user)
    scopes = {scope for role, scope in _held(user) if role == RoleName.REVIEWER}
    if scopes:
        mine = Revision.objects.filter(Q(reviews__taken_by=user) | Q(reviews__decisions__reviewer=user))
        seen |= Q(pk__in=mine.values("pk"))
    for scope in {""} if "" in scopes else scopes:
        seen |= _within(scope) & Q(status=Status.IN_REVIEW)
    return Revision.objects.filter(seen)


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
