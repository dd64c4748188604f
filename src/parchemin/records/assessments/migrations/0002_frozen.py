from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly


class Migration(migrations.Migration):
    """Results, and what went to the jury or came back, are never changed: the database refuses it."""

    dependencies = [("assessments", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        AppendOnly("assessments_result"),
        AppendOnly("assessments_transmission"),
        AppendOnly("assessments_juryreturn"),
    ]
