"""Keeping the words that lead to a resource although its text does not hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resourcebank.errors import Invalid, Problem
from resourcebank.models import Resource, Revision, SearchWords, User
from resourcebank.policies import require_curator
from resourcebank.search_words import LANGUAGES, MAX_LENGTH, MAX_WORDS, tidy_words
from resourcebank.services import audit
from resourcebank.services.changes import tell_public


@transaction.atomic
def keep_search_words(resource: Resource, *, words: Mapping[str, Sequence[str]], by: User, now: datetime) -> bool:
    """Put these words in the place of all that were there; False when nothing is new. No new revision: the text stays as it is.

    Raises LoginNeeded, NotAllowed, Invalid with the language as field.
    """
    require_curator(by)
    wanted = {language: tidy for language in LANGUAGES if (tidy := tidy_words(words.get(language, ())))}
    if problems := tuple(_problems(wanted)):
        raise Invalid(problems=problems)
    audit.hold(resource.pk)
    there = {row.language: row for row in SearchWords.objects.filter(resource=resource)}
    new = {language: lines for language, lines in wanted.items() if language not in there or there[language].lines != lines}
    gone = there.keys() - wanted.keys()
    if not new and not gone:
        return False
    SearchWords.objects.filter(resource=resource, language__in=gone | new.keys()).delete()
    SearchWords.objects.bulk_create(
        SearchWords(resource=resource, language=language, words="\n".join(lines), changed_by=by, changed_at=now)
        for language, lines in new.items()
    )
    revision = Revision.objects.filter(resource=resource).order_by("-number")[0]
    details = {"new": sorted(new), "gone": sorted(gone)}
    audit.record(revision, by=by, action="search_words", now=now, from_status=revision.status, details=details)
    if Resource.objects.filter(pk=resource.pk, published__isnull=False).exists():
        tell_public(resource, kind="changed", now=now)
    return True


def _problems(wanted: Mapping[str, Sequence[str]]) -> list[Problem]:
    problems = []
    for language, lines in wanted.items():
        if len(lines) > MAX_WORDS:
            message = _("Høyst %(most)d søkeord på hvert språk. Ta bort de svakeste.") % {"most": MAX_WORDS}
            problems.append(Problem(language, "too-many", message))
        if long := next((line for line in lines if len(line) > MAX_LENGTH), ""):
            message = _("«%(words)s …» er for langt. Et søkeord har høyst %(most)d tegn.") % {"words": long[:30], "most": MAX_LENGTH}
            problems.append(Problem(language, "too-long", message))
    return problems
