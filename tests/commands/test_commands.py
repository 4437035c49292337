"""The commands at the prompt, on a real database and a real index."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from resourcebank.catalogue import SCHEMA
from resourcebank.models import AuditEvent, Resource, User
from resourcebank.services.publication import retire
from search.changelog import head, record_change
from search.engines import configured
from search.engines.base import Delete
from search.models import IndexChange
from tests.factories import NOW, a_published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework", "index_folder")]


@pytest.fixture
def index_folder(tmp_path: Path) -> Any:
    """An index of its own for the test."""
    with override_settings(SEARCH=settings.SEARCH | {"INDEX_DIR": tmp_path}):
        yield tmp_path


@pytest.fixture
def published(alice: User, carl: User) -> Resource:
    """One published resource, indexed."""
    revision = a_published(author=alice, approver=carl)
    run("reindex")
    return revision.resource


def run(*words: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_search_prints_what_the_pages_find(published: Resource) -> None:
    answer = json.loads(run("search", "stolene", "--filter", "word_pair=valg-og-tilfeldigheter", "--json"))
    assert [hit["id"] for hit in answer["results"]] == [str(published.public_id)]
    assert answer["engine"] == "embedded"
    assert {value["value"]: value["count"] for value in answer["facets"]["language"]} == {"nb": 1, "nn": 1}


def test_search_marks_the_words_it_found(published: Resource) -> None:
    (hit,) = json.loads(run("search", "stol", "--json"))["results"]
    assert [hit["title"][start:end] for start, end in hit["highlights"]] == ["stoler"]


def test_search_says_what_is_near_a_value_nobody_knows(published: Resource) -> None:
    with pytest.raises(CommandError, match="Did you mean one-to-one"):
        run("search", "stol", "--filter", "format=one-to-on")


def test_search_explains_how_a_word_is_understood(published: Resource) -> None:
    told = run("search", 'hva stolene karriereknapp stolr "fire stoler" -krise', "--explain")
    assert "must stand as it is, in any form: fire stoler" in told
    assert "must not be there: krise" in told
    assert "hva (stop word, not looked for)" in told
    about = {line.split()[0]: told.partition(f"\n{line}\n")[2] for line in told.splitlines() if not line.startswith(" ")}
    assert "no stol," in about["stolene"].partition("grams")[0]
    assert "known in      no" in about["stolene"].partition("grams")[0]
    assert "ordpar (table)" in about["karriereknapp"].partition("grams")[0]
    assert "nobody wrote it" in about["stolr"].partition("grams")[0]
    assert "stol" in about["stolr"].partition("meant as")[2].partition("grams")[0]
    assert "folded        forde" in run("search", "førde", "--explain")
    as_json = json.loads(run("search", "rettleiarane", "--explain", "--json"))
    assert as_json["explained"]["words"][0]["stems"]["no"] == "veileder"


def test_an_engine_that_is_not_set_up_is_said_with_a_way_out(published: Resource) -> None:
    with pytest.raises(CommandError, match="OPENSEARCH_URL"):
        run("reindex", "--engine", "opensearch")


def test_work_takes_what_waits_and_says_how_much(published: Resource) -> None:
    record_change(SCHEMA.name, [str(published.public_id)])
    assert run("work", "--once").startswith("1 documents")
    assert run("work", "--once").startswith("0 documents")


def test_reindex_drain_sends_only_what_waits(published: Resource) -> None:
    generation = configured.embedded(SCHEMA.name).folder.current()
    record_change(SCHEMA.name, [str(published.public_id)])
    assert "embedded: 1 documents sent" in run("reindex", "--drain")
    assert configured.embedded(SCHEMA.name).folder.current() == generation


def test_verify_holds_for_a_site_as_the_services_leave_it(published: Resource) -> None:
    assert "Every promise holds." in run("verify")


def test_verify_finds_a_document_missing_from_the_index_and_mends_it(published: Resource) -> None:
    engine = configured.embedded(SCHEMA.name)
    with engine.writer(SCHEMA, wait=5) as writer:
        writer.write([Delete(str(published.public_id), 1)], position=head(SCHEMA.name))
    with pytest.raises(SystemExit):
        run("verify")
    assert "Every promise holds." in run("verify", "--repair")
    assert "1 hits" in run("search", "stoler")


def test_verify_finds_a_retired_resource_that_is_still_in_the_index(published: Resource, carl: User) -> None:
    revision = published.published
    assert revision is not None
    retire(revision, by=carl, now=NOW, seen=revision.version, reason="Utdatert.")
    IndexChange.objects.all().delete()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--json", stdout=out)
    assert any("in the index but not published" in fault for fault in json.loads(out.getvalue())["faults"])


def test_verify_finds_history_that_was_tampered_with(published: Resource) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER bank_auditevent_update" + (" ON resourcebank_auditevent" if connection.vendor == "postgresql" else ""))
    AuditEvent.objects.filter(number=1).update(action="approve")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--json", stdout=out)
    assert any("does not match its seal" in fault for fault in json.loads(out.getvalue())["faults"])


def test_made_up_resources_keep_every_promise_and_are_found(published: Resource) -> None:
    assert run("create_demo", "--resources", "30", "--seed", "7", "--short").startswith("30 resources of 130 words")
    assert run("work", "--once").startswith("30 documents")
    assert "Every promise holds." in run("verify")
    assert json.loads(run("search", "--json"))["count"] == 31


def test_the_same_seed_makes_the_same_resources(published: Resource) -> None:
    for _ in range(2):
        run("create_demo", "--resources", "3", "--seed", "7", "--short")
    made = Resource.objects.filter(slug__startswith="demo-").order_by("pk").select_related("published")
    hashes = [resource.published.content_hash for resource in made if resource.published]
    assert len(hashes) == 6
    assert hashes[:3] == hashes[3:]


def test_made_up_resources_need_a_bank_to_be_made_from() -> None:
    with pytest.raises(CommandError, match="load_bank"):
        run("create_demo", "--resources", "1", "--seed", "1")


def test_evaluate_search_prints_one_object_with_every_figure(tmp_path: Path) -> None:
    documents, queries = tmp_path / "documents.tsv", tmp_path / "queries.tsv"
    documents.write_text("a\tVeilederen møter en søker i dag.\nb\tRettleiaren les eit kart.\tnn\nc\tEn katt sover.\n", encoding="utf-8")
    queries.write_text("a\tveiledere og søkere\nb\tkartet\n", encoding="utf-8")
    report = json.loads(run("evaluate_search", "--documents", str(documents), "--queries", str(queries)).splitlines()[-1])
    assert report["queries"] == 2
    assert report["ndcg@10"] == report["mrr@10"] == report["recall@20"] == report["success@3"] == 1
    assert report["zero_hits"] == 0
    assert {"engine", "p50_ms", "p95_ms", "stages", "mean_hits"} <= report.keys()


def test_evaluate_search_reads_graded_judgements(tmp_path: Path) -> None:
    documents, judgements = tmp_path / "documents.tsv", tmp_path / "judgements.tsv"
    documents.write_text("a\tkatt katt katt\nb\tkatt og hund i samme hus\n", encoding="utf-8")
    judgements.write_text("katt\ta\t1\nkatt\tb\t3\n", encoding="utf-8")
    report = json.loads(run("evaluate_search", "--documents", str(documents), "--judgements", str(judgements)).splitlines()[-1])
    # a first (gain 1), b second (gain 7): (1 + 7/log2(3)) / (7 + 1/log2(3))
    assert report["ndcg@10"] == pytest.approx(0.7098, abs=0.001)


def test_evaluate_search_says_which_file_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be read"):
        run("evaluate_search", "--documents", str(tmp_path / "none.tsv"), "--queries", str(tmp_path / "none.tsv"))
