from django.db import migrations

from parchemin.records.journal.append_only import AppendOnly
from parchemin.records.recommendations.guards import RECOMMENDATIONS, REPLIES


class Migration(migrations.Migration):
    """A recommendation and what became of it are never changed: the database refuses it."""

    dependencies = [("recommendations", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        AppendOnly("recommendations_recommendation"),
        AppendOnly("recommendations_reply"),
        AppendOnly("recommendations_withdrawal"),
        AppendOnly("recommendations_proof"),
        *RECOMMENDATIONS,
        *REPLIES,
    ]
