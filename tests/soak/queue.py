"""A review queue with many submissions, and how long its page takes; `make soak` makes 10,000 (SOAK_SUBMISSIONS)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resourcebank.catalogue import forget_labels
from resourcebank.content import Content, tidy
from resourcebank.models import Decision, Form, Resource, Review, Revision, Step, Term, TermLink, User
from resourcebank.services.rows import columns_of, form_of, links_of, steps_of
from resourcebank.workflow import Status
from tests.factories import NOW, whole_content, whole_form

SUBMISSIONS = int(os.environ.get("SOAK_SUBMISSIONS", "300"))
SHARES = {Status.IN_REVIEW: 60, Status.CHANGES_REQUESTED: 10, Status.REJECTED: 30}
KINDS = ("activity", "case", "film")
PAIRS = ("meg-i-kontekst", "muligheter-og-begrensninger", "valg-og-tilfeldigheter", "endring-og-stabilitet", "tilpasning-og-motstand")
BATCH = 1_000


def make_submissions(count: int, *, authors: Sequence[User], judge: User, seed: int = 1) -> None:
    """Write submissions in bulk: waiting, taken, sent back and decided ones of several kinds, pairs and languages."""
    chance = random.Random(seed)
    statuses = chance.choices(list(SHARES), list(SHARES.values()), k=count)
    for start in range(0, count, BATCH):
        _write(statuses[start : start + BATCH], authors=authors, judge=judge, chance=chance, first=start)
    with connection.cursor() as cursor:
        # A running database knows how much it holds; what one open transaction wrote is known to nobody until it is counted,
        # and PostgreSQL then plans for a single row.
        cursor.execute("ANALYZE")


def _content(chance: random.Random, number: int) -> Content:
    main, *others = whole_content().terms
    pair = type(main)(vocabulary="word_pair", slug=chance.choice(PAIRS), role="main", reason=main.reason)
    languages = ["nb", "nn", *chance.sample(["en", "ar", "uk", "so", "pl"], chance.randint(0, 2))]
    forms = tuple(whole_form(language, title=f"En øvelse nummer {number} ({language})") for language in languages)
    return tidy(whole_content(kind=chance.choice(KINDS), terms=(pair, *others), forms=forms))


def _write(statuses: Sequence[Status], *, authors: Sequence[User], judge: User, chance: random.Random, first: int) -> None:
    terms = {(term.vocabulary_id, term.slug): term for term in Term.objects.all()}
    contents = [_content(chance, first + number) for number in range(len(statuses))]
    made = [(chance.choice(authors), NOW - timedelta(minutes=chance.randint(0, 500_000))) for _ in statuses]
    resources = Resource.objects.bulk_create(
        [Resource(slug=f"made-{first + number}", owner=author) for number, (author, _at) in enumerate(made)]
    )
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                resource=resource,
                number=1,
                author=author,
                status=status,
                created_at=at,
                submitted_at=at,
                **columns_of(content, terms),
            )
            for resource, (author, at), status, content in zip(resources, made, statuses, contents, strict=True)
        ]
    )
    pairs = list(zip(revisions, contents, strict=True))
    Step.objects.bulk_create([step for revision, content in pairs for step in steps_of(revision, content)])
    TermLink.objects.bulk_create([link for revision, content in pairs for link in links_of(revision, content, terms)])
    Form.objects.bulk_create([form_of(revision, form) for revision, content in pairs for form in content.forms])
    _judge(revisions, judge=judge, chance=chance)


def _judge(revisions: Sequence[Revision], *, judge: User, chance: random.Random) -> None:
    def round_of(revision: Revision) -> Review:
        opened, waits = revision.submitted_at or NOW, revision.status == Status.IN_REVIEW
        taken = waits and chance.random() < 0.1
        return Review(
            revision=revision,
            round=1,
            opened_at=opened,
            closed_at=None if waits else opened + timedelta(days=2),
            taken_by=judge if taken else None,
            due_on=opened.date() + timedelta(days=14) if taken else None,
        )

    rounds = Review.objects.bulk_create([round_of(revision) for revision in revisions])
    Decision.objects.bulk_create(
        Decision(
            review=review,
            reviewer=judge,
            verdict="reject" if review.revision.status == Status.REJECTED else "request_changes",
            reason_code="quality",
            content_hash=review.revision.content_hash,
            decided_at=review.closed_at,
        )
        for review in rounds
        if review.closed_at
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Whole requests through every middleware in this process: ms of wall and of CPU, in order, and the most statements of one.
    CPU is what holds on a machine that does other things too; on SQLite it has the statements in it."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    statements: int


def percentile(ordered: Sequence[float], share: float) -> float:
    """The figure below which that share of the ordered ones lies."""
    return ordered[int(len(ordered) * share)]


def measured(client: Client, addresses: Sequence[str], *, times: int) -> Measured:
    """Ask for every address that often."""
    wall, cpu, most = [], [], 0
    for address in addresses:
        forget_labels()  # they are read every ten seconds, whoever asks: now, and not while the statements are counted
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        most = max(most, len(captured))
        for _ in range(times):
            started, spent = time.perf_counter(), time.thread_time()
            answer = client.get(address)
            cpu.append((time.thread_time() - spent) * 1000)
            wall.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
    return Measured(tuple(sorted(wall)), tuple(sorted(cpu)), most)
