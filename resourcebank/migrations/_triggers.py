"""Triggers: published content never changes; audit, decisions and answers are only added to.

SQLite drops a table's triggers when a later migration remakes the table: such a migration ends with `install` again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Tables = tuple[str, ...]
Parts = Mapping[str, set[str]]
"""A table of a revision's parts -> the columns that may change after publication."""

FIXED = "('published', 'superseded', 'retired')"
CONTENT = "published content never changes"
APPEND = "rows are only added here"

# What may still change stands outside the content hash: erasing a name or recording a check needs no new revision.
REVISION_MAY_CHANGE = {
    "status", "version", "author_id", "attribution", "assured_on", "created_at", "submitted_at", "publish_at", "published_at",
}
FIRST_PARTS: Parts = {"step": set(), "termlink": set(), "form": {"translated_by", "checked_by", "checked_on"}}
PARTS: Parts = {**FIRST_PARTS, "attachment": set()}
FIRST_APPEND_ONLY = ("auditevent", "decision", "answer")
APPEND_ONLY = (*FIRST_APPEND_ONLY, "accountevent")


def trigger_names(parts: Parts = PARTS, append_only: Tables = APPEND_ONLY) -> list[str]:
    """Every trigger, by name."""
    guarded = [f"bank_{part}_{event}" for part in parts for event in ("insert", "update", "delete")]
    appended = [f"bank_{table}_{event}" for table in append_only for event in ("update", "delete")]
    return sorted(["bank_revision_update", "bank_revision_delete", *guarded, *appended])


def _fixed(*rows: str) -> str:
    ids = ", ".join(f"{row}.revision_id" for row in rows)
    return f"EXISTS (SELECT 1 FROM resourcebank_revision r WHERE r.id IN ({ids}) AND r.status IN {FIXED})"


def _guards(differs, parts: Parts, append_only: Tables) -> Iterator[tuple[str, str, str, str]]:
    """(table, event, condition, message); `differs(table, allowed)` is the vendor's test for a changed column."""
    changed = f"(NEW.status NOT IN {FIXED} OR {differs('revision', REVISION_MAY_CHANGE)})"
    yield "revision", "update", f"OLD.status IN {FIXED} AND {changed}", CONTENT
    yield "revision", "delete", f"OLD.status IN {FIXED}", CONTENT
    for part, allowed in parts.items():
        yield part, "insert", _fixed("NEW"), CONTENT
        yield part, "update", f"{_fixed('OLD', 'NEW')} AND {differs(part, allowed)}", CONTENT
        yield part, "delete", _fixed("OLD"), CONTENT
    for table in append_only:
        yield table, "update", "TRUE", APPEND
        yield table, "delete", "TRUE", APPEND


def _sqlite(schema_editor, parts: Parts, append_only: Tables) -> Iterator[str]:
    def differs(table, allowed):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"PRAGMA table_info(resourcebank_{table})")
            columns = [row[1] for row in cursor.fetchall() if row[1] not in allowed]
        return "(" + " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns) + ")"

    for table, event, condition, message in _guards(differs, parts, append_only):
        yield (
            f"CREATE TRIGGER bank_{table}_{event} BEFORE {event.upper()} ON resourcebank_{table} "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def _postgresql(schema_editor, parts: Parts, append_only: Tables) -> Iterator[str]:
    def differs(table, allowed):
        names = ", ".join(f"'{name}'" for name in sorted(allowed))
        return f"to_jsonb(OLD) - ARRAY[{names}]::text[] IS DISTINCT FROM to_jsonb(NEW) - ARRAY[{names}]::text[]"

    for table, event, condition, message in _guards(differs, parts, append_only):
        row = "OLD" if event == "delete" else "NEW"
        yield (
            f"CREATE FUNCTION bank_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {row}; END $$"
        )
        yield (
            f"CREATE TRIGGER bank_{table}_{event} BEFORE {event.upper()} ON resourcebank_{table} "
            f"FOR EACH ROW EXECUTE FUNCTION bank_{table}_{event}()"
        )


def install(schema_editor, parts: Parts = PARTS, append_only: Tables = APPEND_ONLY) -> None:
    """Make every trigger for the tables there are; those that exist are made anew."""
    remove(schema_editor, parts, append_only)
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in statements(schema_editor, parts, append_only):
        schema_editor.execute(statement, params=None)


def remove(schema_editor, parts: Parts = PARTS, append_only: Tables = APPEND_ONLY) -> None:
    """Drop every trigger that exists."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in trigger_names(parts, append_only):
        table = name.split("_")[1]
        place = f" ON resourcebank_{table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{place}", params=None)
        if postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)
