from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly


class Migration(migrations.Migration):
    """What was published is never changed: the database refuses it."""

    dependencies = [("followups", "0001_initial"), ("journal", "0001_initial")]
    operations = [AppendOnly("followups_publishedfigures")]
