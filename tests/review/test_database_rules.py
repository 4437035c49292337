"""What the database itself refuses, whoever asks and however."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from media.models import MediaFile
from resourcebank.models import (
    AccountEvent,
    Answer,
    Attachment,
    AuditEvent,
    Comment,
    Contribution,
    Criterion,
    Decision,
    Form,
    IdempotencyKey,
    LinkCheck,
    Membership,
    OldSlug,
    Organisation,
    ProblemReport,
    PublicChange,
    PublishedLink,
    Resource,
    Review,
    ReviewReminder,
    Revision,
    Role,
    SavedSearch,
    SearchNeed,
    SearchWords,
    Step,
    StoredHit,
    StoredQuery,
    Synonym,
    SynonymChange,
    Term,
    TermLink,
    User,
    Vocabulary,
)
from resourcebank.workflow import FIXED, Status
from tests.factories import NOW, a_draft, a_file, a_picture, a_published, revision_in, whole_content

pytestmark = pytest.mark.django_db


def refusal(attempt: Callable[[], object]) -> str:
    """What the database says against the attempt, "" when it does it; nothing of a refused one stays."""
    try:
        with transaction.atomic():
            attempt()
    except IntegrityError as error:
        return str(error).lower()
    return ""


def refused(attempt: Callable[[], object]) -> bool:
    """Whether a trigger refuses the attempt."""
    said = refusal(attempt)
    return "published content never changes" in said or "rows are only added here" in said


def broken(rules: Iterator[tuple[str, Callable[[], object]]]) -> list[str]:
    """The rules that did not hold. SQLite names the columns of a broken uniqueness, not its rule."""
    answers = [(name, refusal(attempt)) for name, attempt in rules]
    return [name for name, said in answers if name not in said and "unique" not in said]


def copied(row: models.Model, **changes: object) -> models.Model:
    """Store a second row like the first but for the changes."""
    twin = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key})
    for name, value in changes.items():
        setattr(twin, name, value)
    twin.save(force_insert=True)
    return twin


def revision_rules(revision: Revision, other_author: User) -> Iterator[tuple[str, Callable[[], object]]]:
    """Attempts that break one rule each, starting from a draft."""
    rows = Revision.objects.filter(pk=revision.pk)
    yield "one_revision_per_number", lambda: copied(revision, author=other_author)
    yield "one_open_per_author", lambda: copied(revision, number=2)
    for status in (Status.APPROVED, Status.PUBLISHED):
        yield (
            f"one_{status}_per_resource",
            lambda status=status: (  # type: ignore[misc]
                rows.update(status=status, published_at=NOW),
                copied(revision, number=2, author=other_author, status=status, published_at=NOW),
            ),
        )
    yield "published_has_date", lambda: rows.update(status=Status.PUBLISHED)
    yield "known_status", lambda: rows.update(status="lost")
    yield "known_origin", lambda: rows.update(origin="stolen")
    yield "known_assurance", lambda: rows.update(assurance="tried")
    yield "known_norwegian_level", lambda: rows.update(norwegian_level="D")
    yield "minutes_in_order", lambda: rows.update(minutes_min=9, minutes_max=8)
    yield "group_in_order", lambda: rows.update(group_min=9, group_max=8)


def part_rules(revision: Revision) -> Iterator[tuple[str, Callable[[], object]]]:
    """The same for steps, links, forms, resources, terms, people."""
    step, link, form = revision.steps.all()[0], revision.term_links.all()[0], revision.forms.all()[0]
    term, resource, user = link.term, revision.resource, revision.author
    yield "one_step_per_position", lambda: copied(step)
    yield "one_link_per_term", lambda: copied(link)
    yield "known_link_role", lambda: TermLink.objects.filter(pk=link.pk).update(role="friend")
    yield "one_form_per_language_and_level", lambda: copied(form)
    yield "known_level", lambda: Form.objects.filter(pk=form.pk).update(level="B7")
    yield "form_has_language", lambda: Form.objects.filter(pk=form.pk).update(language="")
    yield "slug of a resource is unique", lambda: copied(resource, public_id=uuid.uuid4())
    yield "public id is unique", lambda: copied(resource, slug="noe-annet")
    yield "resource_has_slug", lambda: Resource.objects.filter(pk=resource.pk).update(slug="")
    yield "not_its_own_successor", lambda: Resource.objects.filter(pk=resource.pk).update(successor=F("pk"))
    yield "old slug is unique", lambda: OldSlug.objects.bulk_create([OldSlug(slug="gammel", resource=resource)] * 2)
    yield "one_term_per_slug", lambda: copied(term)
    picture = Attachment.objects.create(revision=revision, position=1, file=MediaFile.objects.get(sha256=a_picture().sha256))
    yield "one_attachment_per_position", lambda: copied(picture)
    yield "known_attachment_role", lambda: Attachment.objects.filter(pk=picture.pk).update(role="smell")
    part = Contribution.objects.create(revision=revision, user=user, part="translator", form="ar")
    yield "one_contribution_of_a_kind", lambda: copied(part)
    key = IdempotencyKey.objects.create(user=user, key="k", body_hash="")
    yield "one_effect_per_key", lambda: copied(key)
    yield "term_has_slug", lambda: Term.objects.filter(pk=term.pk).update(slug="")
    yield "one_role_per_scope", lambda: copied(user.roles.all()[0])
    yield "known_role", lambda: Role.objects.create(user=user, role="king")
    yield "known_account_action", lambda: AccountEvent.objects.create(at=NOW, person=user, action="crowned")
    membership = Membership.objects.create(organisation=Organisation.objects.create(slug="senteret", name="Senteret"), user=user)
    yield "one_membership", lambda: copied(membership)
    yield "one_user_per_email", lambda: User.objects.create(email=user.email.upper())


def review_rules(revision: Revision, decision: Decision) -> Iterator[tuple[str, Callable[[], object]]]:
    """The same for reviews, decisions, answers and everything numbered, starting from a published revision."""
    review, answer = decision.review, decision.answers.filter(criterion__isnull=False)[0]
    link_answer = decision.answers.filter(term__isnull=False)[0]
    fresh = {"review_id": Review.objects.create(revision=revision, round=2, opened_at=NOW, closed_at=NOW).pk}
    yield "one_review_per_round", lambda: copied(review)
    yield "one_open_review", lambda: [copied(review, round=number, closed_at=None) for number in (3, 4)]
    yield "one_decision_per_reviewer", lambda: copied(decision)
    yield "known_verdict", lambda: copied(decision, verdict="maybe", **fresh)
    yield "approval_has_level", lambda: copied(decision, level="", **fresh)
    yield "rejection_has_reason", lambda: copied(decision, verdict="reject", **fresh)
    yield "one_criterion_per_code", lambda: copied(Criterion.objects.all()[0])
    yield "one_answer_per_criterion", lambda: copied(answer)
    yield "one_answer_per_link", lambda: copied(link_answer)
    yield "answers_one_thing", lambda: Answer.objects.create(decision=decision, value="ok")
    yield "known_answer", lambda: copied(answer, decision=copied(decision, **fresh), value="perhaps")
    yield "link_is_confirmed_or_not", lambda: copied(link_answer, decision=copied(decision, **fresh), value="not_ok")
    yield "one_event_per_number", lambda: copied(AuditEvent.objects.all()[0])
    yield "sequence of public changes is unique", lambda: copied(PublicChange.objects.all()[0])
    yield "known_public_change", lambda: copied(PublicChange.objects.all()[0], sequence=99, kind="whispered")


def aftercare_rules(revision: Revision) -> Iterator[tuple[str, Callable[[], object]]]:
    """The same for what is kept of the time after publication."""
    resource = revision.resource
    yield "known_problem", lambda: ProblemReport.objects.create(resource=resource, reason="boring")
    yield "comment_says_something", lambda: Comment.objects.create(revision=revision, author=revision.author, text="")
    yield "known_contribution", lambda: Contribution.objects.create(revision=revision, user=revision.author, part="baker")
    yield (
        "one_reminder_of_a_kind",
        lambda: [ReviewReminder.objects.create(resource=resource, due_on=date(2028, 1, 1), days=30) for _ in "ab"],
    )
    yield "one_link_per_address", lambda: [PublishedLink.objects.create(resource=resource, address="https://a.no") for _ in "ab"]
    yield "known_link_state", lambda: LinkCheck.objects.create(address="https://example.org", state="sleepy")


def search_rules(user: User, resource: Resource) -> Iterator[tuple[str, Callable[[], object]]]:
    stored = StoredQuery.objects.create(key="a" * 64, query="q=stol")
    saved = SavedSearch.objects.create(user=user, stored=stored, name="Stoler", frequency="never", told_until=NOW)
    hit = StoredHit.objects.create(stored=stored, resource=resource, found_at=NOW)
    need = SearchNeed.objects.create(day=NOW.date(), key="b" * 64)
    other = StoredQuery.objects.create(key="c" * 64, query="q=bord")
    yield "one_saved_search_per_query", lambda: copied(saved)
    yield "known_frequency", lambda: copied(saved, stored_id=other.pk, frequency="hourly", next_at=NOW)
    yield "never_has_no_next", lambda: copied(saved, stored_id=other.pk, next_at=NOW)
    yield "never_has_no_next", lambda: copied(saved, stored_id=other.pk, frequency="daily")
    yield "one_hit_per_query", lambda: copied(hit)
    yield "one_need_per_day", lambda: copied(need, word="stol")
    synonym = Synonym.objects.create(word="flaks", other="hell")
    yield "one_synonym_per_pair", lambda: copied(synonym)
    yield "no_synonym_of_itself", lambda: Synonym.objects.create(word="flaks", other="flaks")
    change = SynonymChange(at=NOW, actor=user, action="forgotten", word="flaks", other="hell", both_ways=True, off=False)
    yield "known_synonym_action", change.save
    yield (
        "one_list_of_words_per_language",
        lambda: [SearchWords.objects.create(resource=resource, language="nb", words="flaks", changed_by=user) for _ in "ab"],
    )


def test_rules_of_revisions_hold(framework: None, alice: User, carl: User) -> None:
    assert broken(revision_rules(a_draft(by=alice), carl)) == []


def test_rules_of_parts_people_and_terms_hold(framework: None, alice: User) -> None:
    assert broken(part_rules(a_draft(by=alice))) == []


def test_rules_of_reviews_and_numbers_hold(framework: None, alice: User, carl: User) -> None:
    revision = a_published(author=alice, approver=carl)
    assert broken(review_rules(revision, Decision.objects.get())) == []


def test_rules_of_aftercare_hold(framework: None, alice: User, carl: User) -> None:
    assert broken(aftercare_rules(a_published(author=alice, approver=carl))) == []


def test_rules_of_searches_hold(framework: None, alice: User, carl: User) -> None:
    assert broken(search_rules(alice, a_published(author=alice, approver=carl).resource)) == []


def test_every_named_rule_is_tried(framework: None, alice: User, carl: User) -> None:
    draft, public = a_draft(by=alice), a_published(author=alice, approver=carl)
    tried = {
        name
        for name, _ in (
            *revision_rules(draft, carl),
            *part_rules(draft),
            *review_rules(public, Decision.objects.get()),
            *aftercare_rules(public),
            *search_rules(alice, public.resource),
        )
    }
    declared = {rule.name for model in import_module("resourcebank.models").__dict__.values() if _is_model(model) for rule in _rules(model)}
    assert declared <= tried


def _is_model(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, models.Model)


def _rules(model: type[models.Model]) -> list[models.BaseConstraint]:
    return list(model._meta.constraints)


def test_every_trigger_stands_after_migrating_from_zero() -> None:
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'bank%' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    with connection.cursor() as cursor:
        cursor.execute(listing[connection.vendor])
        found = [name for (name,) in cursor.fetchall()]
    assert found == [
        "bank_accountevent_delete",
        "bank_accountevent_update",
        "bank_answer_delete",
        "bank_answer_update",
        "bank_attachment_delete",
        "bank_attachment_insert",
        "bank_attachment_update",
        "bank_auditevent_delete",
        "bank_auditevent_update",
        "bank_decision_delete",
        "bank_decision_update",
        "bank_form_delete",
        "bank_form_insert",
        "bank_form_update",
        "bank_revision_delete",
        "bank_revision_update",
        "bank_step_delete",
        "bank_step_insert",
        "bank_step_update",
        "bank_termlink_delete",
        "bank_termlink_insert",
        "bank_termlink_update",
    ]


def test_the_database_keeps_what_it_acknowledged() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
            assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")
            assert cursor.fetchone() != ("client",)  # the server decides; its default is to wait for the disk


MAY_CHANGE = {
    Revision: {"version", "author_id", "attribution", "assured_on", "created_at", "submitted_at", "publish_at", "published_at"},
    Step: set(),
    TermLink: set(),
    Form: {"translated_by", "checked_by", "checked_on"},
    Attachment: set(),
}


def _another(field: models.Field[object, object], row: models.Model) -> object:
    match field:
        case models.ForeignKey():
            others = field.remote_field.model._default_manager.exclude(pk=getattr(row, field.attname))
            return others.values_list("pk", flat=True)[0]
        case models.JSONField():
            return ["noe annet"]
        case models.DateTimeField():
            return NOW.replace(year=2031)
        case models.DateField():
            return date(2031, 1, 1)
        case models.IntegerField():
            return (getattr(row, field.attname) or 0) + 5
        case _:
            return {"level": "C", "norwegian_level": "C", "origin": "linked", "assurance": "reviewed"}.get(field.attname, "x")


@pytest.mark.parametrize("status", sorted(FIXED))
@pytest.mark.parametrize("model", MAY_CHANGE)
def test_no_column_of_published_content_can_be_changed(
    model: type[models.Model], status: Status, framework: None, alice: User, carl: User, rita: User
) -> None:
    a_published(author=alice, approver=rita)
    content = whole_content(pictures=(a_picture(),), files=(a_file(),))
    a_picture("b")
    revision = revision_in(status, author=alice, curator=carl, content=content)
    key = "pk" if model is Revision else "revision"
    row = model._default_manager.filter(**{key: revision.pk}).order_by("-pk")[0]
    changed = set()
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name == "status":
            continue
        value = _another(field, row)
        if not refused(lambda name=field.attname, value=value: model._default_manager.filter(pk=row.pk).update(**{name: value})):  # type: ignore[misc]
            changed.add(field.attname)
    assert changed == MAY_CHANGE[model]


def test_a_published_revision_cannot_become_a_draft_again(framework: None, alice: User, carl: User) -> None:
    revision = a_published(author=alice, approver=carl)
    for status in set(Status) - FIXED:
        assert refused(lambda status=status: Revision.objects.filter(pk=revision.pk).update(status=status))  # type: ignore[misc]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE resourcebank_form SET care = '' WHERE revision_id = %(id)s",
        "UPDATE resourcebank_step SET minutes = minutes + 1 WHERE revision_id = %(id)s",
        "UPDATE resourcebank_termlink SET role = 'touches' WHERE revision_id = %(id)s",
        "UPDATE resourcebank_revision SET minutes_max = 5 WHERE id = %(id)s",
        "DELETE FROM resourcebank_form WHERE revision_id = %(id)s",
        "DELETE FROM resourcebank_attachment WHERE revision_id = %(id)s",
        "DELETE FROM resourcebank_step WHERE revision_id = %(id)s",
        "DELETE FROM resourcebank_termlink WHERE revision_id = %(id)s",
        "DELETE FROM resourcebank_revision WHERE id = %(id)s",
        "INSERT INTO resourcebank_step (revision_id, position, minutes) VALUES (%(id)s, 9, 5)",
        "UPDATE resourcebank_step SET revision_id = %(id)s, position = position + 20 WHERE revision_id = %(draft)s",
        "UPDATE resourcebank_step SET revision_id = %(draft)s, position = position + 20 WHERE revision_id = %(id)s",
        "UPDATE resourcebank_auditevent SET action = 'nothing'",
        "DELETE FROM resourcebank_auditevent",
        "UPDATE resourcebank_accountevent SET actor_id = NULL, action = 'joined'",
        "DELETE FROM resourcebank_accountevent",
        "UPDATE resourcebank_decision SET verdict = 'approve', level = 'reviewed'",
        "DELETE FROM resourcebank_decision",
        "UPDATE resourcebank_answer SET value = 'not_ok'",
        "DELETE FROM resourcebank_answer",
    ],
)
def test_raw_statements_are_refused_too(statement: str, framework: None, alice: User, carl: User) -> None:
    content = whole_content(pictures=(a_picture(),))
    revision, draft = a_published(author=alice, approver=carl, content=content), a_draft(by=alice)

    def attempt() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"id": revision.pk, "draft": draft.pk})

    assert refused(attempt)


def test_a_draft_may_be_rewritten_and_a_vocabulary_edited(framework: None, alice: User) -> None:
    draft = a_draft(by=alice)
    assert not refused(lambda: Form.objects.filter(revision=draft).update(care="Ny tekst."))
    assert not refused(lambda: Step.objects.filter(revision=draft).delete())
    assert not refused(lambda: Vocabulary.objects.update(labels={"nb": "Nytt navn"}))
