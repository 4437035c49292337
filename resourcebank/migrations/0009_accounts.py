"""The log of accounts is only added to; names for people on the columns that administrators see; addresses of mails and of published texts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from resourcebank.migrations._triggers import FIRST_APPEND_ONLY, install, remove


def _install(apps, schema_editor) -> None:
    install(schema_editor)


def _remove(apps, schema_editor) -> None:
    remove(schema_editor)
    install(schema_editor, append_only=FIRST_APPEND_ONLY)


class Migration(migrations.Migration):

    dependencies = [
        ('resourcebank', '0008_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='address',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='accountevent',
            name='action',
            field=models.CharField(choices=[('role_given', 'fikk en rolle'), ('role_taken', 'mistet en rolle'), ('joined', 'kom med i en organisasjon'), ('left', 'gikk ut av en organisasjon'), ('closed', 'ble stengt ute'), ('opened', 'slapp inn igjen'), ('erased', 'slettet kontoen')], max_length=20, verbose_name='hva som skjedde'),
        ),
        migrations.AlterField(
            model_name='accountevent',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account_deeds', to=settings.AUTH_USER_MODEL, verbose_name='gjort av'),
        ),
        migrations.AlterField(
            model_name='accountevent',
            name='at',
            field=models.DateTimeField(verbose_name='tidspunkt'),
        ),
        migrations.AlterField(
            model_name='accountevent',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_events', to=settings.AUTH_USER_MODEL, verbose_name='gjelder'),
        ),
        migrations.AlterField(
            model_name='accountevent',
            name='subject',
            field=models.CharField(blank=True, max_length=160, verbose_name='rolle eller organisasjon'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='action',
            field=models.CharField(choices=[('start', 'begynte på en ressurs'), ('revise', 'begynte på en ny utgave'), ('save', 'lagret teksten'), ('submit', 'sendte inn teksten'), ('take_back', 'trakk innsendingen tilbake'), ('take', 'tok saken'), ('hand_back', 'leverte saken tilbake'), ('request_changes', 'ba om endringer'), ('reject', 'avslo teksten'), ('approve', 'godkjente teksten'), ('withdraw_approval', 'trakk godkjenningen'), ('publish', 'publiserte teksten'), ('schedule', 'planla publiseringen'), ('unschedule', 'tok bort planen for publisering'), ('discard', 'forkastet utkastet'), ('retire', 'trakk ressursen'), ('restore', 'gjenopprettet ressursen'), ('set_due', 'flyttet fristen for vurderingen'), ('search_words', 'skrev søkeord'), ('rename', 'flyttet ressursen til en annen adresse'), ('answer_report', 'svarte på en melding fra en bruker'), ('check_form', 'kontrollerte språket'), ('note_people', 'skrev inn hvem som har oversatt eller kontrollert')], max_length=30, verbose_name='hva som skjedde'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_events', to=settings.AUTH_USER_MODEL, verbose_name='gjort av'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='at',
            field=models.DateTimeField(verbose_name='tidspunkt'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='details',
            field=models.JSONField(blank=True, default=dict, verbose_name='enkeltheter'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='from_status',
            field=models.CharField(blank=True, choices=[('draft', 'Utkast'), ('in_review', 'Til vurdering'), ('changes_requested', 'Endringer ønsket'), ('approved', 'Godkjent'), ('published', 'Publisert'), ('superseded', 'Erstattet'), ('retired', 'Trukket'), ('rejected', 'Avslått'), ('discarded', 'Forkastet')], max_length=20, verbose_name='status før'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='hash',
            field=models.CharField(max_length=64, verbose_name='segl'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='number',
            field=models.PositiveIntegerField(verbose_name='nummer'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_events', to='resourcebank.resource', verbose_name='ressurs'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='to_status',
            field=models.CharField(choices=[('draft', 'Utkast'), ('in_review', 'Til vurdering'), ('changes_requested', 'Endringer ønsket'), ('approved', 'Godkjent'), ('published', 'Publisert'), ('superseded', 'Erstattet'), ('retired', 'Trukket'), ('rejected', 'Avslått'), ('discarded', 'Forkastet')], max_length=20, verbose_name='status etter'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='resourcebank.organisation', verbose_name='organisasjon'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='bruker'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='laget'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='name',
            field=models.CharField(max_length=160, verbose_name='navn'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='slug',
            field=models.SlugField(max_length=80, unique=True, verbose_name='kortnavn'),
        ),
        migrations.AlterField(
            model_name='role',
            name='role',
            field=models.CharField(choices=[('contributor', 'Bidragsyter'), ('reviewer', 'Fagvurderer'), ('curator', 'Redaktør'), ('admin', 'Administrator')], max_length=20, verbose_name='rolle'),
        ),
        migrations.AlterField(
            model_name='role',
            name='scope',
            field=models.CharField(blank=True, default='', max_length=120, verbose_name='avgrenset til'),
        ),
        migrations.AlterField(
            model_name='role',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL, verbose_name='bruker'),
        ),
        migrations.AlterField(
            model_name='term',
            name='active',
            field=models.BooleanField(default=True, verbose_name='i bruk'),
        ),
        migrations.AlterField(
            model_name='term',
            name='confirmed',
            field=models.BooleanField(default=True, verbose_name='navnet er bekreftet'),
        ),
        migrations.AlterField(
            model_name='term',
            name='slug',
            field=models.CharField(max_length=120, verbose_name='kortnavn'),
        ),
        migrations.AlterField(
            model_name='term',
            name='vocabulary',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='resourcebank.vocabulary', verbose_name='liste'),
        ),
        migrations.AlterField(
            model_name='user',
            name='accepted_terms_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='godtok vilkårene'),
        ),
        migrations.AlterField(
            model_name='user',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='laget'),
        ),
        migrations.AlterField(
            model_name='user',
            name='email',
            field=models.EmailField(max_length=254, unique=True, verbose_name='e-postadresse'),
        ),
        migrations.AlterField(
            model_name='user',
            name='is_active',
            field=models.BooleanField(default=True, help_text='Ta bort krysset for å stenge kontoen. Det personen har skrevet, blir stående.', verbose_name='kan logge inn'),
        ),
        migrations.AlterField(
            model_name='user',
            name='language',
            field=models.CharField(default='nb', max_length=10, verbose_name='språk'),
        ),
        migrations.AlterField(
            model_name='user',
            name='name',
            field=models.CharField(blank=True, max_length=120, verbose_name='navn'),
        ),
        migrations.CreateModel(
            name='PublishedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.URLField(db_index=True, max_length=500)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='published_links', to='resourcebank.resource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'address'), name='one_link_per_address')],
            },
        ),
        migrations.RunPython(_install, _remove),
    ]
