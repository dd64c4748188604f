import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('candidacies', '0002_frozen'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pathway',
            fields=[
                ('candidacy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='pathway', serialize=False, to='candidacies.candidacy')),
                ('opened_at', models.DateTimeField()),
                ('justification', models.TextField(blank=True, max_length=2000, verbose_name='Pourquoi ces heures')),
                ('revision', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Positioning',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('held_on', models.DateField(verbose_name='Date de l’entretien')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('own_revision', models.PositiveIntegerField(default=0)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positionings', to='candidacies.candidacy')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'number'), name='positioning_number_once'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('candidacy',), name='positioning_open_once')],
            },
        ),
        migrations.CreateModel(
            name='PositioningLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('is_acquired', models.BooleanField(null=True, verbose_name='Acquise')),
                ('example', models.TextField(blank=True, max_length=2000, verbose_name='Exemple')),
                ('own_view', models.BooleanField(null=True, verbose_name='Votre avis')),
                ('own_example', models.TextField(blank=True, max_length=2000, verbose_name='Votre exemple')),
                ('positioning', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='pathways.positioning')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('positioning', 'code'), name='positioned_once'), models.CheckConstraint(condition=models.Q(('is_acquired__isnull', True), models.Q(('example', ''), _negated=True), _connector='OR'), name='positioned_with_example')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('course', 'Action de formation'), ('work', 'Action en situation de travail'), ('remote', 'À distance'), ('simulation', 'Simulation'), ('codevelopment', 'Co-développement')], max_length=14, verbose_name='Forme')),
                ('title', models.CharField(max_length=200, verbose_name='Intitulé')),
                ('host', models.CharField(blank=True, max_length=200, verbose_name='Où et avec qui')),
                ('codes', models.JSONField(default=list, verbose_name='Compétences')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='Du')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Au')),
                ('hours_planned', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='Heures prévues')),
                ('hours_done', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='Heures faites')),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainings', to='pathways.pathway')),
            ],
            options={
                'ordering': ['from_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['course', 'work', 'remote', 'simulation', 'codevelopment'])), name='training_kind_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='training_has_title'), models.CheckConstraint(condition=models.Q(('hours_planned__gte', 0), ('hours_done__gte', 0)), name='training_hours_not_negative'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('from_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='training_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Moment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('analysis', 'Analyse de l’activité de travail'), ('designation', 'Désignation du formateur'), ('situation', 'Situation de travail'), ('reflection', 'Séquence réflexive'), ('feedback', 'Entretien de retour'), ('hot', 'Évaluation à chaud'), ('cold', 'Évaluation à froid')], max_length=12, verbose_name='Nature')),
                ('from_at', models.DateTimeField(verbose_name='Début')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='Fin')),
                ('codes', models.JSONField(blank=True, default=list, verbose_name='Compétences')),
                ('words', models.TextField(blank=True, max_length=5000, verbose_name='Ce qui s’est passé')),
                ('trainer', models.CharField(blank=True, max_length=120, verbose_name='Formateur')),
                ('logged_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moments', to='candidacies.candidacy')),
                ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['from_at'],
                'indexes': [models.Index(fields=['candidacy', 'from_at'], name='moment_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['analysis', 'designation', 'situation', 'reflection', 'feedback', 'hot', 'cold'])), name='moment_kind_known'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), ('until_at__gt', models.F('from_at')), _connector='OR'), name='moment_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['situation', 'reflection']), _negated=True), ('until_at__isnull', False), _connector='OR'), name='moment_has_its_end'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'designation'), _negated=True), models.Q(('trainer', ''), _negated=True), _connector='OR'), name='moment_designates_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=60)),
                ('revision', models.PositiveIntegerField()),
                ('approved_at', models.DateTimeField()),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='pathways.pathway')),
            ],
            options={
                'ordering': ['approved_at'],
                'constraints': [models.UniqueConstraint(fields=('pathway', 'person', 'revision'), name='approval_once_a_revision'), models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='approval_has_role'), models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='approval_assurance_known')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(max_length=60)),
                ('actor', models.CharField(max_length=60, verbose_name='Remis à')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='Nom de la personne')),
                ('handed_on', models.DateField(verbose_name='Le')),
                ('noted_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='candidacies.candidacy')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['handed_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='handover_of_something'), models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='handover_to_somebody'), models.UniqueConstraint(fields=('candidacy', 'document', 'actor', 'handed_on'), name='handover_once_a_day')],
            },
        ),
    ]
