"""A third answer to the points that allow it, and the order of the queue. SQLite drops the triggers of the table that is remade."""

from django.db import migrations, models
from django.db.models import Q

from resourcebank.migrations._triggers import install

ANSWERS = ("ok", "not_ok", "not_relevant")


def _install(apps, schema_editor) -> None:
    install(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("resourcebank", "0006_aftercare"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, _install),
        migrations.AddField(model_name="criterion", name="optional", field=models.BooleanField(default=False)),
        migrations.RemoveConstraint(model_name="answer", name="known_answer"),
        migrations.AlterField(
            model_name="answer",
            name="value",
            field=models.CharField(choices=[(value, value) for value in ANSWERS], max_length=20),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(condition=Q(value__in=ANSWERS), name="known_answer"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(condition=Q(term__isnull=True) | Q(value="ok"), name="link_is_confirmed_or_not"),
        ),
        migrations.RunPython(_install, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["status", "submitted_at"], name="revisions_that_wait"),
        ),
    ]
