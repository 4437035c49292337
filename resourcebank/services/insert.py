"""Many rows at once, for data that no form ever sees, without what `bulk_create` does for every field of every row."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model


def insert_rows(rows: Sequence[Model]) -> None:
    """Insert rows of one model that nobody needs the keys of. The values are prepared by the model's own fields."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]  # not the proxy: it looks itself up at every value
    options = rows[0]._meta
    fields = [field for field in options.concrete_fields if not (field.primary_key and field.get_internal_type().endswith("AutoField"))]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    prepare = [(field.attname, field.get_db_prep_save) for field in fields]
    values = [tuple(prep(getattr(row, name), connection) for name, prep in prepare) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(options.db_table)} ({names}) VALUES ({marks})", values)  # noqa: S608  names of our own models
