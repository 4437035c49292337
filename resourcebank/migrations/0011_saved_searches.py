import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resourcebank', "0010_synonyms"),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('query', models.TextField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SearchNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True)),
                ('key', models.CharField(max_length=64)),
                ('facet', models.CharField(blank=True, max_length=40)),
                ('word', models.CharField(blank=True, max_length=160)),
                ('count', models.PositiveIntegerField(default=0)),
                ('said', models.PositiveIntegerField(default=0)),
                ('hidden', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'key'), name='one_need_per_day')],
            },
        ),
        migrations.CreateModel(
            name='StoredHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField()),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='resourcebank.resource')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='resourcebank.storedquery')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('stored', 'resource'), name='one_hit_per_query')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('frequency', models.CharField(choices=[('daily', 'daily'), ('weekly', 'weekly'), ('never', 'never')], max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_until', models.DateTimeField()),
                ('next_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved', to='resourcebank.storedquery')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('user', 'stored'), name='one_saved_search_per_query'), models.CheckConstraint(condition=models.Q(('frequency__in', ('daily', 'weekly', 'never'))), name='known_frequency'), models.CheckConstraint(condition=models.Q(models.Q(('frequency', 'never'), ('next_at__isnull', True)), models.Q(('frequency__in', ('daily', 'weekly')), ('next_at__isnull', False)), _connector='OR'), name='never_has_no_next')],
            },
        ),
    ]
