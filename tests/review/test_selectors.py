"""What may be read, by whom, and in how many statements."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings

from media.models import MediaFile, Rendition
from resourcebank.content import ContentTerm
from resourcebank.errors import NotFound
from resourcebank.models import Contribution, Membership, Organisation, Resource, Revision, User
from resourcebank.policies import Actor, can, somebody_covers, visible_revisions
from resourcebank.selectors import (
    Moved,
    PublishedResource,
    Retired,
    picture_is_public,
    picture_is_visible,
    published_by_public_id,
    published_cards,
    published_ids,
    published_resource,
    revision_for,
    term_labels,
    terms,
)
from resourcebank.services.people import give_role
from resourcebank.services.publication import rename, retire
from resourcebank.services.review import request_changes, submit, take
from resourcebank.workflow import Action, RoleName, Status
from tests.factories import (
    NOW,
    a_draft,
    a_picture,
    a_published,
    handed_in,
    hold,
    next_version,
    passed,
    person,
    revision_in,
    whole_content,
    whole_form,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework")]


def ids(*revisions: Revision) -> list[str]:
    return [str(revision.resource.public_id) for revision in revisions]


def test_cards_come_in_the_asked_order_without_what_is_not_public(alice: User, carl: User) -> None:
    one, two = a_published(author=alice, approver=carl), a_published(author=alice, approver=carl)
    hidden, gone = a_draft(by=alice), revision_in(Status.RETIRED, author=alice, curator=carl)
    asked = [*ids(two, hidden, gone, one), str(uuid.uuid4()), "tull"]
    assert [card.public_id for card in published_cards(asked, "nb")] == ids(two, one)


def test_a_card_tells_what_is_needed_to_choose(alice: User, carl: User) -> None:
    words = ContentTerm(
        vocabulary="word_pair", slug="valg-og-tilfeldigheter/tilfeldigheter", role="touches", reason={"nb": "Ja.", "nn": "Ja."}
    )
    content = whole_content(
        terms=(*whole_content().terms, words),
        forms=(whole_form("ar"), whole_form("nn"), whole_form("nb", "A2"), whole_form("nb")),
    )
    revision = a_published(author=alice, approver=carl, content=content, slug="fire-stoler")
    (card,) = published_cards(ids(revision), "nn")
    assert (card.slug, card.title, card.language, card.level, card.dir) == ("fire-stoler", "Fire stoler (nn)", "nn", "", "ltr")
    assert card.forms == ("nb", "nb-a2", "nn", "ar")
    assert (card.kind, card.licence, card.minutes, card.group, card.norwegian_level) == ("activity", "CC-BY-4.0", (10, 20), (1, 8), "B1")
    assert card.terms == {
        "word_pair": ("valg-og-tilfeldigheter", "valg-og-tilfeldigheter/tilfeldigheter"),
        "format": ("one-to-one",),
        "use": ("with-participant",),
        "needs": ("no-preparation",),
    }
    assert (card.assurance, card.assured_on, card.review_due_on) == ("checked", NOW.date(), date(2028, 11, 22))
    assert card.published_at == NOW


@pytest.mark.parametrize(
    ("languages", "asked", "shown"),
    [
        ("nb nn en", "en", "en"),
        ("nb nn", "en", "nb"),
        ("nn en", "nb", "nn"),
        ("en uk", "nb", "en"),
        ("ar uk", "nb", "ar"),
        ("uk ar", "ar", "ar"),
        ("nb-A2 nn", "en", "nn"),
    ],
)
def test_a_card_shows_the_nearest_language(languages: str, asked: str, shown: str, alice: User, carl: User) -> None:
    content = whole_content(forms=tuple(whole_form(*code.split("-")) for code in languages.split()))
    revision = a_published(author=alice, approver=carl, content=content)
    (card,) = published_cards(ids(revision), asked)
    assert card.language == shown
    found = published_resource(card.slug)
    assert isinstance(found, PublishedResource)
    assert found.form_for(asked).language == shown


def test_a_card_shows_the_published_text_while_a_new_one_is_written(alice: User, carl: User) -> None:
    public = a_published(author=alice, approver=carl)
    waiting = next_version(public, author=alice)
    assert published_cards(ids(public), "nb")[0].title == "Fire stoler (nb)"
    passed(waiting, by=carl)
    assert published_cards(ids(public), "nb")[0].title == "Fem stoler"


@pytest.mark.parametrize("count", [1, 4])
def test_any_number_of_cards_takes_three_statements(
    count: int, alice: User, carl: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = ids(*(a_published(author=alice, approver=carl) for _ in range(count)))
    with django_assert_num_queries(3):
        assert len(published_cards(asked, "nb")) == count


def test_a_whole_resource_takes_five_statements(alice: User, carl: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    revision = a_published(author=alice, approver=carl, slug="stoler")
    with django_assert_num_queries(5):
        found = published_resource("stoler")
        assert isinstance(found, PublishedResource)
        assert found.revision == revision
        assert found.revision.kind
        assert found.revision.licence
        assert [form.code for form in found.forms] == ["nb", "nn"]
        assert [step.minutes for step in found.steps] == [3, 5, 6]
        assert {link.term.vocabulary.slug for link in found.links} == {"word_pair", "format", "use", "needs"}
        assert found.source_of(found.forms[1]) == found.forms[0]
    by_id = published_by_public_id(str(revision.resource.public_id))
    assert isinstance(by_id, PublishedResource)
    assert by_id.revision == revision


def test_an_address_leads_on_when_the_resource_moved_or_was_taken_down(alice: User, carl: User) -> None:
    one, two = (a_published(author=alice, approver=carl, slug=slug) for slug in ("en", "to"))
    rename(one.resource, by=carl, now=NOW, slug="ny")
    assert published_resource("en") == Moved("ny")
    retire(one, by=carl, now=NOW, seen=one.version, reason="Slått sammen.", successor=two.resource)
    expected = Retired(
        public_id=str(one.resource.public_id),
        slug="ny",
        title="Fire stoler (nn)",
        reason="Slått sammen.",
        successor="to",
        successor_id=str(two.resource.public_id),
    )
    assert published_resource("ny", language="nn") == published_by_public_id(expected.public_id, language="nn") == expected
    retire(two, by=carl, now=NOW, seen=two.version, reason="Utdatert.")
    assert published_resource("ny", language="nn") == replace(expected, successor="", successor_id="")


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED, Status.RETIRED, Status.SUPERSEDED}))
def test_what_was_never_public_is_not_found(status: Status, alice: User, carl: User) -> None:
    resource = revision_in(status, author=alice, curator=carl).resource
    with pytest.raises(NotFound):
        published_resource(resource.slug)
    with pytest.raises(NotFound):
        published_by_public_id(str(resource.public_id))
    assert list(published_ids()) == []


@pytest.mark.parametrize("wrong", ["tull", "", "1", "\x00", "3f2b8c5e-0000-4000-8000-000000000000"])
def test_what_is_no_id_is_not_found(wrong: str) -> None:
    with pytest.raises(NotFound):
        published_by_public_id(wrong)


SCOPES = {
    "lars": ("term:word_pair:valg-og-tilfeldigheter", "organisation:skolen"),
    "olav": ("organisation:senteret",),
    "else": ("term:word_pair:endring-og-stabilitet", "term:format:valg-og-tilfeldigheter", "organisation:skolen", "organisation:", "tull"),
}
"""Reviewers of a part of the bank: by its pair, by its organisation, and of everything else."""
EVERYBODY = {"anonymous", "sam", "adam", "bob", "alice", "rita", "rune", "carl", *SCOPES}
SEES = {
    Status.DRAFT: {"alice", "carl"},
    Status.IN_REVIEW: {"alice", "carl", "rita", "rune", "lars", "olav"},
    Status.CHANGES_REQUESTED: {"alice", "carl"},
    Status.APPROVED: {"alice", "carl"},
    Status.PUBLISHED: EVERYBODY,
    Status.SUPERSEDED: EVERYBODY,
    Status.RETIRED: {"alice", "carl"},
    Status.REJECTED: {"alice", "carl"},
    Status.DISCARDED: {"alice", "carl"},
}


def limited(name: str, *scopes: str) -> User:
    """A reviewer of a part of the bank."""
    user = person(name)
    for scope in scopes:
        hold(user, scope=scope)
    return user


@pytest.mark.parametrize("status", Status)
def test_a_revision_is_seen_by_those_it_concerns_and_not_found_by_others(
    status: Status, alice: User, carl: User, rita: User, adam: User, sam: User
) -> None:
    word = ContentTerm(vocabulary="word_pair", slug="valg-og-tilfeldigheter/valg", role="main", reason={"nb": "Ja.", "nn": "Ja."})
    content = whole_content(terms=(word, *whole_content().terms[1:]))
    revision = revision_in(status, author=alice, curator=carl, content=content)
    people = {"alice": alice, "carl": carl, "rita": rita, "adam": adam, "sam": sam}
    people |= {"bob": person("Bob", RoleName.CONTRIBUTOR), "rune": person("Rune", RoleName.REVIEWER)}
    people |= {name: limited(name, *scopes) for name, scopes in SCOPES.items()}
    Resource.objects.filter(pk=revision.resource_id).update(organisation=Organisation.objects.create(slug="senteret", name="Senteret"))
    seen = set()
    everybody: dict[str, Actor] = {**people, "anonymous": AnonymousUser()}
    for name, user in everybody.items():
        try:
            assert revision_for(user, revision.pk) == revision
        except NotFound:
            continue
        seen.add(name)
    assert seen == SEES[status]


def test_a_reviewer_keeps_seeing_what_they_took_and_decided(alice: User, rita: User, carl: User) -> None:
    taken = handed_in(by=alice)
    take(taken, by=rita, now=NOW, seen=taken.version)
    decided = passed(handed_in(by=alice), by=rita)
    retire(decided, by=carl, now=NOW, seen=decided.version, reason="Utdatert.")
    assert set(visible_revisions(rita)) == {taken, decided}


def test_a_reviewer_of_a_part_keeps_seeing_what_they_decided_and_loses_it_with_the_role(alice: User, carl: User) -> None:
    lars = limited("Lars", "term:word_pair:valg-og-tilfeldigheter")
    waiting = handed_in(by=alice)
    request_changes(waiting, by=lars, now=NOW, seen=waiting.version, note="Kort ned.")
    assert set(visible_revisions(lars)) == {waiting}
    lars.roles.all().delete()
    assert set(visible_revisions(lars)) == set()


COVERERS = {
    "nobody": (),
    "the author": ("author",),
    "a reviewer of all": ("",),
    "a reviewer of its pair": ("term:word_pair:valg-og-tilfeldigheter",),
    "a reviewer of its organisation": ("organisation:senteret",),
    "a reviewer of something else": ("term:word_pair:endring-og-stabilitet", "organisation:skolen", "organisation:", "term:word_pair:"),
    "a reviewer who translated it": ("translator",),
    "a reviewer from the same organisation": ("colleague",),
    "a suspended reviewer": ("suspended",),
}


@pytest.mark.parametrize("kin", [True, False])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("pair", ["valg-og-tilfeldigheter", "valg-og-tilfeldigheter/valg"])
@pytest.mark.parametrize("who", COVERERS)
def test_what_nobody_covers_is_what_nobody_could_take(who: str, pair: str, own: bool, kin: bool, alice: User, settings: Settings) -> None:
    settings.BANK_NO_OWN_ORGANISATION = not own
    reason = {"nb": "Ja.", "nn": "Ja."}
    terms = (ContentTerm(vocabulary="word_pair", slug=pair, role="main", reason=reason), *whole_content().terms[1:])
    revision = handed_in(by=alice, content=whole_content(terms=terms))
    centre = Organisation.objects.create(slug="senteret", name="Senteret")
    Resource.objects.filter(pk=revision.resource_id).update(organisation=centre if kin else None)
    fresh = Revision.objects.select_related("resource").get(pk=revision.pk)
    for scope in COVERERS[who]:
        match scope:
            case "author":
                give_role(alice, role=RoleName.REVIEWER)
            case "translator":
                Contribution.objects.create(revision=revision, user=person("Ivar", RoleName.CURATOR), part="translator")
            case "colleague":
                Membership.objects.create(organisation=centre, user=person("Kaia", RoleName.REVIEWER))
            case "suspended":
                person("Siv", RoleName.REVIEWER)
                User.objects.filter(name="Siv").update(is_active=False)
            case _:
                limited(f"Lars{len(scope)}", scope)
    (found,) = Revision.objects.filter(pk=revision.pk).annotate(covered=somebody_covers())
    assert found.covered == any(can(user, Action.TAKE, fresh) for user in User.objects.all())


def test_a_picture_of_a_draft_is_seen_by_those_who_may_read_the_draft(alice: User, rita: User, carl: User, sam: User) -> None:
    picture = a_picture()
    Rendition.objects.create(file=MediaFile.objects.get(sha256=picture.sha256), width=320, height=240, bytes=9, sha256="b" * 64)
    draft = a_draft(by=alice, content=whole_content(pictures=(picture,)))
    people: tuple[Actor, ...] = (alice, rita, carl, sam, AnonymousUser())
    assert [picture_is_visible(user, picture.sha256, 320) for user in people] == [True, False, True, False, False]
    assert not picture_is_visible(alice, picture.sha256, 640)
    assert not picture_is_public(picture.sha256, 320)
    submit(draft, by=alice, now=NOW, seen=draft.version)
    assert [picture_is_visible(user, picture.sha256, 320) for user in people] == [True, True, True, False, False]


def test_old_versions_of_a_retired_resource_are_not_public(alice: User, carl: User) -> None:
    first = a_published(author=alice, approver=carl)
    second = passed(next_version(first, author=alice), by=carl)
    assert first in visible_revisions(AnonymousUser())
    retire(second, by=carl, now=NOW, seen=second.version, reason="Rettigheter.")
    assert list(visible_revisions(AnonymousUser())) == []
    assert Resource.objects.get(pk=first.resource_id).published is None


def test_a_suspended_curator_sees_what_everybody_sees(alice: User, carl: User) -> None:
    a_draft(by=alice)
    User.objects.filter(pk=carl.pk).update(is_active=False)
    assert list(visible_revisions(User.objects.get(pk=carl.pk))) == []


def test_terms_come_in_their_order_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = terms("word_pair")
        assert found[0].slug == "meg-i-kontekst"
        assert {term.vocabulary.slug for term in found} == {"word_pair"}
        assert {term.parent.slug for term in found if term.parent} == {term.slug for term in found if not term.parent}
    with django_assert_num_queries(1):
        assert {term.vocabulary_id for term in terms()} >= {"word_pair", "competence", "licence"}


def test_labels_fall_back_to_the_nearest_language(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        labels = term_labels("nn")
    assert labels["kind", "group-game"] == "Gruppeleik"
    assert term_labels("uk")["kind", "group-game"] == "Gruppelek"


def test_a_working_title_says_that_it_is_one() -> None:
    titles = {term.slug: term.working_title for term in terms("competence")}
    assert titles["veiledningsprosesser-og-relasjoner"] is False
    assert titles["omrade-2"] is True
