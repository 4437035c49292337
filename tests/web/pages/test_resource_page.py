"""A resource: every part in its order, in the form the reader chose, with the truth about how it is assured."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from resourcebank.content import ContentTerm
from resourcebank.models import Form, OldSlug, Resource, Step, TermLink
from resourcebank.services.publication import retire
from resourcebank.workflow import RoleName
from tests.factories import NOW, a_published, person, whole_content, whole_form
from tests.starter_bank import index_in
from tests.web.pages.conftest import Read, whole

PARTS = {
    "nb": ["Hensikt", "Slik gjør du", "Spør gjerne om", "Tilpass", "Pass på", "Deltakerark", "Om ressursen"],
    "nn": ["Føremål", "Slik gjer du", "Spør gjerne om", "Tilpass", "Pass på", "Deltakarark", "Om ressursen"],
    "en": ["Purpose", "What you do", "Questions you can ask", "Adapt", "Take care", "Participant sheet", "About this resource"],
}
ARABIC = whole_form("ar", title="أربعة كراسي", participant_sheet="**أربعة كراسي**\n\n1. اختر كرسيًا.", translated_by="Layla")


def headings(text: str) -> list[str]:
    """The level-2 headings of a page's own parts, without icons."""
    own = text.partition('<section class="part similar"')[0]
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", own, flags=re.DOTALL)
    return [re.sub(r"<svg.*?</svg>", "", each, flags=re.DOTALL).strip() for each in found]


@pytest.mark.parametrize("language", PARTS)
def test_the_parts_stand_in_their_order_with_names_in_the_interface_language(language: str, read: Read) -> None:
    assert headings(read(f"/{language}/ressurs/kast-og-velg/"))[1:] == PARTS[language]


@pytest.mark.parametrize(("address", "language", "level"), [
    ("/nb/ressurs/kast-og-velg/", "nb", ""),
    ("/nn/ressurs/fire-stoler/", "nn", ""),
    ("/nb/ressurs/fire-stoler/?form=nn", "nn", ""),
    ("/en/ressurs/fire-stoler/", "en", ""),
    ("/en/ressurs/kast-og-velg/", "nb", ""),
    ("/nn/ressurs/kast-og-velg/?form=nb-a2", "nb", "A2"),
])  # fmt: skip
def test_the_form_is_the_asked_for_or_the_best_for_the_reader(address: str, language: str, level: str, read: Read) -> None:
    text = read(address)
    form = Form.objects.get(revision__published_resource__slug=address.split("/")[3], language=language, level=level)
    assert f'<h1 lang="{language}" dir="ltr">{form.title}</h1>' in text
    assert len(re.findall(r'class="pill" href="[^"]+" aria-current="true"', text)) == 1


def test_every_form_can_be_chosen_by_its_own_name(read: Read) -> None:
    text = read("/nb/ressurs/kast-og-velg/")
    names = re.findall(r'<a class="pill" href="/nb/ressurs/kast-og-velg/\?form=([\w-]+)"[^>]*><bdi lang="(\w+)">', text)
    assert names == [("nb", "nb"), ("nb-a2", "nb"), ("nn", "nn")]
    assert "lettlest (A2)" in text


def test_the_easy_read_form_shows_the_counsellors_care_beside_its_own(read: Read) -> None:
    care = read("/nb/ressurs/kast-og-velg/?form=nb-a2").partition("part-care")[2].partition("</section>")[0]
    forms = Form.objects.filter(revision__published_resource__slug="kast-og-velg", language="nb")
    assert len(forms) == 2
    for form in forms:
        assert form.care.split(".")[0] in unescape(care)
    assert "Til deg som veileder" in care
    assert "Til deg som veileder" not in read("/nb/ressurs/kast-og-velg/")


def test_a_form_says_the_level_it_asks_for(read: Read) -> None:
    assert "Norsk B1" in read("/nb/ressurs/kast-og-velg/")
    assert "Norsk A2" in read("/nb/ressurs/kast-og-velg/?form=nb-a2")


def test_steps_carry_the_minutes_of_the_time_plan(read: Read) -> None:
    steps = read("/nb/ressurs/kast-og-velg/").partition('<ol class="steps">')[2].partition("</ol>")[0]
    planned = Step.objects.filter(revision__published_resource__slug="kast-og-velg").order_by("position")
    assert re.findall(r'step-minutes">([^<]+)<', steps) == [f"{step.minutes} min" for step in planned]


