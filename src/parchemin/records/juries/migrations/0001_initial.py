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
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='JurySession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='Numéro')),
                ('jury', models.CharField(max_length=60, verbose_name='Jury')),
                ('starts_at', models.DateTimeField(verbose_name='Date et heure')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Durée en minutes')),
                ('place', models.CharField(choices=[('on_site', 'Sur place'), ('remote', 'À distance'), ('mixed', 'Sur place et à distance')], default='on_site', max_length=10, verbose_name='Déroulement')),
                ('room', models.CharField(blank=True, max_length=300, verbose_name='Adresse, salle ou lien')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Candidats au plus')),
                ('safeguards', models.JSONField(blank=True, null=True, verbose_name='Précautions à distance')),
                ('nomination', models.FileField(blank=True, max_length=200, upload_to='nominations/', verbose_name='Acte de nomination')),
                ('nomination_digest', models.CharField(blank=True, max_length=64)),
                ('nominated_on', models.DateField(blank=True, null=True, verbose_name='Nommé le')),
                ('nominated_by', models.CharField(blank=True, max_length=160, verbose_name='Autorité qui nomme')),
                ('previous_college', models.CharField(blank=True, max_length=60, verbose_name='Collège qui présidait la fois précédente')),
                ('summoned_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('opening', models.JSONField(blank=True, null=True)),
                ('opening_reason', models.TextField(blank=True, max_length=1000, verbose_name='Justification')),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancellation', models.TextField(blank=True, max_length=1000, verbose_name='Motif de l’annulation')),
                ('created_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_sessions', to='certifications.certification')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_sessions', to='people.organisation')),
            ],
            options={
                'ordering': ['-starts_at'],
                'indexes': [models.Index(fields=['organisation', '-starts_at'], name='session_of_body'), models.Index(fields=['certification', 'jury', '-closed_at'], name='session_before')],
                'constraints': [models.CheckConstraint(condition=models.Q(('jury', ''), _negated=True), name='session_jury_given'), models.CheckConstraint(condition=models.Q(('place__in', ['on_site', 'remote', 'mixed'])), name='session_place_known'), models.CheckConstraint(condition=models.Q(('nominated_on__isnull', True), models.Q(('nominated_by', ''), _negated=True), _connector='OR'), name='session_nominated_by_somebody'), models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('opening__isnull', False), _connector='OR'), name='session_opened_on_a_decision'), models.CheckConstraint(condition=models.Q(('drawn_at__isnull', True), ('opened_at__isnull', False), _connector='OR'), name='session_drawn_was_open'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='session_published_was_closed'), models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('opened_at__isnull', True), models.Q(('cancellation', ''), _negated=True)), _connector='OR'), name='session_cancelled_before_it_with_reason'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('closed_at__gte', models.F('drawn_at')), ('drawn_at__isnull', False)), _connector='OR'), name='session_closed_after_minutes')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('college', models.CharField(blank=True, max_length=60, verbose_name='Collège')),
                ('profiles', models.JSONField(blank=True, null=True, verbose_name='Profils')),
                ('employer', models.CharField(blank=True, max_length=160, verbose_name='Organisme ou employeur')),
                ('is_external', models.BooleanField(blank=True, null=True, verbose_name='Extérieur au certificateur et au centre de formation')),
                ('is_qualified', models.BooleanField(blank=True, null=True, verbose_name='Qualifié pour la certification visée')),
                ('gender', models.CharField(blank=True, choices=[('', 'Non renseigné'), ('f', 'Femme'), ('m', 'Homme')], max_length=1, verbose_name='Femme ou homme')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seat', models.CharField(blank=True, max_length=60, verbose_name='Siège')),
                ('is_chair', models.BooleanField(default=False, verbose_name='Préside')),
                ('presence', models.CharField(blank=True, choices=[('present', 'Présent'), ('absent', 'Absent'), ('excused', 'Excusé')], max_length=10, verbose_name='Présence')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('expenses', models.CharField(choices=[('none', 'Sans frais'), ('claimed', 'À rembourser'), ('paid', 'Remboursés')], default='none', max_length=10, verbose_name='Frais')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_seats', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='juries.jurysession')),
                ('substitutes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='substitute', to='juries.member', verbose_name='Supplée')),
            ],
            options={
                'ordering': ['-is_chair', 'college', 'seat', 'person__family_key', 'pk'],
                'indexes': [models.Index(fields=['person', 'session'], name='member_of_person')],
                'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='member_once'), models.UniqueConstraint(condition=models.Q(('is_chair', True)), fields=('session',), name='chair_once'), models.CheckConstraint(condition=models.Q(('presence__in', ['', 'present', 'absent', 'excused'])), name='member_presence_known'), models.CheckConstraint(condition=models.Q(('gender__in', ['', 'f', 'm'])), name='member_gender_known'), models.CheckConstraint(condition=models.Q(('expenses__in', ['none', 'claimed', 'paid'])), name='member_expenses_known'), models.CheckConstraint(condition=models.Q(('substitutes__isnull', True), models.Q(('substitutes', models.F('id')), _negated=True), _connector='OR'), name='member_substitutes_another')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='Numéro')),
                ('reason', models.TextField(blank=True, max_length=3000, verbose_name='Ce qui est corrigé, et pourquoi')),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('dropping_reason', models.TextField(blank=True, max_length=500, verbose_name='Pourquoi il est abandonné')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closing_reason', models.TextField(blank=True, max_length=500, verbose_name='Pourquoi une signature manque')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='juries.minutes')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='all_minutes', to='juries.jurysession')),
            ],
            options={
                'ordering': ['drawn_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('corrects__isnull', True), ('dropped_at__isnull', True)), fields=('session',), name='minutes_once_a_session'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False), ('dropped_at__isnull', True)), fields=('corrects',), name='minutes_corrected_once'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='minutes_correct_with_reason'), models.CheckConstraint(condition=models.Q(('dropped_at__isnull', True), models.Q(('dropping_reason', ''), _negated=True), _connector='OR'), name='minutes_dropped_with_reason'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), name='minutes_digest_whole'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('closed_by__isnull', False), ('closed_at__gte', models.F('drawn_at'))), _connector='OR'), name='minutes_closed_by_somebody_after'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='minutes_closed_or_dropped')],
            },
        ),
        migrations.CreateModel(
            name='PoolMember',
            fields=[
                ('college', models.CharField(blank=True, max_length=60, verbose_name='Collège')),
                ('profiles', models.JSONField(blank=True, null=True, verbose_name='Profils')),
                ('employer', models.CharField(blank=True, max_length=160, verbose_name='Organisme ou employeur')),
                ('is_external', models.BooleanField(blank=True, null=True, verbose_name='Extérieur au certificateur et au centre de formation')),
                ('is_qualified', models.BooleanField(blank=True, null=True, verbose_name='Qualifié pour la certification visée')),
                ('gender', models.CharField(blank=True, choices=[('', 'Non renseigné'), ('f', 'Femme'), ('m', 'Homme')], max_length=1, verbose_name='Femme ou homme')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scheme', models.CharField(max_length=80, verbose_name='Certification')),
                ('seats', models.JSONField(blank=True, default=list, verbose_name='Sièges qu’il peut occuper')),
                ('briefed_on', models.DateField(blank=True, null=True, verbose_name='Informé de son rôle le')),
                ('joined_on', models.DateField(verbose_name='Depuis le')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='Jusqu’au')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Remarque')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_pool', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_pools', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['person__family_key'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('organisation', 'scheme', 'person'), name='pool_member_once'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='pool_member_leaves_after'), models.CheckConstraint(condition=models.Q(('gender__in', ['', 'f', 'm'])), name='pool_member_gender_known')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='Du')),
                ('until_on', models.DateField(verbose_name='Au')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='juries.poolmember')),
            ],
            options={
                'ordering': ['from_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='absence_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='SessionCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=4)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='counter_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('signed_at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='juries.member')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='juries.minutes')),
            ],
            options={
                'ordering': ['signed_at'],
                'constraints': [models.UniqueConstraint(fields=('minutes', 'member'), name='minutes_signed_once'), models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='minutes_assurance_known')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='Heure de passage')),
                ('summoned_at', models.DateTimeField(blank=True, null=True)),
                ('blocks', models.JSONField(blank=True, default=list)),
                ('attested', models.JSONField(blank=True, default=list)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removal', models.TextField(blank=True, max_length=500, verbose_name='Motif du retrait')),
                ('proposed', models.JSONField(blank=True, null=True)),
                ('ruled', models.JSONField(blank=True, null=True)),
                ('sat', models.JSONField(blank=True, null=True)),
                ('reopened', models.JSONField(blank=True, default=list)),
                ('verdict', models.CharField(blank=True, choices=[('full', 'Certification délivrée'), ('partial', 'Délivrance partielle'), ('none', 'Non délivrée'), ('deferred', 'Décision reportée'), ('absent', 'Candidat absent'), ('excused', 'Candidat excusé'), ('void', 'Annulée pour fraude')], max_length=10, verbose_name='Décision')),
                ('reason', models.TextField(blank=True, max_length=3000, verbose_name='Motif')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('notified_on', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('appeal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='candidacies.appeal')),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='candidacies.candidacy')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hearings', to='juries.jurysession')),
            ],
            options={
                'ordering': ['session', 'position'],
                'indexes': [models.Index(fields=['candidacy', 'decided_at'], name='hearing_of_file')],
                'constraints': [models.UniqueConstraint(fields=('session', 'candidacy'), name='hearing_once'), models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True), ('verdict', '')), fields=('candidacy',), name='hearing_waits_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'full', 'partial', 'none', 'deferred', 'absent', 'excused', 'void'])), name='hearing_verdict_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('sat__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('sat__isnull', False)), _connector='OR'), name='hearing_decided_at_a_time_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['deferred', 'void']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='hearing_put_off_with_reason'), models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), models.Q(('verdict', ''), models.Q(('removal', ''), _negated=True)), _connector='OR'), name='hearing_removed_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['full', 'partial', 'none']), _negated=True), models.Q(('proposed__isnull', False), ('ruled__isnull', False)), _connector='OR'), name='hearing_decided_on_a_proposal')],
            },
        ),
        migrations.CreateModel(
            name='Conclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('full', 'Certification délivrée'), ('partial', 'Délivrance partielle'), ('none', 'Non délivrée'), ('deferred', 'Décision reportée'), ('absent', 'Candidat absent'), ('excused', 'Candidat excusé'), ('void', 'Annulée pour fraude')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('concluded_on', models.DateField()),
                ('notify_until', models.DateField(blank=True, null=True)),
                ('award_record', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='candidacies.decisionrecord')),
                ('jury_record', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concludes', to='candidacies.decisionrecord')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='juries.hearing')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='juries.minutes')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('notify_until__isnull', False)), fields=['notify_until'], name='conclusion_to_notify')],
                'constraints': [models.UniqueConstraint(fields=('minutes', 'hearing'), name='conclusion_once_a_minutes'), models.CheckConstraint(condition=models.Q(('verdict__in', ['full', 'partial', 'none', 'deferred', 'absent', 'excused', 'void'])), name='conclusion_verdict_known'), models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['full', 'partial', 'none']), _negated=True), models.Q(('award_record__isnull', False), ('jury_record__isnull', False)), _connector='OR'), name='conclusion_decided_with_its_records')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(max_length=3000, verbose_name='Ce qui s’est passé')),
                ('is_fraud', models.BooleanField(default=False, verbose_name='Fraude ou tentative de fraude')),
                ('told_at', models.DateTimeField()),
                ('hearing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='juries.hearing')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='juries.jurysession')),
            ],
            options={
                'ordering': ['told_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='incident_told')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('is_held', models.BooleanField(default=True)),
                ('assessed_on', models.DateField(blank=True, null=True)),
                ('deliberated_on', models.DateField()),
                ('signed_on', models.DateField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='candidacies.candidacy')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='juries.hearing')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='juries.minutes')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['candidacy', 'code'], name='holding_of_file')],
                'constraints': [models.UniqueConstraint(fields=('minutes', 'hearing', 'code'), name='holding_once_a_minutes'), models.CheckConstraint(condition=models.Q(('signed_on__gte', models.F('deliberated_on'))), name='holding_signed_after')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('is_granted', models.BooleanField()),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='Motif')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='juries.hearing')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('hearing', 'code'), name='opinion_once')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('links', models.JSONField(blank=True, null=True)),
                ('known', models.JSONField(blank=True, default=list)),
                ('declared_at', models.DateTimeField(blank=True, null=True)),
                ('is_recused', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True, max_length=500, verbose_name='Motif')),
                ('recused_at', models.DateTimeField(blank=True, null=True)),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='juries.hearing')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='juries.member')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('hearing', 'member'), name='tie_once'), models.CheckConstraint(condition=models.Q(models.Q(('declared_at__isnull', True), ('links__isnull', True)), models.Q(('declared_at__isnull', False), ('links__isnull', False)), _connector='OR'), name='tie_declared_at_a_time'), models.CheckConstraint(condition=models.Q(('is_recused', False), models.Q(('recused_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='tie_recused_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballot', models.CharField(choices=[('for', 'for'), ('against', 'against'), ('abstain', 'abstain')], max_length=10)),
                ('cast_at', models.DateTimeField()),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='juries.hearing')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='juries.member')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('hearing', 'member'), name='vote_once'), models.CheckConstraint(condition=models.Q(('ballot__in', ['for', 'against', 'abstain'])), name='vote_ballot_known')],
            },
        ),
        migrations.AddField(
            model_name='Hearing',
            name='prior',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='juries.hearing'),
        ),
        migrations.AddField(
            model_name='Hearing',
            name='told',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='juries.conclusion'),
        ),
        migrations.AddConstraint(
            model_name='Hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('notified_on__isnull', True), ('told__isnull', True)), models.Q(('notified_on__isnull', False), ('told__isnull', False)), _connector='OR'), name='hearing_told_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='Hearing',
            constraint=models.CheckConstraint(condition=models.Q(('appeal__isnull', True), ('prior__isnull', False), _connector='OR'), name='hearing_of_an_appeal_takes_up_another'),
        ),
    ]
