import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import parchemin.records.people.names
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='Adresse e-mail')),
                ('given_name', models.CharField(blank=True, max_length=60, verbose_name='Prénom')),
                ('family_name', models.CharField(blank=True, max_length=60, verbose_name='Nom')),
                ('given_key', parchemin.records.people.names.FoldedField(blank=True, db_index=True, default='', editable=False, max_length=120, of='given_name')),
                ('family_key', parchemin.records.people.names.FoldedField(blank=True, db_index=True, default='', editable=False, max_length=120, of='family_name')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'English')], default='fr', max_length=2, verbose_name='Langue')),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['family_key', 'given_key'], name='person_by_name')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_unique'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='person_email_given'), models.CheckConstraint(condition=models.Q(('language__in', ['fr', 'en'])), name='person_language_known')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('act', models.CharField(max_length=40)),
                ('subject', models.UUIDField(db_index=True)),
                ('email', models.EmailField(max_length=254, verbose_name='Adresse e-mail')),
                ('bearer', models.CharField(max_length=120, verbose_name='Nom')),
                ('quality', models.CharField(blank=True, max_length=120, verbose_name='Qualité')),
                ('role', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('assurance', models.CharField(choices=[('none', 'Identité déclarée'), ('email', 'Adresse e-mail contrôlée'), ('password', 'Compte à mot de passe'), ('second_factor', 'Compte à deux facteurs'), ('federated', 'Identité fédérée')], default='email', max_length=20)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('act', ''), _negated=True), name='link_act_given'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='link_expires_later'), models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='link_used_or_revoked'), models.CheckConstraint(condition=models.Q(('assurance__in', ['none', 'email', 'password', 'second_factor', 'federated'])), name='link_assurance_known'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('used_at__isnull', True)), fields=('act', 'subject', 'role'), name='link_waits_once')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('awarding_body', 'Certificateur'), ('committee', 'Commission paritaire'), ('provider', 'Organisme de formation'), ('company', 'Entreprise'), ('centre', 'Centre')], max_length=20, verbose_name='Nature')),
                ('name', models.CharField(max_length=160, verbose_name='Nom')),
                ('siret', models.CharField(blank=True, max_length=14, validators=[django.core.validators.RegexValidator('^\\d{14}$', 'Le SIRET compte 14 chiffres, sans espace.')], verbose_name='SIRET')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='Adresse e-mail de contact')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='Adresse')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='Code postal')),
                ('town', models.CharField(blank=True, max_length=80, verbose_name='Ville')),
                ('is_public', models.BooleanField(default=False, verbose_name='Ses dossiers sont des archives publiques')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='centres', to='people.organisation')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['awarding_body', 'committee', 'provider', 'company', 'centre'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='organisation_name_given'), models.UniqueConstraint(condition=models.Q(('siret', ''), _negated=True), fields=('siret',), name='organisation_siret_unique'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'centre'), _negated=True), ('parent__isnull', False), _connector='OR'), name='organisation_centre_has_parent'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='organisation_not_its_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('email', models.EmailField(max_length=254, verbose_name='Adresse e-mail')),
                ('role', models.CharField(choices=[('administrator', 'Administration'), ('awarding_body', 'Certificateur'), ('secretary', 'Secrétariat'), ('jury_member', 'Membre de jury'), ('evaluator', 'Évaluateur externe'), ('professional', 'Professionnel du secteur'), ('companion', 'Formateur ou tuteur'), ('candidate', 'Candidat')], max_length=20, verbose_name='Rôle')),
                ('scheme', models.CharField(blank=True, max_length=80, verbose_name='Certification')),
                ('subject', models.UUIDField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'awarding_body', 'secretary', 'jury_member', 'evaluator', 'professional', 'companion', 'candidate'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_expires_later'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='invitation_one_end'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('role__in', ['administrator', 'candidate'])), models.Q(models.Q(('role__in', ['administrator', 'candidate']), _negated=True), ('organisation__isnull', False)), _connector='OR'), name='invitation_has_its_scope')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Administration'), ('awarding_body', 'Certificateur'), ('secretary', 'Secrétariat'), ('jury_member', 'Membre de jury'), ('evaluator', 'Évaluateur externe'), ('professional', 'Professionnel du secteur'), ('companion', 'Formateur ou tuteur'), ('candidate', 'Candidat')], max_length=20, verbose_name='Rôle')),
                ('scheme', models.CharField(blank=True, max_length=80, verbose_name='Certification')),
                ('from_on', models.DateField(verbose_name='Depuis')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Jusqu’au')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='centre_grants', to='people.organisation')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.organisation')),
            ],
            options={
                'ordering': ['role', 'from_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'awarding_body', 'secretary', 'jury_member', 'evaluator', 'professional', 'companion', 'candidate'])), name='grant_role_known'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='grant_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('role__in', ['administrator', 'candidate'])), models.Q(models.Q(('role__in', ['administrator', 'candidate']), _negated=True), ('organisation__isnull', False)), _connector='OR'), name='grant_has_its_scope'), models.UniqueConstraint(models.F('person'), models.F('role'), django.db.models.functions.comparison.Coalesce('organisation', models.Value(uuid.UUID('00000000-0000-0000-0000-000000000000'), output_field=models.UUIDField())), models.F('scheme'), django.db.models.functions.comparison.Coalesce('centre', models.Value(uuid.UUID('00000000-0000-0000-0000-000000000000'), output_field=models.UUIDField())), condition=models.Q(('revoked_at__isnull', True)), name='grant_once')],
            },
        ),
        migrations.CreateModel(
            name='Accreditation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=80, verbose_name='Certification')),
                ('actor', models.CharField(max_length=60, verbose_name='Rôle dans la certification')),
                ('scope', models.CharField(blank=True, max_length=200, verbose_name='Portée (blocs, territoire…)')),
                ('training', models.CharField(blank=True, max_length=200, verbose_name='Formation suivie')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='Formé le')),
                ('proof', models.FileField(blank=True, max_length=200, upload_to='accreditations/', verbose_name='Preuve de formation')),
                ('granted_on', models.DateField(verbose_name='Accordée le')),
                ('from_on', models.DateField(verbose_name='À partir du')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Jusqu’au')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='Retirée le')),
                ('withdrawal_reason', models.CharField(blank=True, max_length=300, verbose_name='Motif du retrait')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accreditations', to=settings.AUTH_USER_MODEL)),
                ('renews', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='people.accreditation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accreditations', to='people.organisation')),
            ],
            options={
                'ordering': ['until_on', 'person__family_key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='accreditation_ends_after_start'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='accreditation_withdrawn_with_reason'), models.UniqueConstraint(fields=('person', 'organisation', 'scheme', 'actor', 'from_on'), name='accreditation_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='Nom')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='Depuis')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Jusqu’au')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='people.organisation')),
            ],
            options={
                'ordering': ['from_on', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='organisation_name_ends_after_start'), models.UniqueConstraint(fields=('organisation', 'name', 'from_on'), name='organisation_name_once')],
            },
        ),
        migrations.CreateModel(
            name='PartnerAuthorisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=80, verbose_name='Certification')),
                ('scope', models.CharField(choices=[('prepare', 'Préparer'), ('evaluate', 'Évaluer'), ('both', 'Préparer et évaluer')], max_length=10, verbose_name='Portée')),
                ('blocks', models.JSONField(blank=True, default=list, verbose_name='Blocs')),
                ('contract', models.CharField(blank=True, max_length=200, verbose_name='Convention')),
                ('from_on', models.DateField(verbose_name='À partir du')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Jusqu’au')),
                ('renews', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='people.partnerauthorisation')),
                ('suspended_on', models.DateField(blank=True, null=True, verbose_name='Suspendue le')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Motif')),
                ('awarding_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorised', to='people.organisation')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='people.organisation')),
            ],
            options={
                'ordering': ['scheme', 'provider__name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['prepare', 'evaluate', 'both'])), name='partner_scope_known'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='partner_ends_after_start'), models.CheckConstraint(condition=models.Q(('suspended_on__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='partner_suspended_with_reason'), models.UniqueConstraint(fields=('provider', 'awarding_body', 'scheme', 'from_on'), name='partner_authorised_once'), models.CheckConstraint(condition=models.Q(('provider', models.F('awarding_body')), _negated=True), name='partner_is_another')],
            },
        ),
        migrations.CreateModel(
            name='CivilIdentity',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='identity', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('birth_name', models.CharField(max_length=60, verbose_name='Nom de naissance')),
                ('used_name', models.CharField(blank=True, max_length=60, verbose_name='Nom d’usage')),
                ('first_names', models.JSONField(verbose_name='Prénoms')),
                ('sex', models.CharField(choices=[('F', 'Féminin'), ('M', 'Masculin')], max_length=1, verbose_name='Sexe à l’état civil')),
                ('born_on', models.DateField(verbose_name='Date de naissance')),
                ('birth_commune', models.CharField(blank=True, max_length=5, verbose_name='Commune de naissance')),
                ('birth_country', models.CharField(blank=True, max_length=5, verbose_name='Pays de naissance')),
                ('birth_city', models.CharField(blank=True, max_length=60, verbose_name='Ville de naissance à l’étranger')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='Adresse')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='Code postal')),
                ('town', models.CharField(blank=True, max_length=80, verbose_name='Ville')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Téléphone')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('birth_name', ''), _negated=True), name='identity_birth_name_given'), models.CheckConstraint(condition=models.Q(('sex__in', ['F', 'M'])), name='identity_sex_known'), models.CheckConstraint(condition=models.Q(('birth_commune', ''), ('birth_country', ''), _connector='XOR'), name='identity_commune_or_country'), models.CheckConstraint(condition=models.Q(('born_on__gte', '1900-01-01')), name='identity_birth_plausible')],
            },
        ),
    ]
