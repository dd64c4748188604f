import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('candidacies', '0002_frozen'),
        ('certifications', '0002_frozen'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Followup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('wave', models.PositiveSmallIntegerField(choices=[(6, '6 mois'), (24, '2 ans')], verbose_name='Vague')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Année de la décision')),
                ('state', models.CharField(choices=[('waiting', 'À envoyer'), ('asked', 'Envoyée'), ('answered', 'Répondue'), ('refused', 'Refusée'), ('unreachable', 'Sans adresse')], default='waiting', max_length=12, verbose_name='État')),
                ('due_on', models.DateField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('kept_until', models.DateField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followups', to='candidacies.candidacy')),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followups', to='certifications.certification')),
            ],
            options={
                'ordering': ['year', 'wave', 'pk'],
                'indexes': [models.Index(fields=['certification', 'year', 'wave', 'state'], name='followup_counted'), models.Index(condition=models.Q(('state__in', ['waiting', 'asked'])), fields=['state', 'due_on'], name='followup_due'), models.Index(condition=models.Q(('kept_until__isnull', False)), fields=['kept_until'], name='followup_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(('wave__in', [6, 24])), name='followup_wave_known'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'asked', 'answered', 'refused', 'unreachable'])), name='followup_state_known'), models.UniqueConstraint(condition=models.Q(('candidacy__isnull', False)), fields=('candidacy', 'wave'), name='followup_once_a_wave'), models.CheckConstraint(condition=models.Q(models.Q(('candidacy__isnull', False), ('closes_on__isnull', False), ('due_on__isnull', False), ('kept_until__isnull', False)), models.Q(('asked_at__isnull', True), ('candidacy__isnull', True), ('closes_on__isnull', True), ('due_on__isnull', True), ('kept_until__isnull', True), ('reminded_at__isnull', True), ('settled_at__isnull', True)), _connector='OR'), name='followup_whole_or_detached'), models.CheckConstraint(condition=models.Q(('due_on__isnull', True), models.Q(('closes_on__gte', models.F('due_on')), ('kept_until__gte', models.F('closes_on'))), _connector='OR'), name='followup_days_in_order'), models.CheckConstraint(condition=models.Q(('reminded_at__isnull', True), ('reminded_at__gte', models.F('asked_at')), _connector='OR'), name='followup_asked_before_reminded')],
            },
        ),
        migrations.CreateModel(
            name='PublishedFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_figures', to='certifications.certification')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-year', '-pk'],
                'indexes': [models.Index(fields=['certification', 'year'], name='figures_of_year')],
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), name='figures_digest_whole'), models.CheckConstraint(condition=models.Q(('year__gte', 1900), ('year__lte', 2200)), name='figures_year_plausible')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('followup', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='answer', serialize=False, to='followups.followup')),
                ('situation', models.CharField(choices=[('employed', 'En emploi salarié'), ('own_business', 'À mon compte'), ('studying', 'En poursuite d’études ou en formation'), ('seeking', 'En recherche d’emploi'), ('unable', 'Dans l’incapacité de travailler'), ('other', 'Autre situation')], max_length=12, verbose_name='Situation')),
                ('is_target_job', models.BooleanField(blank=True, null=True, verbose_name='Dans le métier visé')),
                ('contract', models.CharField(blank=True, choices=[('permanent', 'CDI ou titulaire de la fonction publique'), ('fixed_term', 'CDD ou contractuel de la fonction publique'), ('temporary', 'Intérim'), ('work_study', 'Apprentissage ou professionnalisation'), ('other', 'Autre contrat')], max_length=12, verbose_name='Contrat')),
                ('started', models.CharField(blank=True, max_length=7, verbose_name='Mois de début')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('situation__in', ['employed', 'own_business', 'studying', 'seeking', 'unable', 'other'])), name='answer_situation_known'), models.CheckConstraint(condition=models.Q(('contract__in', ['', 'permanent', 'fixed_term', 'temporary', 'work_study', 'other'])), name='answer_contract_known'), models.CheckConstraint(condition=models.Q(models.Q(('is_target_job__isnull', False), ('situation__in', ['employed', 'own_business'])), models.Q(models.Q(('situation__in', ['employed', 'own_business']), _negated=True), ('is_target_job__isnull', True), ('started', '')), _connector='OR'), name='answer_job_of_a_worker'), models.CheckConstraint(condition=models.Q(('contract', ''), ('situation', 'employed'), _connector='OR'), name='answer_contract_employed'), models.CheckConstraint(condition=models.Q(('started', ''), django.db.models.lookups.Exact(django.db.models.functions.text.Length('started'), 7), _connector='OR'), name='answer_month_whole')],
            },
        ),
    ]
