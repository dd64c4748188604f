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
        ('certifications', '0002_frozen'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('endorser_name', models.CharField(max_length=160)),
                ('subject_name', models.CharField(max_length=250)),
                ('words', models.TextField(max_length=1000, verbose_name='Ce que dit la recommandation')),
                ('place', models.PositiveIntegerField()),
                ('from_on', models.DateField(verbose_name='Premier jour')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Dernier jour')),
                ('made_at', models.DateTimeField()),
                ('endorsed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations_received', to='people.organisation')),
                ('endorser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='people.organisation')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='certifications.publishedversion')),
            ],
            options={
                'ordering': ['-made_at', 'pk'],
                'indexes': [models.Index(fields=['made_at'], name='recommendation_made')],
                'constraints': [models.CheckConstraint(condition=models.Q(('endorser', models.F('endorsed')), _negated=True), name='recommendation_of_another'), models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('words'), 1000)), name='recommendation_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('endorser_name', ''), _negated=True), models.Q(('subject_name', ''), _negated=True)), name='recommendation_names_both'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='recommendation_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('place__lt', 131072)), name='recommendation_place_in_list'), models.UniqueConstraint(fields=('endorser', 'place'), name='recommendation_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('accepted', 'Acceptée'), ('hidden', 'Masquée')], max_length=8)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='recommendations.recommendation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['accepted', 'hidden'])), name='reply_act_known')],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='proof', serialize=False, to='recommendations.recommendation')),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.issuerkey')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('digest'), 64), name='proof_digest_whole')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='recommendations.recommendation')),
                ('reason', models.TextField(max_length=1000, verbose_name='Motif')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='recommendation_withdrawn')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_with_reason')],
            },
        ),
    ]
