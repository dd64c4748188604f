"""The contract, the liaison entries, the visits, and written works."""

import django.db.models.deletion
import parchemin.records.people.encrypted
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidacies', '0002_frozen'),
        ('pathways', '0002_evidence'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('apprenticeship', 'Apprentissage'), ('professionalisation', 'Professionnalisation')], max_length=20)),
                ('employer', models.CharField(max_length=200, verbose_name='Employeur')),
                ('from_on', models.DateField(verbose_name='Début')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Fin prévue')),
                ('tutor', models.CharField(max_length=120)),
                ('tutor_post', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('signed', 'Signé'), ('started', 'Commencé'), ('suspended', 'Suspendu'), ('broken', 'Rompu'), ('ended', 'Terminé')], default='signed', max_length=10)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contracts', to='candidacies.candidacy')),
                ('tutor_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['from_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContractState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('signed', 'Signé'), ('started', 'Commencé'), ('suspended', 'Suspendu'), ('broken', 'Rompu'), ('ended', 'Terminé')], max_length=10)),
                ('on', models.DateField()),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('told_at', models.DateTimeField()),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='pathways.contract')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Liaison',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('centre', 'Centre de formation'), ('tutor', 'Entreprise'), ('apprentice', 'Alternant')], max_length=10)),
                ('bearer', models.CharField(blank=True, max_length=120)),
                ('quality', models.CharField(blank=True, max_length=120)),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('on', models.DateField()),
                ('words', models.TextField(max_length=5000)),
                ('about', models.JSONField(blank=True, default=list)),
                ('written_at', models.DateTimeField()),
                ('corrected_at', models.DateTimeField(blank=True, null=True)),
                ('answered', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='pathways.liaison')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liaisons', to='candidacies.candidacy')),
                ('link', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.link')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('planned_at', models.DateTimeField(verbose_name='Début')),
                ('minutes', models.PositiveSmallIntegerField(default=60, verbose_name='Durée en minutes')),
                ('place', models.CharField(max_length=200, verbose_name='Lieu')),
                ('purpose', models.CharField(blank=True, max_length=300, verbose_name='Objet')),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('present', models.CharField(blank=True, max_length=300)),
                ('report', models.TextField(blank=True, max_length=5000)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('assurance', models.CharField(blank=True, choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='candidacies.candidacy')),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['planned_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(max_length=60)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('pen', models.CharField(blank=True, max_length=40)),
                ('saved_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='works', to='candidacies.candidacy')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=60)),
                ('words', parchemin.records.people.encrypted.SealedTextField(blank=True)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='pathways.work')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['apprenticeship', 'professionalisation'])), name='contract_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['signed', 'started', 'suspended', 'broken', 'ended'])), name='contract_state_known'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('employer', ''), _negated=True), name='contract_has_employer'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('tutor', ''), _negated=True), name='contract_has_tutor'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='contract_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['signed', 'started', 'suspended'])), fields=('candidacy',), name='contract_running_once'),
        ),
        migrations.AddConstraint(
            model_name='contractstate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['signed', 'started', 'suspended', 'broken', 'ended'])), name='state_of_contract_known'),
        ),
        migrations.AddConstraint(
            model_name='contractstate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['suspended', 'broken']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='stop_of_contract_has_reason'),
        ),
        migrations.AddIndex(
            model_name='liaison',
            index=models.Index(fields=['candidacy', '-written_at'], name='liaison_of_file'),
        ),
        migrations.AddConstraint(
            model_name='liaison',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['centre', 'tutor', 'apprentice'])), name='liaison_side_known'),
        ),
        migrations.AddConstraint(
            model_name='liaison',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('bearer', ''), ('link__isnull', True)), models.Q(('author__isnull', True), ('link__isnull', False), ('side', 'tutor'), models.Q(('bearer', ''), _negated=True)), _connector='OR'), name='liaison_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='liaison',
            constraint=models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='liaison_assurance_known'),
        ),
        migrations.AddConstraint(
            model_name='liaison',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='liaison_says_something'),
        ),
        migrations.AddConstraint(
            model_name='liaison',
            constraint=models.CheckConstraint(condition=models.Q(('corrected_at__isnull', True), ('corrected_at__gte', models.F('written_at')), _connector='OR'), name='liaison_corrected_after'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 720)), name='visit_lasts_a_while'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='visit_has_place'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assurance', ''), ('held_on__isnull', True), ('present', ''), ('report', ''), ('reported_at__isnull', True)), models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated']), ('held_on__isnull', False), ('reported_at__isnull', False), models.Q(('present', ''), _negated=True), models.Q(('report', ''), _negated=True)), _connector='OR'), name='visit_held_is_reported'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), ('held_on__isnull', True), _connector='OR'), name='visit_cancelled_or_held'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(fields=('candidacy', 'document'), name='work_once'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('work', 'code'), name='passage_once'),
        ),
    ]