@pytest.mark.parametrize(("language", "sentence"), [
    ("nb", "Ingen i feltet har vurdert ressursen ennå"),
    ("nn", "Ingen i feltet har vurdert ressursen enno"),
    ("en", "Nobody in the field has reviewed the resource yet"),
])  # fmt: skip
def test_a_checked_resource_never_claims_to_be_more(language: str, sentence: str, read: Read) -> None:
    text = read(f"/{language}/ressurs/kast-og-velg/")
    assert sentence in text
    assert 'data-level="checked"' in text


def test_a_reviewed_resource_says_who_can_have_reviewed_it(read: Read) -> None:
    author, reviewer = person("Amina", RoleName.CONTRIBUTOR), person("Rune", RoleName.REVIEWER)
    a_published(author=author, approver=reviewer, slug="vurdert")
    text = read("/nb/ressurs/vurdert/")
    assert "Fagvurdert" in text
    assert "En veileder med kompetanse i feltet har vurdert" in text
    assert "Lest 22. november 2026 av 1 fagvurderer." in text


def test_the_links_to_the_framework_give_their_reasons_and_mark_working_titles(read: Read) -> None:
    reason = {"nb": "Veilederen øver på kartlegging.", "nn": "Rettleiaren øver på kartlegging."}
    content = whole_content()
    term = ContentTerm(vocabulary="competence", slug="omrade-3", role="touches", reason=reason)
    a_published(author=person("Amina", RoleName.CONTRIBUTOR), approver=person("Karl", RoleName.CURATOR),
                content=replace(content, terms=(*content.terms, term)), slug="koblet")  # fmt: skip
    about = read("/nn/ressurs/koblet/").partition('class="links"')[2].partition("</ul>")[0]
    assert "Øvinga handlar om å velje." in about
    assert "Rettleiaren øver på kartlegging." in about
    assert re.search(r'/nn/standard/omrade-3/">Kartlegging og informasjon</a> <span class="working-title">arbeidstittel</span>', about)
    assert about.count("arbeidstittel") == 1


@pytest.mark.parametrize("slug", ["fem-sma-valg", "hvor-ville-du-statt"])
def test_a_resource_has_the_colour_of_the_pair_it_is_about_not_of_one_it_touches(slug: str, read: Read) -> None:
    roles = TermLink.objects.filter(revision__published_resource__slug=slug, term__vocabulary="word_pair")
    about = {link.term.slug.split("/")[0] for link in roles.filter(role="main")}
    assert {link.term.slug.split("/")[0] for link in roles} - about, "this resource touches no other pair"
    [colour] = re.findall(r'<div class="wrap" data-color="([\w-]+)"', read(f"/nb/ressurs/{slug}/"))
    assert colour in about
    card = read("/nb/sok/").partition(f'href="/nb/ressurs/{slug}/"')[0].rpartition('<li class="card" data-color="')[2]
    assert card.startswith(f'{colour}"')


def test_text_from_right_to_left_carries_its_language_and_direction_everywhere(read: Read) -> None:
    forms = (whole_form("nb"), whole_form("nn"), ARABIC)
    a_published(author=person("Amina", RoleName.CONTRIBUTOR), approver=person("Karl", RoleName.CURATOR),
                content=whole_content(forms=forms), slug="fire")  # fmt: skip
    text = read("/nb/ressurs/fire/?form=ar")
    assert '<h1 lang="ar" dir="rtl">أربعة كراسي</h1>' in text
    parts = text.partition('class="resource-parts"')[2].partition('aria-labelledby="about-heading"')[0]
    assert len(re.findall(r'lang="ar" dir="rtl"', parts)) >= 6
    assert "Oversatt av" in text
    assert "ikke kontrollert av noen som har språket som morsmål" in text
    assert '<main id="innhold" class="stage" lang="ar" dir="rtl"' in read("/nb/ressurs/fire/deltaker/?form=ar")


def test_the_participant_sees_the_sheet_and_nothing_else(read: Read) -> None:
    text = read("/nb/ressurs/kast-og-velg/deltaker/?form=nb-a2")
    assert text.count("<h1>") == 1
    assert "<nav" not in text
    assert "<script" not in text
    assert "Pass på" not in text
    assert 'href="/nb/ressurs/kast-og-velg/?form=nb-a2"' in text


@pytest.mark.parametrize(("query", "large"), [("", False), ("&stor=1", True), ("&stor=0", False), ("&stor=ja", False)])
def test_the_sheet_comes_in_ordinary_and_large_type(query: str, large: bool, read: Read) -> None:
    text = read(f"/nb/ressurs/fem-sma-valg/ark/?form=nb{query}")
    assert ('class="sheet-page large"' in text) is large
    assert 'class="blank" role="img" aria-label="plass til å skrive"' in text
    assert "/nb/ressurs/fem-sma-valg/" in text.partition("sheet-address")[2]


