from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly


class Migration(migrations.Migration):
    """Results are never changed: the database refuses it."""

    dependencies = [("assessments", "0001_initial"), ("journal", "0001_initial")]
    operations = [AppendOnly("assessments_result")]
