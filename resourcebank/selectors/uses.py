"""What is known of how resources were used, and the level `tried` that follows from it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from resourcebank.models import Form, Step, UseReport
from resourcebank.workflow import Assurance

TRIED = "tried"
"""The level above `reviewed`. It is worked out each time and stands in no column."""
SETTINGS = 3
"""Reports from so many different settings make a reviewed resource tried."""
_FEW = 500
"""More than these are not named one by one in a statement."""


def steps_hash(forms: Iterable[Form], minutes: Iterable[int | None]) -> str:
    """SHA-256 (hexadecimal) of what is done and how long each step takes.

    Of the ordinary forms those count that were not made from another: a translation that is added or mended changes nothing of the method.
    """
    ordinary = [form for form in forms if not form.level]
    first = [form for form in ordinary if form.made_from_id is None] or ordinary
    body = [list(minutes), sorted([form.language, *form.steps] for form in first)]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def current_steps_hash(revision_id: int) -> str:
    """The hash of a revision's steps as they stand: two statements."""
    return _hashes([revision_id])[revision_id]


def tried_among(published: Mapping[int, tuple[int, str]]) -> set[int]:
    """The tried ones among published revisions, given as revision -> (resource, stored assurance), all by their keys.

    No statement when none is reviewed, one when none has enough reports, else three.
    """
    reviewed = {revision: resource for revision, (resource, level) in published.items() if level == Assurance.REVIEWED}
    if not reviewed:
        return set()
    settings = defaultdict[tuple[int, str], set[int]](set)
    rows = UseReport.objects.filter(resource__published__assurance=Assurance.REVIEWED)
    if len(reviewed) <= _FEW:
        rows = rows.filter(resource__in=reviewed.values())
    for resource, sealed, setting in rows.values_list("resource_id", "steps_hash", "setting_id").distinct().order_by():
        settings[resource, sealed].add(setting)
    enough = {key for key, found in settings.items() if len(found) >= SETTINGS}
    likely = [revision for revision, resource in reviewed.items() if any(resource == each for each, _sealed in enough)]
    return {revision for revision, sealed in _hashes(likely).items() if (reviewed[revision], sealed) in enough} if likely else set()


def _hashes(revision_ids: Sequence[int]) -> dict[int, str]:
    forms, minutes = defaultdict[int, list[Form]](list), defaultdict[int, list[int | None]](list)
    for form in Form.objects.filter(revision__in=revision_ids, level=""):
        forms[form.revision_id].append(form)
    for step in Step.objects.filter(revision__in=revision_ids).order_by("position"):
        minutes[step.revision_id].append(step.minutes)
    return {revision: steps_hash(forms[revision], minutes[revision]) for revision in revision_ids}
