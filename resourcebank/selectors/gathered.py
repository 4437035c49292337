"""Small rows that come along with the row they belong to, in its own statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import is_naive


class _Array(Func):
    """All rows as one list. No Aggregate: that would group by the columns of the row outside."""

    function = "JSON_GROUP_ARRAY"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


class _Whole(Func):
    """A column that holds JSON, as JSON: in SQLite it is a text."""

    function = "JSON"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)


def gathered(rows: QuerySet[Any], *columns: str, whole: tuple[str, ...] = ()) -> Subquery:
    """A column with `rows` as a list of dictionaries, in no order; read it with `rows_in`. `whole` are columns that hold JSON.

    For a handful of short rows (steps, roles, answers). Times come as text, for `moment`; SQLite has 0 and 1 for no and yes.
    """
    named = {name: F(name) for name in columns} | {name: _Whole(F(name), output_field=JSONField()) for name in whole}
    listed = _Array(JSONObject(**named), output_field=JSONField())
    return Subquery(rows.order_by().annotate(gathered=listed).values("gathered"), output_field=JSONField())


def rows_in(column: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """What was gathered; PostgreSQL has no list at all when there are no rows."""
    return column or []


def moment(text: str) -> datetime:
    """A time that was gathered; the databases keep them in UTC."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if is_naive(found) else found
