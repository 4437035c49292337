"""Documents, films and captions beside pictures. SQLite remakes the table and drops its triggers with it: they are made anew."""

from django.db import migrations, models

from resourcebank.migrations._triggers import install


def _nothing(apps, schema_editor) -> None:
    """In this direction the triggers stand already."""


def _install(apps, schema_editor) -> None:
    install(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0002_kept_files'),
        ('resourcebank', "0007_answers"),
    ]

    operations = [
        migrations.RunPython(_nothing, _install),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='known_attachment_role',
        ),
        migrations.AddField(
            model_name='attachment',
            name='caption',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='attachment',
            name='language',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='attachment',
            name='rights',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='attachment',
            name='source_url',
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='role',
            field=models.CharField(choices=[('picture', 'picture'), ('worksheet', 'worksheet'), ('film', 'film'), ('captions', 'captions'), ('poster', 'poster')], default='picture', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ('picture', 'worksheet', 'film', 'captions', 'poster'))), name='known_attachment_role'),
        ),
        migrations.RunPython(_install, _nothing),
    ]
