import django.db.models.deletion
import parchemin.core.decision
import parchemin.records.candidacies.models.documents
import parchemin.records.candidacies.models.letters
import parchemin.records.people.encrypted
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('certifications', '0002_frozen'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Candidacy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='Numéro')),
                ('version', models.CharField(max_length=20)),
                ('route', models.CharField(max_length=40, verbose_name='Voie')),
                ('blocks', models.JSONField(blank=True, default=list, verbose_name='Blocs visés')),
                ('status', models.CharField(choices=[('draft', 'En préparation'), ('received', 'Reçue, à vérifier'), ('returned', 'À compléter'), ('complete', 'Complète, à décider'), ('admissible', 'Recevable'), ('refused', 'Non recevable'), ('lapsed', 'Caduque'), ('withdrawn', 'Retirée')], default='draft', max_length=12, verbose_name='État')),
                ('began_on', models.DateField(verbose_name='Début du parcours')),
                ('identity', models.JSONField(blank=True, null=True)),
                ('regulation_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('waiting_since', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closing_reason', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='certifications.certification')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='people.organisation')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'verbose_name': 'Candidature',
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['organisation', 'status', 'waiting_since'], name='candidacy_queue'), models.Index(fields=['organisation', 'waiting_since', 'number'], name='candidacy_list'), models.Index(fields=['organisation', 'status', 'certification', 'waiting_since', 'due_on'], name='candidacy_heaps'), models.Index(fields=['organisation', 'certification'], name='candidacy_of_body'), models.Index(fields=['certification', 'status', 'waiting_since'], name='candidacy_by_scheme'), models.Index(fields=['candidate', '-created_at'], name='candidacy_of_person'), models.Index(fields=['status', 'due_on'], name='candidacy_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'received', 'returned', 'complete', 'admissible', 'refused', 'lapsed', 'withdrawn'])), name='candidacy_status_known'), models.CheckConstraint(condition=models.Q(('route', ''), _negated=True), name='candidacy_route_given'), models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'received', 'returned', 'complete', 'admissible'])), fields=('candidate', 'certification'), name='candidacy_active_once'), models.CheckConstraint(condition=models.Q(('status', 'draft'), ('status', 'withdrawn'), ('identity__isnull', False), _connector='OR'), name='candidacy_sent_with_identity'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['lapsed', 'withdrawn']), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='candidacy_closed_dated')],
            },
        ),
        migrations.CreateModel(
            name='Accommodation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('need', parchemin.records.people.encrypted.SealedTextField(verbose_name='Ce dont vous avez besoin')),
                ('state', models.CharField(choices=[('asked', 'Demandé'), ('granted', 'Accordé'), ('refused', 'Refusé'), ('withdrawn', 'Retiré')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('measures', models.TextField(blank=True, verbose_name='Mesures accordées')),
                ('methods', models.JSONField(blank=True, default=list)),
                ('numerator', models.PositiveSmallIntegerField(default=1)),
                ('denominator', models.PositiveSmallIntegerField(default=1)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accommodations', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'refused']), _negated=True), ('decided_on__isnull', False), _connector='OR'), name='accommodation_decided_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='accommodation_refused_reason'), models.CheckConstraint(condition=models.Q(('denominator__gte', 1), ('numerator__gte', models.F('denominator'))), name='accommodation_never_less_time'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('candidacy',), name='accommodation_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='CandidacyDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('milestone', models.CharField(choices=[('began', 'began'), ('requested', 'requested'), ('received', 'received'), ('answered', 'answered'), ('entered', 'entered'), ('year_started', 'year_started'), ('regulation_changed', 'regulation_changed'), ('deposited', 'deposited'), ('assessed', 'assessed'), ('transmitted', 'transmitted'), ('nominated', 'nominated'), ('summoned', 'summoned'), ('session', 'session'), ('deliberated', 'deliberated'), ('signed', 'signed'), ('notified', 'notified'), ('awarded', 'awarded'), ('issued', 'issued'), ('submitted', 'submitted'), ('appealed', 'appealed'), ('decision', 'decision')], max_length=30)),
                ('on', models.DateField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='candidacies.candidacy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'milestone'), name='date_once'), models.CheckConstraint(condition=models.Q(('milestone__in', ['began', 'requested', 'received', 'answered', 'entered', 'year_started', 'regulation_changed', 'deposited', 'assessed', 'transmitted', 'nominated', 'summoned', 'session', 'deliberated', 'signed', 'notified', 'awarded', 'issued', 'submitted', 'appealed'])), name='date_milestone_known')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'on'), name='confirmation_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='DecisionRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('eligibility', 'eligibility'), ('completeness', 'completeness'), ('assessment', 'assessment'), ('jury', 'jury'), ('award', 'award'), ('validity', 'validity')], max_length=20)),
                ('answer', models.CharField(choices=[('favourable', 'Recevable'), ('unfavourable', 'Non recevable'), ('complete', 'Complet'), ('incomplete', 'À compléter'), ('lapsed', 'Caducité'), ('restored', 'Caducité levée')], max_length=12, verbose_name='Réponse')),
                ('outcome', models.CharField(choices=[('met', 'met'), ('unknown', 'unknown'), ('not_met', 'not_met')], max_length=10)),
                ('decision', models.JSONField()),
                ('reason', models.TextField(blank=True, verbose_name='Motif')),
                ('decided_on', models.DateField()),
                ('decided_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='candidacies.candidacy')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['decided_at'],
                'indexes': [models.Index(fields=['candidacy', 'decided_at'], name='decision_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['eligibility', 'completeness', 'assessment', 'jury', 'award', 'validity'])), name='decision_stage_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['met', 'unknown', 'not_met'])), name='decision_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'favourable'), _negated=True), models.Q(('outcome', 'not_met'), _negated=True), ('decided_by__isnull', True), _connector='OR'), name='decision_favourable_not_against_rules'), models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['unfavourable', 'incomplete']), _negated=True), ('outcome', 'not_met'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='decision_against_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('grounds', models.TextField(verbose_name='Ce que vous contestez, et pourquoi')),
                ('state', models.CharField(choices=[('filed', 'Déposé'), ('upheld', 'Accueilli'), ('rejected', 'Rejeté'), ('withdrawn', 'Retiré')], default='filed', max_length=10)),
                ('filed_at', models.DateTimeField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='candidacies.decisionrecord')),
            ],
            options={
                'ordering': ['filed_at'],
                'indexes': [models.Index(condition=models.Q(('state', 'filed')), fields=['decision'], name='appeal_filed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('decision',), name='appeal_once'), models.CheckConstraint(condition=models.Q(('grounds', ''), _negated=True), name='appeal_with_grounds'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state__in', ['filed', 'withdrawn'])), models.Q(('answered_at__isnull', False), ('state__in', ['upheld', 'rejected']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='appeal_answered_with_reasons'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('answered_at__gte', models.F('filed_at')), _connector='OR'), name='appeal_answered_after')],
            },
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('eligibility', 'eligibility'), ('completeness', 'completeness'), ('assessment', 'assessment'), ('jury', 'jury'), ('award', 'award'), ('validity', 'validity')], max_length=20)),
                ('number', models.PositiveSmallIntegerField()),
                ('deposited_at', models.DateTimeField()),
                ('answer', models.CharField(choices=[('pending', 'En attente'), ('accepted', 'Acceptée'), ('returned', 'Renvoyée à compléter')], default='pending', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reasons', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deposits', to='candidacies.candidacy')),
                ('deposited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['candidacy', 'stage', 'number'],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'stage', 'number'), name='deposit_number_once'), models.UniqueConstraint(condition=models.Q(('answer', 'pending')), fields=('candidacy', 'stage'), name='deposit_pending_once'), models.CheckConstraint(condition=models.Q(('stage__in', [parchemin.core.decision.Stage['ELIGIBILITY'], parchemin.core.decision.Stage['COMPLETENESS']])), name='deposit_stage_fits'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'pending'), ('answered_at__isnull', True)), models.Q(models.Q(('answer', 'pending'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='deposit_answered_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'returned'), _negated=True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='deposit_returned_with_reasons'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('answered_at__gte', models.F('deposited_at')), _connector='OR'), name='deposit_answered_after')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='Intitulé')),
                ('created_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['created_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', ''), _negated=True), fields=('candidacy', 'kind'), name='document_kind_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), models.Q(('title', ''), _negated=True), _connector='OR'), name='document_kind_or_title')],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.FileField(max_length=200, upload_to=parchemin.records.candidacies.models.documents.stored_under)),
                ('name', models.CharField(max_length=160)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('pages', models.PositiveIntegerField(blank=True, null=True)),
                ('characters', models.PositiveIntegerField(blank=True, null=True)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('is_readable', models.BooleanField(blank=True, null=True)),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('uploaded_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='candidacies.document')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['document', 'number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='version_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='version_number_from_one'), models.CheckConstraint(condition=models.Q(('sha256', ''), _negated=True), name='version_has_fingerprint')],
            },
        ),
        migrations.CreateModel(
            name='DepositedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deposit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='candidacies.deposit')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='candidacies.documentversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('deposit', 'version'), name='deposited_once')],
            },
        ),
        migrations.AddField(
            model_name='deposit',
            name='versions',
            field=models.ManyToManyField(related_name='deposits', through='candidacies.DepositedVersion', to='candidacies.documentversion'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=120)),
                ('fields', parchemin.records.people.encrypted.SealedJSONField()),
                ('saved_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='candidacies.candidacy')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'form'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='Experience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(max_length=120, verbose_name='Fonction exercée')),
                ('employer', models.CharField(blank=True, max_length=160, verbose_name='Employeur ou structure')),
                ('tasks', models.TextField(blank=True, verbose_name='Activités principales')),
                ('kind', models.CharField(choices=[('employment', 'Emploi salarié'), ('self_employment', 'Activité indépendante'), ('apprenticeship', 'Apprentissage'), ('volunteering', 'Bénévolat'), ('elected_office', 'Mandat électoral'), ('union_office', 'Mandat syndical'), ('sport', 'Sport de haut niveau'), ('internship', 'Stage'), ('immersion', 'Période d’immersion')], max_length=20, verbose_name='Nature')),
                ('from_on', models.DateField(verbose_name='Du')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Au')),
                ('numerator', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('denominator', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('tags', models.JSONField(blank=True, default=list, verbose_name='En rapport avec')),
                ('is_proved', models.BooleanField(blank=True, null=True)),
                ('proved_at', models.DateTimeField(blank=True, null=True)),
                ('proof_comment', models.CharField(blank=True, max_length=300)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiences', to='candidacies.candidacy')),
                ('proof', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proves', to='candidacies.documentversion')),
                ('proved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-from_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['employment', 'self_employment', 'apprenticeship', 'volunteering', 'elected_office', 'union_office', 'sport', 'internship', 'immersion'])), name='experience_kind_known'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='experience_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', True), ('numerator__isnull', True)), models.Q(('denominator__gte', models.F('numerator')), ('denominator__lte', 10000), ('numerator__gte', 1)), _connector='OR'), name='experience_fraction_of_full_time'), models.CheckConstraint(condition=models.Q(models.Q(('is_proved__isnull', True), ('proved_at__isnull', True)), models.Q(('is_proved__isnull', False), ('proved_at__isnull', False)), _connector='OR'), name='experience_proved_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bearer', models.CharField(blank=True, max_length=120)),
                ('quality', models.CharField(blank=True, max_length=120)),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], default='email', max_length=20)),
                ('words', models.TextField(blank=True)),
                ('is_confirmed', models.BooleanField()),
                ('told', models.JSONField()),
                ('said_at', models.DateTimeField()),
                ('experience', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attestations', to='candidacies.experience')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.link')),
            ],
            options={
                'ordering': ['said_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='attestation_assurance_known'), models.CheckConstraint(condition=models.Q(('is_confirmed', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='attestation_denial_explained')],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('bearer', models.CharField(blank=True, max_length=120)),
                ('quality', models.CharField(blank=True, max_length=120)),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], default='email', max_length=20)),
                ('words', models.TextField(blank=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='candidacies.candidacy')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.link')),
            ],
            options={
                'ordering': ['said_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='endorsement_assurance_known'), models.CheckConstraint(condition=models.Q(models.Q(('said_at__isnull', True), ('words', '')), models.Q(('said_at__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='endorsement_said_in_words')],
            },
        ),
        migrations.CreateModel(
            name='FileAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Administration'), ('awarding_body', 'Certificateur'), ('secretary', 'Secrétariat'), ('jury_member', 'Membre de jury'), ('evaluator', 'Évaluateur externe'), ('professional', 'Professionnel du secteur'), ('companion', 'Formateur ou tuteur'), ('candidate', 'Candidat')], max_length=20)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('opened_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to='candidacies.candidacy')),
                ('invitation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='access', to='people.invitation')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='accesses_opened', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='file_accesses', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['from_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('candidacy', 'person', 'role'), name='access_once'), models.CheckConstraint(condition=models.Q(('role__in', ['companion', 'evaluator', 'professional'])), name='access_role_fits'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='access_ends_after_start'), models.CheckConstraint(condition=models.Q(('person__isnull', True), ('invitation__isnull', True), _connector='XOR'), name='access_to_somebody_or_offered')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('message', 'Message'), ('reminder', 'Reminder')], max_length=12)),
                ('audience', models.CharField(choices=[('candidate', 'Candidate'), ('secretariat', 'Secretariat')], max_length=12)),
                ('values', models.JSONField(blank=True, default=dict)),
                ('due_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_to', models.EmailField(blank=True, max_length=254)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='candidacies.candidacy')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['due_at'], name='notice_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['message', 'reminder'])), name='notice_kind_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['candidate', 'secretariat'])), name='notice_audience_known'), models.UniqueConstraint(condition=models.Q(('kind', 'message'), ('sent_at__isnull', True)), fields=('candidacy', 'audience'), name='notice_of_messages_once')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40, verbose_name='Nature')),
                ('reference', models.CharField(max_length=40, unique=True, verbose_name='Référence')),
                ('values', models.JSONField(blank=True, default=dict)),
                ('dated_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('subject', models.CharField(blank=True, max_length=250)),
                ('text', models.TextField(blank=True)),
                ('pdf', models.FileField(blank=True, max_length=200, upload_to=parchemin.records.candidacies.models.letters.letter_stored_under)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_to', models.EmailField(blank=True, max_length=254)),
                ('failure', models.CharField(blank=True, max_length=300)),
                ('unprintable', models.CharField(blank=True, max_length=100)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='candidacies.candidacy')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='candidacies.decisionrecord')),
            ],
            options={
                'ordering': ['-asked_at'],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['asked_at'], name='letter_waiting'), models.Index(fields=['candidacy', 'asked_at'], name='letter_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='letter_kind_given'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('written_at__isnull', False), _connector='OR'), name='letter_written_before_sent')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_from_candidate', models.BooleanField()),
                ('body', models.TextField(max_length=5000, verbose_name='Message')),
                ('sent_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['sent_at'],
                'indexes': [models.Index(fields=['candidacy', 'sent_at'], name='message_of_file'), models.Index(condition=models.Q(('is_from_candidate', True), ('read_at__isnull', True)), fields=['candidacy'], name='message_unread')],
                'constraints': [models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='message_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='OverrideRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=120)),
                ('reason', models.TextField(verbose_name='Motif')),
                ('source', models.CharField(max_length=300, verbose_name='Source')),
                ('decided_on', models.DateField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='candidacies.candidacy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'rule'), name='override_once'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='override_with_reason_and_source')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(blank=True, max_length=80, verbose_name='Certification')),
                ('status', models.CharField(choices=[('draft', 'En préparation'), ('received', 'Reçue, à vérifier'), ('returned', 'À compléter'), ('complete', 'Complète, à décider'), ('admissible', 'Recevable'), ('refused', 'Non recevable'), ('lapsed', 'Caduque'), ('withdrawn', 'Retirée')], max_length=12, verbose_name='État du dossier')),
                ('audience', models.CharField(choices=[('candidate', 'Le candidat'), ('secretariat', 'Le secrétariat')], max_length=12, verbose_name='Destinataire')),
                ('after', models.CharField(choices=[('waiting', 'jours passés dans cet état'), ('due', 'jours avant l’échéance')], max_length=8, verbose_name='On compte')),
                ('days', models.PositiveSmallIntegerField(verbose_name='Jours')),
                ('subject', models.CharField(max_length=150, verbose_name='Objet')),
                ('words', models.TextField(verbose_name='Message')),
                ('is_active', models.BooleanField(default=True, verbose_name='Active')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='people.organisation')),
            ],
            options={
                'ordering': ['status', 'days'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'received', 'returned', 'complete', 'admissible', 'refused', 'lapsed', 'withdrawn'])), name='reminder_status_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['candidate', 'secretariat'])), name='reminder_audience_known'), models.CheckConstraint(condition=models.Q(('after__in', ['waiting', 'due'])), name='reminder_after_known'), models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('words', ''), _negated=True)), name='reminder_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Reminded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminded', to='candidacies.candidacy')),
                ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sent', to='candidacies.reminder')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reminder', 'candidacy', 'since'), name='reminded_once')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('evidence', 'Pièces et preuves déposées'), ('messages', 'Messages'), ('accommodation', 'Demandes d’aménagement'), ('identity', 'Identité des candidats non certifiés'), ('drafts', 'Brouillons et candidatures jamais envoyées')], max_length=20, verbose_name='Classe')),
                ('months', models.PositiveSmallIntegerField(verbose_name='Mois de conservation')),
                ('basis', models.CharField(max_length=300, verbose_name='Fondement')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='retention_rules', to='people.organisation')),
            ],
            options={
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='retention_once'), models.CheckConstraint(condition=models.Q(('months__gte', 1)), name='retention_at_least_a_month'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='retention_with_basis')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('prepared_at', models.DateTimeField()),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(default=dict)),
                ('visa', models.CharField(blank=True, max_length=200, verbose_name='Visa d’élimination')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_runs', to='people.organisation')),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-prepared_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('at__isnull', True)), fields=('organisation',), name='retention_prepared_once')],
            },
        ),
        migrations.CreateModel(
            name='RetentionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='Numéro')),
                ('kind', models.CharField(choices=[('evidence', 'Pièces et preuves déposées'), ('messages', 'Messages'), ('accommodation', 'Demandes d’aménagement'), ('identity', 'Identité des candidats non certifiés'), ('drafts', 'Brouillons et candidatures jamais envoyées')], max_length=20, verbose_name='Classe')),
                ('status', models.CharField(choices=[('draft', 'En préparation'), ('received', 'Reçue, à vérifier'), ('returned', 'À compléter'), ('complete', 'Complète, à décider'), ('admissible', 'Recevable'), ('refused', 'Non recevable'), ('lapsed', 'Caduque'), ('withdrawn', 'Retirée')], max_length=12, verbose_name='État')),
                ('closed_on', models.DateField()),
                ('ended_on', models.DateField()),
                ('is_erased', models.BooleanField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='candidacies.candidacy')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='candidacies.retentionrun')),
            ],
            options={
                'ordering': ['number', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('run', 'number', 'kind'), name='retention_line_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['evidence', 'messages', 'accommodation', 'identity', 'drafts'])), name='retention_line_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='RouteChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(max_length=40)),
                ('from_on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routes', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['from_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'route', 'from_on'), name='route_from_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=60, verbose_name='Nom de la vue')),
                ('query', models.CharField(max_length=1000)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('person', 'list', 'name'), name='view_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=60)),
                ('signer', models.CharField(max_length=120)),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('signed_at', models.DateTimeField()),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.link')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='candidacies.documentversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'actor'), name='signed_once_per_role'), models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='signature_assurance_known')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80)),
                ('declared', models.BooleanField(blank=True, null=True)),
                ('declared_at', models.DateTimeField(blank=True, null=True)),
                ('verified', models.BooleanField(blank=True, null=True)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='candidacies.candidacy')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'code'), name='statement_once'), models.CheckConstraint(condition=models.Q(models.Q(('verified__isnull', True), ('verified_at__isnull', True)), models.Q(('verified__isnull', False), ('verified_at__isnull', False)), _connector='OR'), name='statement_verified_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='StepDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=60)),
                ('done_on', models.DateField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps_done', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['done_on'],
                'constraints': [models.UniqueConstraint(fields=('candidacy', 'step'), name='step_done_once'), models.CheckConstraint(condition=models.Q(('step', ''), _negated=True), name='step_given')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='candidacies.candidacy')),
                ('from_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('to_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='transfer_with_reason'), models.CheckConstraint(condition=models.Q(('from_organisation', models.F('to_organisation')), _negated=True), name='transfer_to_another')],
            },
        ),
    ]
