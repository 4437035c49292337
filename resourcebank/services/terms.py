"""Naming the terms of the framework on the site."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from resourcebank.catalogue import forget_labels, note_change
from resourcebank.errors import NameNeeded
from resourcebank.models import Resource, Term, User
from resourcebank.policies import require_run_site


@transaction.atomic
def relabel(term: Term, *, labels: Mapping[str, str], by: User) -> Term:
    """Give a term other names; those of languages that are not mentioned stay. The slug never changes.

    A name edited here is kept when the file is loaded again (`loaded` tells them apart). Resources that carry the term are noted for
    the index. Raises NotAllowed, and NameNeeded when no bokmål name would be left.
    """
    require_run_site(by)
    named = {code: " ".join(labels[code].split()) for code, _name in settings.LANGUAGES if code in labels}
    merged = {code: name for code, name in {**term.labels, **named}.items() if name}
    if not merged.get("nb"):
        raise NameNeeded
    if merged != term.labels:
        term.labels = merged
        term.save(update_fields=["labels"])
        linked = Q(published__term_links__term=term) | Q(published__kind=term) | Q(published__licence=term)
        note_change(list(Resource.objects.filter(linked).distinct()))
        transaction.on_commit(forget_labels)
    return term
