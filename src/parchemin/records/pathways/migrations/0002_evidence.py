import django.db.models.deletion
import parchemin.records.pathways.models.evidence
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidacies', '0002_frozen'),
        ('pathways', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ColdDate',
            fields=[
                ('candidacy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='cold_date', serialize=False, to='candidacies.candidacy')),
                ('on', models.DateField(verbose_name='Date prévue')),
                ('planned_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200, verbose_name='Intitulé')),
                ('kind', models.CharField(choices=[('document', 'Document'), ('photo', 'Photo'), ('video', 'Vidéo ou son'), ('link', 'Lien vers une page'), ('account', 'Récit')], max_length=10, verbose_name='Nature')),
                ('author', models.CharField(max_length=120, verbose_name='Auteur')),
                ('made_on', models.DateField(verbose_name='Date')),
                ('words', models.TextField(blank=True, max_length=5000, verbose_name='Ce qu’elle montre')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='Adresse de la page')),
                ('content', models.FileField(blank=True, max_length=200, upload_to=parchemin.records.pathways.models.evidence.stored_under)),
                ('name', models.CharField(blank=True, max_length=160)),
                ('media_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(blank=True, null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('zone', models.CharField(choices=[('private', 'Privée'), ('shared', 'Partagée'), ('submitted', 'Soumise')], default='private', max_length=10, verbose_name='Zone')),
                ('added_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidences', to='candidacies.candidacy')),
            ],
            options={
                'ordering': ['-made_on', '-added_at'],
                'indexes': [models.Index(fields=['candidacy', '-made_on'], name='evidence_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['document', 'photo', 'video', 'link', 'account'])), name='evidence_kind_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='evidence_has_title'), models.CheckConstraint(condition=models.Q(('author', ''), _negated=True), name='evidence_has_author'), models.CheckConstraint(condition=models.Q(('sha256', ''), _negated=True), name='evidence_has_fingerprint'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'link'), _negated=True), models.Q(('url', ''), _negated=True), _connector='OR'), name='evidence_link_leads_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'account'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='evidence_account_is_told'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('zone__in', ['private', 'shared'])), models.Q(('submitted_at__isnull', False), ('zone', 'submitted')), _connector='OR'), name='evidence_submitted_at_a_time'), models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), models.Q(('zone', 'submitted'), _negated=True), _connector='OR'), name='evidence_submitted_stays')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='pathways.evidence')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('evidence', 'code'), name='evidence_bears_once'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='evidence_bears_on_something')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=2000)),
                ('written_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='pathways.evidence')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='evidence_comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceEndorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bearer', models.CharField(blank=True, max_length=120)),
                ('quality', models.CharField(blank=True, max_length=120)),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], default='email', max_length=20)),
                ('words', models.TextField(blank=True)),
                ('fingerprint', models.CharField(max_length=64)),
                ('said_at', models.DateTimeField()),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='pathways.evidence')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.link')),
            ],
            options={
                'ordering': ['said_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='evidence_endorsement_assurance_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='evidence_endorsement_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('bearer', models.CharField(blank=True, max_length=120)),
                ('quality', models.CharField(blank=True, max_length=120)),
                ('assurance', models.CharField(blank=True, choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], max_length=20)),
                ('observed_on', models.DateField(blank=True, null=True, verbose_name='Date de l’observation')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='Commentaire')),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='candidacies.candidacy')),
                ('link', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.link')),
                ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='observations', to='pathways.moment')),
                ('observer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['signed_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('link__isnull', False), ('observer__isnull', True)), models.Q(('link__isnull', True), ('observer__isnull', False)), _connector='OR'), name='observation_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('assurance', ''), ('observer__isnull', True), ('signed_at__isnull', True), ('words', '')), models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated']), ('observed_on__isnull', False), ('signed_at__isnull', False)), _connector='OR'), name='observation_signed_whole')],
            },
        ),
        migrations.CreateModel(
            name='ObservationLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('mark', models.CharField(blank=True, choices=[('seen', 'Vu'), ('not_yet', 'Pas encore'), ('not_seen', 'Pas observé')], max_length=10)),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='pathways.observation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('observation', 'code'), name='observed_once'), models.CheckConstraint(condition=models.Q(('mark__in', ['', 'seen', 'not_yet', 'not_seen'])), name='observation_mark_known')],
            },
        ),
    ]