def test_a_linked_resource_leads_to_its_publisher_and_shows_only_the_parts_it_has(read: Read) -> None:
    form = whole_form("nb", steps=(), questions=(), adaptations=(), participant_sheet="")
    content = whole_content(
        origin="linked", source_url="https://example.org/film", step_minutes=(), forms=(form, replace(form, language="nn"))
    )
    a_published(author=person("Amina", RoleName.CONTRIBUTOR), approver=person("Karl", RoleName.CURATOR), content=content, slug="lenket")
    text = read("/nb/ressurs/lenket/")
    assert 'href="https://example.org/film" rel="noopener noreferrer"' in text
    assert headings(text)[1:] == ["Hensikt", "Pass på", "Om ressursen"]
    assert "Vis for deltaker" not in text


def test_an_old_address_leads_to_the_present_one_with_the_same_form(client: Client) -> None:
    OldSlug.objects.create(slug="terningen", resource=Resource.objects.get(slug="kast-og-velg"))
    for page in ("", "deltaker/", "ark/"):
        response = client.get(f"/nn/ressurs/terningen/{page}?form=nb-a2")
        assert (response.status_code, response["Location"]) == (301, f"/nn/ressurs/kast-og-velg/{page}?form=nb-a2")


@pytest.mark.parametrize(("language", "said", "way_out"), [
    ("nb", "«Kast og velg» er trukket tilbake", "Se ressursen som erstatter den"),
    ("nn", "er trekt tilbake", "Sjå ressursen som erstattar han"),
    ("en", "has been withdrawn", "See the resource that replaces it"),
])  # fmt: skip
def test_a_retired_resource_says_why_and_what_replaces_it(language: str, said: str, way_out: str, client: Client) -> None:
    resource = Resource.objects.get(slug="kast-og-velg")
    assert resource.published
    successor = Resource.objects.get(slug="fem-sma-valg")
    curator = person("Karl", RoleName.CURATOR)
    retire(resource.published, by=curator, now=NOW, seen=resource.published.version, reason="Terningen <er> borte.", successor=successor)
    for page in ("", "deltaker/", "ark/"):
        response = client.get(f"/{language}/ressurs/kast-og-velg/{page}")
        assert response.status_code == 410
        text = whole(response)
        assert said in text
        assert "Terningen &lt;er&gt; borte." in text
        assert f'href="/{language}/ressurs/fem-sma-valg/">{way_out}' in text


def test_what_was_never_published_cannot_be_read(client: Client) -> None:
    author = person("Amina", RoleName.CONTRIBUTOR)
    published = a_published(author=author, approver=person("Karl", RoleName.CURATOR), slug="utkast-under")
    Resource.objects.create(slug="bare-utkast", owner=author)
    assert client.get("/nb/ressurs/bare-utkast/").status_code == 404
    assert published.forms.first() is not None


def test_stored_text_is_only_ever_text(read: Read) -> None:
    nasty = "<script>alert(1)</script> <img src=x onerror=alert(1)> [k](javascript:alert(1))"
    form = whole_form("nb", title=nasty, summary=nasty, goal=nasty, steps=(nasty,) * 3, care=nasty, participant_sheet=nasty)
    content = whole_content(forms=(form, replace(form, language="nn")))
    a_published(author=person("Amina", RoleName.CONTRIBUTOR), approver=person("Karl", RoleName.CURATOR), content=content, slug="ond")
    for page in ("", "deltaker/", "ark/"):
        text = read(f"/nb/ressurs/ond/{page}")
        assert "<script>alert" not in text
        assert "<img" not in text
        assert 'href="javascript' not in text
        assert nasty.split(" [", maxsplit=1)[0] in unescape(text)


def test_a_resource_costs_few_statements(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/nb/ressurs/kast-og-velg/")
    with django_assert_max_num_queries(7):
        client.get("/nb/ressurs/kast-og-velg/")


def test_resources_like_it_stand_below_and_are_not_missed_while_search_is_down(client: Client, read: Read, tmp_path: Path) -> None:
    text = read("/nb/ressurs/fem-sma-valg/").partition('<section class="part similar"')[2].partition("</section>")[0]
    assert "Ligner på denne" in text
    leads = re.findall(r'href="/nb/ressurs/([\w-]+)/" lang="nb" dir="ltr"', text)
    assert 0 < len(leads) <= 4
    assert "fem-sma-valg" not in leads
    for slug in leads:
        assert client.get(f"/nb/ressurs/{slug}/").status_code == 200
    with index_in(tmp_path):
        without = read("/nb/ressurs/fem-sma-valg/")
    assert "Ligner på denne" not in without
    assert "Ligner på denne" not in read("/nb/ressurs/fem-sma-valg/deltaker/")
