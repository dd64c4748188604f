from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly
from parchemin.records.transmissions.guards import SENDINGS


class Migration(migrations.Migration):
    """What was sent and answered is never changed: the database refuses it."""

    dependencies = [("transmissions", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        AppendOnly("transmissions_batch"),
        AppendOnly("transmissions_dropped"),
        AppendOnly("transmissions_sending"),
        AppendOnly("transmissions_receipt"),
        AppendOnly("transmissions_answer"),
        AppendOnly("transmissions_release"),
        *SENDINGS,
    ]
