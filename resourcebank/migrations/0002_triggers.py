"""Guards for what the first tables hold; see `_triggers`."""

from django.db import migrations

from resourcebank.migrations._triggers import FIRST_APPEND_ONLY, FIRST_PARTS, install, remove


def _install(apps, schema_editor) -> None:
    install(schema_editor, FIRST_PARTS, FIRST_APPEND_ONLY)


def _remove(apps, schema_editor) -> None:
    remove(schema_editor, FIRST_PARTS, FIRST_APPEND_ONLY)


class Migration(migrations.Migration):
    dependencies = [("resourcebank", "0001_tables")]
    operations = [migrations.RunPython(_install, _remove)]
