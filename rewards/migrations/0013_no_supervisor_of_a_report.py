"""Which social supervisor reported is an identity: it is sealed with the name, and no column of a report tells it.

What the column held is not sealed afterwards: the vault takes what is typed, and only while it is typed. The rows
are written without it first, so that vacuum takes the old bytes; backups forget with their own retention.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rewards", "0012_payee_openings")]

    operations = [
        migrations.RunSQL("UPDATE rewards_report SET supervisor_id = NULL", migrations.RunSQL.noop),
        migrations.RemoveField("report", "supervisor"),
    ]
