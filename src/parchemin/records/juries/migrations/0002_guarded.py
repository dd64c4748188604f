from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly
from parchemin.records.juries.guards import EFFECTS, MINUTES, SIGNATURES


class Migration(migrations.Migration):
    """Minutes, signatures and what is held since are never changed: the database refuses it."""

    dependencies = [("juries", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        *MINUTES,
        AppendOnly("juries_signature"),
        AppendOnly("juries_conclusion"),
        AppendOnly("juries_holding"),
        *SIGNATURES,
        *EFFECTS,
    ]
