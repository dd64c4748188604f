import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scheme', models.CharField(max_length=80, unique=True, verbose_name='Identifiant')),
                ('title', models.CharField(max_length=250, verbose_name='Intitulé')),
                ('is_open', models.BooleanField(default=False, verbose_name='Candidatures ouvertes')),
                ('contact', models.EmailField(blank=True, max_length=254, verbose_name='Adresse du secrétariat')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('awarding_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certifications', to='people.organisation')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scheme', ''), _negated=True), name='certification_scheme_given')],
            },
        ),
        migrations.CreateModel(
            name='PublishedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, verbose_name='Version')),
                ('files', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='certifications.certification')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['certification', 'name'],
                'constraints': [models.UniqueConstraint(fields=('certification', 'name'), name='version_published_once')],
            },
        ),
        migrations.CreateModel(
            name='PublishedRuling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='Nom')),
                ('text', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='certifications.publishedversion')),
            ],
            options={
                'ordering': ['version', 'name'],
                'constraints': [models.UniqueConstraint(fields=('version', 'name'), name='ruling_published_once')],
            },
        ),
    ]
