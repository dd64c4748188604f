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
            name='Sitting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('method', models.CharField(max_length=60, verbose_name='Épreuve')),
                ('number', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='Date et heure')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Durée en minutes')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='Lieu')),
                ('room', models.CharField(blank=True, max_length=300, verbose_name='Adresse, salle ou lien')),
                ('attendance', models.CharField(blank=True, choices=[('held', 'Tenue'), ('absent', 'Candidat absent'), ('excused', 'Candidat excusé'), ('adjourned', 'Reportée'), ('fraud', 'Fraude constatée'), ('void', 'Nulle')], max_length=10, verbose_name='Déroulement')),
                ('safeguards', models.JSONField(blank=True, null=True)),
                ('incidents', models.TextField(blank=True, max_length=3000, verbose_name='Incidents')),
                ('summoned_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancellation', models.TextField(blank=True, max_length=1000, verbose_name='Motif de l’annulation')),
                ('is_passed', models.BooleanField(null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('planned_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='candidacies.candidacy')),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'number'],
                'indexes': [models.Index(fields=['starts_at'], name='sitting_by_day')],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'method', 'number'), name='sitting_number_once'), models.CheckConstraint(condition=models.Q(('method', ''), _negated=True), name='sitting_method_given'), models.CheckConstraint(condition=models.Q(('attendance__in', ['', 'held', 'absent', 'excused', 'adjourned', 'fraud', 'void'])), name='sitting_attendance_known'), models.CheckConstraint(condition=models.Q(('attendance', ''), ('starts_at__isnull', False), _connector='OR'), name='sitting_told_has_a_day'), models.CheckConstraint(condition=models.Q(('settled_at__isnull', True), ('attendance', 'held'), _connector='OR'), name='sitting_settled_was_held'), models.CheckConstraint(condition=models.Q(('is_passed__isnull', True), ('settled_at__isnull', False), _connector='OR'), name='sitting_passed_is_settled'), models.CheckConstraint(condition=models.Q(models.Q(('attendance', 'void'), _negated=True), models.Q(('incidents', ''), _negated=True), _connector='OR'), name='sitting_void_has_reason'), models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('attendance', ''), models.Q(('cancellation', ''), _negated=True)), _connector='OR'), name='sitting_cancelled_before_it_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('code', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=12)),
                ('is_acquired', models.BooleanField(null=True)),
                ('mark', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='Note')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(blank=True, max_length=40)),
                ('comment', models.TextField(blank=True)),
                ('advice', models.TextField(blank=True)),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('reason', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='candidacies.candidacy')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='assessments.result')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sitting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='assessments.sitting')),
            ],
            options={
                'ordering': ['settled_at', 'code'],
                'indexes': [models.Index(fields=['candidacy', 'settled_at'], name='result_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['competence', 'criterion', 'learning', 'unit', 'point', 'whole'])), name='result_kind_known'), models.CheckConstraint(condition=models.Q(('is_acquired__isnull', False), ('mark__isnull', False), _connector='OR'), name='result_has_a_value'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', ''), _negated=True), ('settled_by__isnull', False)), _connector='OR'), name='result_corrected_with_reason'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('sitting', 'kind', 'code'), name='result_once_a_sitting'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True), ('sitting__isnull', True)), fields=('candidacy', 'kind', 'code'), name='result_entered_once'), models.CheckConstraint(condition=models.Q(('sitting__isnull', False), ('settled_by__isnull', False), _connector='OR'), name='result_entered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Evaluator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('actor', models.CharField(max_length=60, verbose_name='Rôle')),
                ('links', models.JSONField(blank=True, null=True)),
                ('known', models.JSONField(blank=True, default=list)),
                ('justification', models.CharField(blank=True, max_length=500, verbose_name='Justification')),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('assurance', models.CharField(blank=True, choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to=settings.AUTH_USER_MODEL)),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluators', to='assessments.sitting')),
            ],
            options={
                'ordering': ['actor', 'person__family_key'],
                'indexes': [models.Index(fields=['person', 'signed_at'], name='evaluator_to_sign')],
                'constraints': [models.UniqueConstraint(fields=('sitting', 'person'), name='evaluator_once'), models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='evaluator_has_role'), models.CheckConstraint(condition=models.Q(('signed_at__isnull', True), ('links__isnull', False), _connector='OR'), name='evaluator_signed_declared_links'), models.CheckConstraint(condition=models.Q(('signed_at__isnull', True), ('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated']), _connector='OR'), name='evaluator_signed_with_assurance')],
            },
        ),
        migrations.CreateModel(
            name='Stand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=12)),
                ('is_acquired', models.BooleanField(null=True)),
                ('mark', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='Note')),
                ('reason', models.TextField(max_length=2000, verbose_name='Motif')),
                ('taken_at', models.DateTimeField()),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands', to='assessments.evaluator')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('evaluator', 'kind', 'code'), name='stand_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='stand_has_a_reason'), models.CheckConstraint(condition=models.Q(('is_acquired__isnull', False), ('mark__isnull', False), _connector='OR'), name='stand_has_a_value')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=12)),
                ('is_acquired', models.BooleanField(null=True)),
                ('mark', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='Note')),
                ('comment', models.TextField(blank=True, max_length=2000, verbose_name='Commentaire')),
                ('advice', models.TextField(blank=True, max_length=2000, verbose_name='Dit au candidat')),
                ('seen', models.TextField(blank=True, max_length=2000, verbose_name='Vu hors du dossier')),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('saved_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='assessments.evaluator')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('evaluator', 'kind', 'code'), name='rating_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['competence', 'criterion', 'learning', 'unit', 'point', 'whole'])), name='rating_kind_known'), models.CheckConstraint(condition=models.Q(('is_acquired__isnull', False), ('mark__isnull', False), models.Q(('comment', ''), _negated=True), models.Q(('advice', ''), _negated=True), models.Q(('seen', ''), _negated=True), models.Q(('evidence', []), _negated=True), _connector='OR'), name='rating_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.CharField(max_length=10)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('safeguards', models.JSONField(blank=True, null=True)),
                ('incidents', models.TextField(blank=True, max_length=3000)),
                ('away', models.JSONField(blank=True, default=list)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('told_at', models.DateTimeField()),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tellings', to='assessments.sitting')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('attendance__in', ['held', 'absent', 'excused', 'adjourned', 'fraud', 'void'])), name='telling_attendance_known'), models.UniqueConstraint(condition=models.Q(('reason', '')), fields=('sitting',), name='telling_again_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Transmission',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('attested', models.JSONField(blank=True, default=list)),
                ('sent_on', models.DateField()),
                ('sent_at', models.DateTimeField()),
                ('assessed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidacies.decisionrecord')),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transmissions', to='candidacies.candidacy')),
                ('completed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidacies.decisionrecord')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'number'), name='transmission_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='transmission_numbered_from_one'), models.CheckConstraint(condition=models.Q(('assessed', models.F('completed')), _negated=True), name='transmission_froze_a_decision_by_stage')],
            },
        ),
        migrations.CreateModel(
            name='JuryReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('returned_on', models.DateField()),
                ('returned_at', models.DateTimeField()),
                ('returned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('transmission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='assessments.transmission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='jury_return_with_reason')],
            },
        ),
    ]
