"""Loading the starter bank: read resources are published, a second run changes nothing, the site's own edits stay."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.management.base import CommandError
from django.test import override_settings

from resourcebank.content import content_of
from resourcebank.models import AuditEvent, Criterion, Decision, OldSlug, PublicChange, Resource, Revision, Term, User
from resourcebank.quality import findings
from resourcebank.services.bank import AUTHOR, CURATOR
from resourcebank.services.publication import rename, retire
from resourcebank.services.review import reject
from resourcebank.workflow import Status
from search.models import IndexChange
from tests.content.desk import SLUG, Desk
from tests.factories import NOW, a_published, next_version, passed

pytestmark = pytest.mark.usefixtures("framework")
CHECKED = 'checked_by = "Redaksjonen"'


def resource(slug: str = SLUG) -> Resource:
    return Resource.objects.select_related("published").get(slug=slug)


def published(slug: str = SLUG) -> Revision:
    revision = resource(slug).published
    assert revision
    return revision


def everything() -> tuple[object, ...]:
    revisions = list(Revision.objects.order_by("pk").values())
    resources = list(Resource.objects.order_by("pk").values())
    counts = [model.objects.count() for model in (AuditEvent, Decision, PublicChange, IndexChange, User, Term, Criterion)]
    return revisions, resources, counts


def edit_title(desk: Desk, title: str = "Tre ting jeg ikke planla") -> None:
    desk.edit("nb.md", "title: Tre hendelser jeg ikke planla", f"title: {title}")


def edited_on_the_site(*, alice: User, carl: User) -> Revision:
    """The public text is one of Alice's."""
    return passed(next_version(published(), author=alice), by=carl)


def test_what_somebody_has_read_is_published_as_checked(desk: Desk) -> None:
    assert desk.load() == "tre-hendelser: ny, publisert\n1 ny, publisert\n"
    revision = published()
    assert (revision.author.email, revision.author.name) == (AUTHOR, "Øvingsbanken")
    assert (revision.assurance, str(revision.assured_on)) == ("checked", "2026-11-22")
    decision = Decision.objects.get()
    assert (decision.reviewer.email, decision.reviewer.name) == (CURATOR, "Redaksjonen")
    assert decision.internal_note == "Lest av Redaksjonen 2026-11-22."
    assert decision.answers.count() == 5 + 2


def test_the_whole_folder_arrives(desk: Desk) -> None:
    desk.load()
    content = content_of(published())
    assert [form.code for form in content.forms] == ["nb", "nb-a2", "nn"]
    assert content.step_minutes == (3, 5, 6, 4, 4)
    assert content.minutes == (20, 40)
    assert set(content.slugs("audience")) == {"studenter", "arbeidssokere", "innvandrere"}
    easy = content.form("nb-a2")
    assert easy
    assert easy.steps[3] == "Se på ordene. Hva vil du gjøre mer av? Sett en ring rundt ordet."
    assert easy.participant_sheet.startswith("**Tre ting som bare skjedde**\n1. Tegn en strek.")
    assert easy.made_from == "nb"
    assert [finding for finding in findings(content) if finding.code == "form-stale"] == []


def test_neither_of_the_banks_own_hands_can_log_in(desk: Desk) -> None:
    desk.load()
    for user in User.objects.all():
        assert user.is_system
        assert not user.has_usable_password()
        assert authenticate(username=user.email, password="") is None


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    desk.another("en-til")
    desk.load()
    before = everything()
    assert desk.load() == "en-til: uendret\ntre-hendelser: uendret\n2 uendret\n"
    assert everything() == before


def test_a_changed_file_is_a_new_version(desk: Desk) -> None:
    desk.load()
    first = published()
    edit_title(desk)
    assert "endret, ny utgave publisert" in desk.load()
    second = published()
    assert (second.number, second.based_on) == (2, first)
    assert Revision.objects.get(pk=first.pk).status == Status.SUPERSEDED
    assert [change.kind for change in PublicChange.objects.order_by("sequence")] == ["published", "changed"]


