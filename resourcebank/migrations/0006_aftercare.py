from django.core.management import call_command
from django.db import migrations

TABLE = "bank_cache"


def make_table(apps, schema_editor):
    """The table of the database cache (settings.CACHES), so that a site that is migrated is ready."""
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):

    dependencies = [
        ("resourcebank", "0005_accounts"),
    ]

    operations = [
        migrations.RunPython(make_table, drop_table),
    ]
