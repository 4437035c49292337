"""Bringing the starter bank up to what its folders say, through the same actions as people take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from media.models import MediaFile
from media.shelf import keep_file, keep_picture
from resourcebank.bank_form import BankFile, Folder, Known, Reading
from resourcebank.content import Content, content_hash
from resourcebank.errors import BankError
from resourcebank.models import Form, OldSlug, Resource, Revision, SearchWords, Term, User
from resourcebank.services import audit, drafts, review
from resourcebank.services.attachments import KINDS
from resourcebank.services.changes import tell_public
from resourcebank.services.checklist import Checklist, current_criteria
from resourcebank.services.people import system_user
from resourcebank.services.search_words import keep_search_words
from resourcebank.workflow import OPEN, RoleName, Status

# Reserved for names that lead nowhere (RFC 2606), so nobody is ever sent a mail or logs in with them.
AUTHOR = "ovingsbanken@bank.invalid"
CURATOR = "redaksjonen@bank.invalid"


class Outcome(StrEnum):
    """What became of a folder."""

    PUBLISHED = "published"
    UPDATED = "updated"
    DRAFT = "draft"
    FOR_CURATOR = "for_curator"
    UNCHANGED = "unchanged"
    LEFT_RETIRED = "left_retired"
    FOREIGN = "foreign"
    REFUSED = "refused"


_PUBLIC = (Outcome.PUBLISHED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.FOR_CURATOR)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A folder and what became of it. `why` says why a refused one was."""

    slug: str
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the site has of a resource: the public revision, and the last one the bank wrote and did not drop itself."""

    resource: Resource
    published: Revision | None
    last: Revision | None

    @property
    def edited(self) -> bool:
        """Somebody else wrote what is public."""
        return self.published is not None and (self.last is None or self.published.author_id != self.last.author_id)


def known_values() -> Known:
    """What a folder may name on this site: the terms in use, the criteria of the present checklist, and the pictures kept already."""
    terms: dict[str, set[str]] = {}
    for vocabulary, slug in Term.objects.filter(active=True).values_list("vocabulary", "slug"):
        terms.setdefault(vocabulary, set()).add(slug)
    criteria = {criterion.code: criterion.optional for criterion in current_criteria()}
    pictures = frozenset(MediaFile.objects.values_list("sha256", flat=True))
    return Known({vocabulary: frozenset(slugs) for vocabulary, slugs in terms.items()}, criteria, pictures)


@transaction.atomic
def load_bank(folders: Iterable[Folder], *, criteria: Iterable[str], now: datetime) -> tuple[Loaded, ...]:
    """Load resources. What somebody has read (`checked_by`, `checked_on`, every answer ok) is published as `checked`, the rest is a draft.

    A resource that was edited on the site keeps its text, and the folder's goes to a curator as a revision in review.
    Each folder stands or falls by itself; a second call changes nothing. All of it is one transaction, so that the indexes follow once.
    """
    loader = _Loader(
        author=system_user(email=AUTHOR, name="Øvingsbanken", role=RoleName.CONTRIBUTOR),
        curator=system_user(email=CURATOR, name="Redaksjonen", role=RoleName.CURATOR),
        criteria=tuple(criteria),
        now=now,
    )
    wanted = list(folders)
    standings = _standings([folder.slug for folder in wanted], author=loader.author)
    return tuple(loader.load(folder, standings.get(folder.slug)) for folder in wanted)


def _standings(slugs: list[str], *, author: User) -> dict[str, _Standing]:
    resources = {resource.slug: resource for resource in Resource.objects.filter(slug__in=slugs).select_related("published")}
    moved = OldSlug.objects.filter(slug__in=slugs).select_related("resource__published")
    resources |= {old.slug: old.resource for old in moved if old.slug not in resources}
    written = Revision.objects.filter(resource__in=resources.values(), author=author).exclude(status=Status.DISCARDED)
    last = {revision.resource_id: revision for revision in written.order_by("number")}
    return {slug: _Standing(each, each.published, last.get(each.pk)) for slug, each in resources.items()}


@dataclass(frozen=True, slots=True)
class _Loader:
    author: User
    curator: User
    criteria: tuple[str, ...]
    now: datetime

    def load(self, folder: Folder, standing: _Standing | None) -> Loaded:
        """One folder; what an error leaves half done is undone."""
        try:
            with transaction.atomic():
                for picture in folder.pictures:
                    keep_picture(picture.data)
                for file in folder.files:
                    _keep(file)
                outcome = self._load(folder, standing)
                if outcome in _PUBLIC and self._keep_words(folder, standing) and outcome == Outcome.UNCHANGED:
                    outcome = Outcome.UPDATED
                return Loaded(folder.slug, outcome)
        except BankError as error:
            return Loaded(folder.slug, Outcome.REFUSED, _reasons(error))

    def _load(self, folder: Folder, standing: _Standing | None) -> Outcome:
        content, reading = folder.content(), folder.reading(self.criteria)
        if standing is None:
            draft = drafts.start(by=self.author, content=content, now=self.now, slug=folder.slug)
            return self._go_on(draft, content, reading, Outcome.PUBLISHED)
        if standing.last is None:
            return Outcome.FOREIGN
        if standing.published is None and standing.last.status not in OPEN:
            return Outcome.LEFT_RETIRED
        return self._update(standing, standing.last, content, reading)

    def _update(self, standing: _Standing, last: Revision, content: Content, reading: Reading | None) -> Outcome:
        wanted = content_hash(content)
        done = Outcome.UPDATED if standing.published else Outcome.PUBLISHED
        if standing.published and standing.published.content_hash == wanted:
            if last.status in OPEN:
                self._drop(last)
            return done if self._note_people(standing.published, content) else Outcome.UNCHANGED
        if last.content_hash == wanted and not (last.status == Status.DRAFT and (reading or standing.edited)):
            return Outcome.UNCHANGED
        draft = self._write(standing, last, content)
        if not standing.edited:
            return self._go_on(draft, content, reading, done)
        review.submit(draft, by=self.author, now=self.now, seen=draft.version)
        return Outcome.FOR_CURATOR

    def _write(self, standing: _Standing, last: Revision, content: Content) -> Revision:
        """The bank's open revision with the folder's content, begun from what is public."""
        draft = self._reopen(last) if last.status in OPEN else drafts.revise(standing.resource, by=self.author, now=self.now)
        return drafts.save(
            draft, by=self.author, content=content, seen=draft.version, now=self.now, onto_published=standing.published is not None
        )

    def _reopen(self, revision: Revision) -> Revision:
        """An open revision as one that can be written in."""
        if revision.status == Status.APPROVED:
            reason = "Teksten i filene er endret."
            revision = review.withdraw_approval(revision, by=self.curator, now=self.now, seen=revision.version, reason=reason)
        if revision.status == Status.IN_REVIEW:
            revision = review.take_back(revision, by=self.author, now=self.now, seen=revision.version)
        return revision

    def _drop(self, revision: Revision) -> None:
        draft = self._reopen(revision)
        drafts.discard(draft, by=self.author, now=self.now, seen=draft.version)

    def _go_on(self, draft: Revision, content: Content, reading: Reading | None, done: Outcome) -> Outcome:
        """Publish the draft when somebody vouches for it, else leave it."""
        if reading is None:
            return Outcome.DRAFT
        submitted = review.submit(draft, by=self.author, now=self.now, seen=draft.version)
        links = frozenset(term.key for term in content.framework_links)
        approved = review.approve(
            submitted,
            by=self.curator,
            now=self.now,
            seen=submitted.version,
            checklist=Checklist(answers=reading.answers, confirmed=links),
            internal_note=f"Lest av {reading.by} {reading.on.isoformat()}.",
            read_on=reading.on,
        )
        return done if approved.status == Status.PUBLISHED else Outcome.FOR_CURATOR

    def _keep_words(self, folder: Folder, standing: _Standing | None) -> bool:
        """Take over the folder's search words, unless a curator of the site has written some."""
        resource = standing.resource if standing else Resource.objects.get(slug=folder.slug)
        if SearchWords.objects.filter(resource=resource).exclude(changed_by=self.curator).exists():
            return False
        return keep_search_words(resource, words=folder.facts.search_words, by=self.curator, now=self.now)

    def _note_people(self, revision: Revision, content: Content) -> bool:
        """Write down who translated and checked a form where the public revision says nobody; what it says already stays."""
        said = {form.code: form for form in content.forms}
        noted: dict[str, list[str]] = {}
        for form in revision.forms.all():
            new = _missing_people(form, {name: getattr(said[form.code], name) for name in ("translated_by", "checked_by", "checked_on")})
            if new:
                Form.objects.filter(pk=form.pk).update(**new)
                noted[form.code] = sorted(new)
        if noted:
            audit.record(revision, by=self.author, action="note_people", now=self.now, from_status=revision.status, details=noted)
            tell_public(revision.resource, kind="changed", now=self.now)
        return bool(noted)


def _keep(file: BankFile) -> None:
    if kind := KINDS.get(file.row.role):
        with file.path.open("rb") as source:
            keep_file(source, kind=kind)
    else:
        keep_picture(file.path.read_bytes())


def _missing_people(form: Form, said: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in said.items() if value and not getattr(form, name)}


def _reasons(error: BankError) -> str:
    problems = getattr(error, "problems", ())
    return " ".join([error.message, *(f"{problem.field}: {problem.message}" for problem in problems)])
