import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('awards', '0002_guarded'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('action', models.CharField(choices=[('create', 'Transmission'), ('withdraw', 'Retrait')], max_length=10)),
                ('version', models.CharField(max_length=8)),
                ('emitter', models.CharField(max_length=8)),
                ('certifier', models.CharField(max_length=8)),
                ('contract', models.CharField(max_length=20)),
                ('count', models.PositiveIntegerField()),
                ('size', models.PositiveBigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='people.organisation')),
            ],
            options={
                'ordering': ['-made_at', 'pk'],
                'indexes': [models.Index(fields=['organisation', '-made_at'], name='batch_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action__in', ['create', 'withdraw'])), name='batch_action_known'), models.CheckConstraint(condition=models.Q(('action', 'create'), models.Q(('version', '1.1.2'), _negated=True), _connector='OR'), name='batch_withdraws_from_1_1_5_on'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), name='batch_digest_whole'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='batch_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='line', serialize=False, to='awards.certificate')),
                ('code', models.CharField(blank=True, max_length=12)),
                ('bar', models.CharField(blank=True, choices=[('block', 'Un bloc : seule une certification entière est transmise.'), ('statement', 'Un relevé de résultats : il ne certifie rien.'), ('register', 'La certification n’est inscrite ni au RNCP ni au répertoire spécifique.'), ('code', 'La certification n’a pas de code du RNCP ou du répertoire spécifique ce jour-là.')], max_length=10)),
                ('state', models.CharField(choices=[('ready', 'À transmettre'), ('sent', 'Dans un fichier'), ('accepted', 'Acceptée'), ('rejected', 'Refusée'), ('to_withdraw', 'À retirer'), ('withdrawing', 'Retrait dans un fichier'), ('withdrawn', 'Retirée'), ('excluded', 'Écartée'), ('closed', 'Sans objet'), ('barred', 'Jamais transmise')], default='ready', max_length=12, verbose_name='État')),
                ('due_on', models.DateField(verbose_name='À transmettre avant le')),
                ('reason', models.TextField(blank=True, max_length=500, verbose_name='Motif')),
                ('rank', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state__in=['ready', 'rejected', 'to_withdraw'], then=0), models.When(state__in=['sent', 'withdrawing'], then=1), models.When(state__in=['barred', 'closed'], then=3), default=2), output_field=models.SmallIntegerField())),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['organisation', 'rank', 'due_on', 'certificate'], name='line_by_rank'), models.Index(fields=['organisation', 'state', 'due_on'], name='line_by_state'), models.Index(fields=['organisation', 'state', 'code', 'certificate'], name='line_by_code')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'sent', 'accepted', 'rejected', 'to_withdraw', 'withdrawing', 'withdrawn', 'excluded', 'closed', 'barred'])), name='line_state_known'), models.CheckConstraint(condition=models.Q(('bar__in', ['', 'block', 'statement', 'register', 'code'])), name='line_bar_known'), models.CheckConstraint(condition=models.Q(('state', 'barred'), ('bar', ''), _connector='XOR'), name='line_barred_for_a_reason'), models.CheckConstraint(condition=models.Q(('state', 'barred'), models.Q(('code', ''), _negated=True), _connector='XOR'), name='line_coded_or_barred'), models.CheckConstraint(condition=models.Q(('state', 'excluded'), ('reason', ''), _connector='XOR'), name='line_excluded_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='channel', serialize=False, to='people.organisation')),
                ('emitter', models.CharField(max_length=8, verbose_name='Matricule de l’émetteur')),
                ('certifier', models.CharField(max_length=8, verbose_name='Matricule du certificateur')),
                ('contract', models.CharField(max_length=20, verbose_name='Numéro de contrat')),
                ('version', models.CharField(choices=[('1.1.2', '1.1.2'), ('1.1.5', '1.1.5, qui sait aussi retirer')], max_length=8, verbose_name='Version du schéma')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('emitter'), 8), django.db.models.lookups.Exact(django.db.models.functions.text.Length('certifier'), 8)), name='channel_numbers_whole'), models.CheckConstraint(condition=models.Q(('contract', ''), _negated=True), name='channel_contract_given'), models.CheckConstraint(condition=models.Q(('version__in', ['1.1.2', '1.1.5'])), name='channel_version_known')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('technical_id', models.CharField(max_length=36)),
                ('holder', models.CharField(max_length=64)),
                ('is_withdrawal', models.BooleanField(default=False)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='transmissions.batch')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='transmissions.line')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_withdrawal', False)), fields=('technical_id',), name='technical_id_never_again'), models.UniqueConstraint(fields=('batch', 'technical_id'), name='sending_once_a_file'), models.UniqueConstraint(fields=('batch', 'line'), name='line_once_a_file'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('technical_id'), 36), name='technical_id_whole'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('holder'), 64), name='sending_holder_whole')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('treatment', models.CharField(blank=True, max_length=100)),
                ('accepted', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField()),
                ('repeated', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('answers_digest', models.CharField(max_length=64)),
                ('read_at', models.DateTimeField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='transmissions.batch')),
                ('read_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'digest'), name='receipt_read_once'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), django.db.models.lookups.Exact(django.db.models.functions.text.Length('answers_digest'), 64)), name='receipt_digest_whole')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('sending', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='answer', serialize=False, to='transmissions.sending')),
                ('is_accepted', models.BooleanField()),
                ('reasons', models.JSONField(default=list)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='transmissions.receipt')),
            ],
        ),
        migrations.CreateModel(
            name='Dropped',
            fields=[
                ('batch', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='dropped', serialize=False, to='transmissions.batch')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='release', serialize=False, to='transmissions.answer')),
                ('reason', models.TextField(max_length=500, verbose_name='Motif')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='release_for_a_reason')],
            },
        ),
    ]
