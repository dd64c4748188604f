"""Evidence attached to competences."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pathways", "0001_initial")]
    operations: list[migrations.operations.base.Operation] = []