def test_a_form_whose_source_changed_and_itself_did_not_is_stale(desk: Desk) -> None:
    desk.load()
    edit_title(desk)
    desk.load()
    stale = [finding.field for finding in findings(content_of(published())) if finding.code == "form-stale"]
    assert stale == ["forms.nb-a2.made_from", "forms.nn.made_from"]
    desk.edit("nn.md", "title: Tre hendingar eg ikkje planla", "title: Tre ting eg ikkje planla")
    desk.load()
    stale = [finding.field for finding in findings(content_of(published())) if finding.code == "form-stale"]
    assert stale == ["forms.nb-a2.made_from"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CHECKED, ""),
        ("checked_on = 2026-11-22\n", ""),
        ("checklist = {", "# {"),
        (', accessibility = "ok"', ""),
        ('care = "ok"', 'care = "not_ok"'),
    ],
    ids=["no name", "no day", "no checklist", "no answer to one point", "no to one point"],
)
def test_what_nobody_vouches_for_stays_a_draft(desk: Desk, old: str, new: str) -> None:
    whole = (desk.folder / "resource.toml").read_text(encoding="utf-8")
    path = desk.edit("resource.toml", old, new)
    assert "utkast: ingen har lest" in desk.load()
    assert resource().published is None
    before = everything()
    assert "uendret" in desk.load()
    assert everything() == before
    path.write_text(whole, encoding="utf-8")
    assert "ny, publisert" in desk.load()
    assert Revision.objects.get() == published()


def test_what_does_not_apply_is_vouched_for_and_kept_so(desk: Desk) -> None:
    desk.edit("resource.toml", 'accessibility = "ok"', 'accessibility = "not_relevant"')
    assert "ny, publisert" in desk.load()
    answers = Decision.objects.get().answers
    assert list(answers.exclude(value="ok").values_list("criterion__code", "value")) == [("accessibility", "not_relevant")]


def test_a_changed_draft_is_written_over(desk: Desk) -> None:
    desk.edit("resource.toml", CHECKED, "")
    desk.load()
    edit_title(desk)
    assert "utkast" in desk.load()
    form = Revision.objects.get().forms.get(language="nb", level="")
    assert form.title == "Tre ting jeg ikke planla"


def test_a_change_nobody_has_read_waits_as_a_draft_and_the_public_text_stays(desk: Desk) -> None:
    desk.load()
    edit_title(desk)
    desk.edit("resource.toml", CHECKED, "")
    assert "utkast" in desk.load()
    assert published().number == 1
    desk.edit("nb.md", "title: Tre ting jeg ikke planla", "title: Tre hendelser jeg ikke planla")
    assert "uendret" in desk.load()
    assert [revision.status for revision in Revision.objects.order_by("number")] == [Status.PUBLISHED, Status.DISCARDED]
    edit_title(desk)
    assert "utkast" in desk.load()
    assert Revision.objects.get(number=3).status == Status.DRAFT


def test_a_resource_edited_on_the_site_is_not_touched_while_its_files_stay(desk: Desk, alice: User, carl: User) -> None:
    desk.load()
    edited_on_the_site(alice=alice, carl=carl)
    before = everything()
    assert "uendret" in desk.load()
    assert everything() == before


def test_a_resource_edited_on_the_site_gets_a_draft_for_a_curator_instead(desk: Desk, alice: User, carl: User) -> None:
    desk.load()
    public = edited_on_the_site(alice=alice, carl=carl)
    edit_title(desk)
    assert "lagt til vurdering hos en redaktør" in desk.load()
    assert published() == public
    proposal = Revision.objects.get(status=Status.IN_REVIEW)
    assert (proposal.author.email, proposal.based_on) == (AUTHOR, public)
    before = everything()
    assert "uendret" in desk.load()
    assert everything() == before


def test_a_draft_that_the_site_has_overtaken_goes_to_a_curator(desk: Desk, alice: User, carl: User) -> None:
    desk.load()
    edit_title(desk)
    desk.edit("resource.toml", CHECKED, "")
    desk.load()
    public = edited_on_the_site(alice=alice, carl=carl)
    assert "lagt til vurdering hos en redaktør" in desk.load()
    assert published() == public
    assert Revision.objects.get(status=Status.IN_REVIEW).based_on == public


def test_a_proposal_follows_the_files_and_what_the_curator_turned_down_is_not_proposed_again(desk: Desk, alice: User, carl: User) -> None:
    desk.load()
    edited_on_the_site(alice=alice, carl=carl)
    edit_title(desk)
    desk.load()
    desk.edit("nb.md", "title: Tre ting jeg ikke planla", "title: Tre uventede ting")
    assert "lagt til vurdering" in desk.load()
    proposal = Revision.objects.get(status=Status.IN_REVIEW)
    assert proposal.forms.get(language="nb", level="").title == "Tre uventede ting"
    reject(proposal, by=carl, now=NOW, seen=proposal.version, reason="duplicate", note="Nettstedets tekst er bedre.")
    before = everything()
    assert "uendret" in desk.load()
    assert everything() == before


def test_a_proposal_is_begun_anew_from_what_is_public_now(desk: Desk, alice: User, carl: User) -> None:
    desk.load()
    edited_on_the_site(alice=alice, carl=carl)
    edit_title(desk)
    desk.load()
    newest = passed(next_version(published(), author=alice), by=carl)
    desk.edit("nb.md", "title: Tre ting jeg ikke planla", "title: Tre uventede ting")
    desk.load()
    assert Revision.objects.get(status=Status.IN_REVIEW).based_on == newest


