"""Taking away what was kept only for a while."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction


@transaction.atomic
def forget_expired(*, now: datetime) -> int:
    """Delete what the cache keeps beyond its time, and say how many rows: the cache itself only stops showing them.

    Among them are the hashed addresses of those who sent a form, which are promised to be gone after an hour.
    """
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now.astimezone(UTC))])  # noqa: S608  the table's name is ours
        return int(cursor.rowcount)
