from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly


class Migration(migrations.Migration):
    """Decisions are never changed: the database refuses it."""

    dependencies = [("candidacies", "0001_initial"), ("journal", "0001_initial")]
    operations = [AppendOnly("candidacies_decisionrecord")]
