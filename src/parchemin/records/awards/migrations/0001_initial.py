import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import parchemin.records.people.encrypted
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('candidacies', '0002_frozen'),
        ('certifications', '0002_frozen'),
        ('juries', '0002_guarded'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=12, unique=True, verbose_name='Numéro')),
                ('kind', models.CharField(choices=[('whole', 'Certification entière'), ('block', 'Bloc de compétences'), ('statement', 'Relevé de résultats')], max_length=10, verbose_name='Nature')),
                ('code', models.CharField(blank=True, max_length=60, verbose_name='Bloc')),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('salt', models.CharField(max_length=64)),
                ('place', models.PositiveIntegerField(unique=True)),
                ('correction', models.TextField(blank=True, max_length=1000, verbose_name='Ce qui est corrigé')),
                ('awarded_on', models.DateField(verbose_name='Délivré le')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='Valable jusqu’au')),
                ('issued_at', models.DateTimeField()),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='candidacies.candidacy')),
                ('conclusion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='juries.conclusion')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='awards.certificate')),
                ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='awards.certificate')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='people.organisation')),
            ],
            options={
                'ordering': ['issued_at', 'number'],
                'indexes': [models.Index(fields=['issued_at'], name='certificate_issued'), models.Index(condition=models.Q(('valid_until__isnull', False)), fields=['valid_until'], name='certificate_ends')],
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('number'), 12), name='certificate_number_whole'), models.CheckConstraint(condition=models.Q(('kind__in', ['whole', 'block', 'statement'])), name='certificate_kind_known'), models.CheckConstraint(condition=models.Q(('kind', 'block'), ('code', ''), _connector='XOR'), name='certificate_block_named'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), django.db.models.lookups.Exact(django.db.models.functions.text.Length('salt'), 64)), name='certificate_digest_whole'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('awarded_on')), _connector='OR'), name='certificate_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('correction', ''), _negated=True), _connector='XOR'), name='certificate_corrects_with_reason'), models.CheckConstraint(condition=models.Q(('renews__isnull', True), ('kind', 'whole'), _connector='OR'), name='certificate_renews_whole'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('kind', 'statement'), _negated=True)), fields=('conclusion', 'kind', 'code'), name='certificate_once')],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('note', models.TextField()),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['size'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('revoked', 'Retiré'), ('suspended', 'Suspendu'), ('reinstated', 'Rétabli')], max_length=10, verbose_name='Ce qui est décidé')),
                ('reason', models.TextField(max_length=1000, verbose_name='Motif')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='awards.certificate')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['at'], name='change_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['revoked', 'suspended', 'reinstated'])), name='change_act_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='change_with_reason'), models.UniqueConstraint(condition=models.Q(('act', 'revoked')), fields=('certificate',), name='certificate_revoked_once')],
            },
        ),
        migrations.CreateModel(
            name='Duplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField()),
                ('reason', models.TextField(max_length=500, verbose_name='Motif')),
                ('proof', models.CharField(max_length=200, verbose_name='Comment l’identité a été vérifiée')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='awards.certificate')),
            ],
            options={
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('certificate', 'rank'), name='duplicate_numbered'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='duplicate_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('proof', ''), _negated=True)), name='duplicate_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), name='logo_digest_whole')],
            },
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trade_name', models.CharField(blank=True, max_length=160, verbose_name='Nom commercial')),
                ('place', models.CharField(max_length=80, verbose_name='Fait à')),
                ('signatory', models.CharField(max_length=120, verbose_name='Qui signe')),
                ('signatory_title', models.CharField(max_length=160, verbose_name='Qualité de qui signe')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='Phrase de l’organisme')),
                ('primary', models.CharField(default='#1F4E79', max_length=7, verbose_name='Couleur principale')),
                ('accent', models.CharField(default='#8A5A00', max_length=7, verbose_name='Couleur secondaire')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='houses', to='certifications.certification')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation', verbose_name='Délivré par')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='houses', to='awards.logo')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='houses', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'certification'), name='house_once_a_certification'), models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('signatory', ''), _negated=True), models.Q(('signatory_title', ''), _negated=True)), name='house_signed'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('primary'), 7), django.db.models.lookups.Exact(django.db.models.functions.text.Length('accent'), 7)), name='house_coloured')],
            },
        ),
        migrations.CreateModel(
            name='IssuerKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('public', models.CharField(max_length=60, unique=True)),
                ('seed', parchemin.records.people.encrypted.SealedTextField()),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='people.organisation')),
            ],
            options={
                'ordering': ['made_at'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('organisation', models.Value(uuid.UUID('00000000-0000-0000-0000-000000000000'), models.UUIDField())), condition=models.Q(('retired_at__isnull', True)), name='issuer_key_one_in_use'), models.CheckConstraint(condition=models.Q(('retired_at__isnull', True), ('retired_at__gte', models.F('made_at')), _connector='OR'), name='issuer_key_retired_after'), models.CheckConstraint(condition=models.Q(('revoked_at__isnull', True), ('retired_at__isnull', False), _connector='OR'), name='issuer_key_revoked_is_retired')],
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('index', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('content', models.TextField()),
                ('kept_at', models.DateTimeField()),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='awards.certificate')),
                ('change', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entry', to='awards.change')),
            ],
            options={
                'ordering': ['index'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('change__isnull', True)), fields=('certificate',), name='entry_once_a_certificate'), models.CheckConstraint(condition=models.Q(('content', ''), _negated=True), name='entry_says_something')],
            },
        ),
        migrations.CreateModel(
            name='RegisterNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('rank', models.PositiveBigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'rank'), name='register_node_once')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='awards.certificate')),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('fingerprint'), 64), name='share_fingerprint_whole'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at'))), name='share_ends_later'), models.CheckConstraint(condition=models.Q(('revoked_at__isnull', True), ('revoked_at__gte', models.F('made_at')), _connector='OR'), name='share_revoked_after')],
            },
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='credential', serialize=False, to='awards.certificate')),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.issuerkey')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), name='credential_digest_whole')],
            },
        ),
    ]
