"""Pictures of a revision, guarded as its other parts are."""

import django.db.models.deletion
from django.db import migrations, models

from resourcebank.migrations._triggers import FIRST_APPEND_ONLY, FIRST_PARTS, install, remove


def _install(apps, schema_editor) -> None:
    install(schema_editor, append_only=FIRST_APPEND_ONLY)


def _remove(apps, schema_editor) -> None:
    remove(schema_editor, append_only=FIRST_APPEND_ONLY)
    install(schema_editor, FIRST_PARTS, FIRST_APPEND_ONLY)


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0001_files'),
        ('resourcebank', '0002_triggers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('role', models.CharField(choices=[('picture', 'picture')], default='picture', max_length=10)),
                ('alt', models.JSONField(blank=True, default=dict)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='media.mediafile')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='resourcebank.revision')),
            ],
            options={
                'ordering': ['revision', 'position'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'position'), name='one_attachment_per_position'), models.CheckConstraint(condition=models.Q(('role__in', ('picture',))), name='known_attachment_role')],
            },
        ),
        migrations.RunPython(_install, _remove),
    ]
