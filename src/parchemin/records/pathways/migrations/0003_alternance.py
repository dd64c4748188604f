"""The contract, the liaison entries and the visits."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pathways", "0002_evidence")]
    operations: list[migrations.operations.base.Operation] = []
