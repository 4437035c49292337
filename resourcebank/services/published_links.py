"""The addresses published texts lead to, kept as rows, so that what is due to be looked at is found without reading any text."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from resourcebank.content import contents_of
from resourcebank.findings.links import links_of
from resourcebank.models import LinkCheck, PublishedLink, Resource, Revision

_AT_A_TIME = 100


def keep_links(resource_ids: Collection[int]) -> int:
    """Make the rows of these resources say what their public texts lead to, in the caller's transaction; gives how many rows changed.

    What is known of an address goes when the last text that leads to it does.
    """
    wanted = _wanted(resource_ids)
    kept = {(row.resource_id, row.address): row.pk for row in PublishedLink.objects.filter(resource__in=resource_ids)}
    gone = kept.keys() - wanted
    PublishedLink.objects.filter(pk__in=[kept[pair] for pair in gone]).delete()
    new = sorted(wanted - kept.keys())
    PublishedLink.objects.bulk_create([PublishedLink(resource_id=resource, address=address) for resource, address in new])
    forget_unused({address for _resource, address in gone})
    return len(gone) + len(new)


def _wanted(resource_ids: Collection[int]) -> set[tuple[int, str]]:
    public = list(Revision.objects.filter(published_resource__in=resource_ids).select_related("kind", "licence"))
    contents = contents_of(public)
    return {(revision.resource_id, address) for revision in public for address in links_of(contents[revision.pk])}


def forget_unused(addresses: Collection[str] | None = None) -> int:
    """Delete what is known of addresses (all, unless some are named) that no published text leads to; gives how many."""
    among = Q() if addresses is None else Q(address__in=addresses)
    unused = LinkCheck.objects.filter(among).filter(~Exists(PublishedLink.objects.filter(address=OuterRef("address"))))
    return unused.delete()[0]


def keep_all_links() -> int:
    """Go through every resource and mend its rows, a few resources a transaction; gives how many rows changed.

    Needed once on a site from before there were rows; afterwards it finds nothing. What somebody publishes at the moment is left to them.
    """
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            some = Resource.objects.select_for_update(skip_locked=True).filter(pk__gt=last).order_by("pk")
            ids = list(some.values_list("pk", flat=True)[:_AT_A_TIME])
            if not ids:
                break
            changed += keep_links(ids)
            last = ids[-1]
    return changed + forget_unused()
