"""Telling the indexes that readers see something new."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from resourcebank.catalogue.declaration import SCHEMA
from resourcebank.catalogue.documents import CATALOGUE
from resourcebank.models import Resource
from search.changelog import record_change
from search.indexing import catch_up_soon


def note_change(resources: Iterable[Resource], *, soon: bool = True) -> None:
    """Note in the caller's transaction that what readers see of these resources changed.

    The indexes follow after its commit, or (`soon` false, for thousands at once) when the worker comes to it.
    """
    record_change(SCHEMA.name, [str(resource.public_id) for resource in resources])
    if soon:
        catch_up_after_commit()


def catch_up_after_commit() -> None:
    """Bring the indexes up to date as soon as the transaction is committed, once however often it is asked for."""
    waiting = [function for _, function, _ in transaction.get_connection().run_on_commit]
    if _catch_up not in waiting:
        transaction.on_commit(_catch_up)


def _catch_up() -> None:
    catch_up_soon(CATALOGUE)
