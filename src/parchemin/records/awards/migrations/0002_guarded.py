from django.db import migrations

from parchemin.records.awards.guards import CERTIFICATES, CHANGES
from parchemin.records.journal.append_only import AppendOnly


class Migration(migrations.Migration):
    """Certificates and what was decided of them are never changed: the database refuses it."""

    dependencies = [("awards", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        AppendOnly("awards_certificate"),
        AppendOnly("awards_change"),
        AppendOnly("awards_duplicate"),
        AppendOnly("awards_logo"),
        AppendOnly("awards_credential"),
        AppendOnly("awards_registerentry"),
        AppendOnly("awards_registernode"),
        AppendOnly("awards_checkpoint"),
        *CERTIFICATES,
        *CHANGES,
    ]