def test_files_that_take_over_the_sites_text_change_nothing(desk: Desk, alice: User, carl: User) -> None:
    desk.load()
    first = published()
    edit_title(desk)
    desk.load()
    second = published()
    Revision.objects.filter(pk=second.pk).update(author=alice)
    before = everything()
    assert "uendret" in desk.load()
    assert everything() == before
    assert second.content_hash != first.content_hash


def test_a_resource_retired_on_the_site_stays_retired(desk: Desk, carl: User) -> None:
    desk.load()
    revision = published()
    retire(revision, by=carl, now=NOW, seen=revision.version, reason="Erstattet.")
    edit_title(desk)
    assert "trukket tilbake på nettstedet, ikke lastet" in desk.load()
    assert resource().published is None


def test_a_resource_with_another_address_is_still_the_same(desk: Desk, carl: User) -> None:
    desk.load()
    rename(resource(), by=carl, now=NOW, slug="tre-uventede-ting")
    edit_title(desk)
    assert "endret, ny utgave publisert" in desk.load()
    assert published("tre-uventede-ting").number == 2
    assert OldSlug.objects.get().slug == SLUG


def test_an_address_that_somebody_else_has_is_left_to_them(desk: Desk, alice: User, carl: User) -> None:
    theirs = a_published(author=alice, approver=carl, slug=SLUG)
    with pytest.raises(CommandError, match="adressen er i bruk"):
        desk.load()
    assert published() == theirs


def test_a_native_speakers_check_is_noted_without_a_new_version(desk: Desk) -> None:
    desk.load()
    number, hashed = published().number, published().content_hash
    desk.edit("nb-a2.md", "made_from: nb ", "checked_by: Amina\nchecked_on: 2026-12-01\nmade_from: nb ")
    assert "endret" in desk.load()
    form = published().forms.get(level="A2")
    assert (form.checked_by, str(form.checked_on)) == ("Amina", "2026-12-01")
    assert (published().number, published().content_hash) == (number, hashed)
    before = everything()
    assert "uendret" in desk.load()
    assert everything() == before


def test_what_the_site_says_of_who_checked_is_kept(desk: Desk) -> None:
    desk.load()
    published().forms.filter(level="A2").update(checked_by="Halima")
    desk.edit("nb-a2.md", "made_from: nb ", "checked_by: Amina\nmade_from: nb ")
    desk.load()
    assert published().forms.get(level="A2").checked_by == "Halima"


def test_a_faulty_resource_is_left_out_and_the_others_are_loaded(desk: Desk) -> None:
    desk.another("en-til")
    spoiled = [desk.edit("nb.md", "## care", "## omtanke"), desk.edit("resource.toml", '"activity"', '"spill"')]
    with pytest.raises(CommandError) as refused:
        desk.load()
    told = str(refused.value).splitlines()
    assert refused.value.returncode == 1
    assert {line.split(":")[0] for line in told[:-1]} == {str(path) for path in spoiled}
    assert all(line.split(":")[1].isdigit() for line in told[:-1])
    assert told[-1] == "1 ressurs er ikke lastet; de andre er det."
    assert [row.slug for row in Resource.objects.all()] == ["en-til"]


def test_a_faulty_change_leaves_the_public_text_as_it_was(desk: Desk) -> None:
    desk.load()
    before = everything()
    desk.edit("nb.md", "## care", "## omtanke")
    with pytest.raises(CommandError):
        desk.load()
    assert everything() == before


def test_a_retired_term_cannot_be_named_any_more(desk: Desk) -> None:
    Term.objects.filter(vocabulary="needs", slug="paper-and-pen").update(active=False)
    with pytest.raises(CommandError, match=r"resource\.toml:8: «paper-and-pen» finnes ikke"):
        desk.load()


@override_settings(BANK_PUBLISH_ON_APPROVAL=False)
def test_where_approving_does_not_publish_the_resource_waits_for_somebody_who_does(desk: Desk) -> None:
    assert "lagt til vurdering" in desk.load()
    assert Revision.objects.get().status == Status.APPROVED
    edit_title(desk)
    assert "lagt til vurdering" in desk.load()
    assert Revision.objects.get().forms.get(language="nb", level="").title == "Tre ting jeg ikke planla"


def test_a_folder_that_is_none_is_said(desk: Desk) -> None:
    desk.bank = desk.bank / "borte"
    with pytest.raises(CommandError, match="er ikke en mappe"):
        desk.load()
