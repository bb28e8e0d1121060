"""What was chased, scanned and sent for a task stays as it was; who signs its letters is filled in."""

from django.db import migrations

KEPT = {
    "referrals_task": "DELETE",
    "referrals_taskletter": "DELETE",
    "referrals_taskextension": "DELETE",
    "referrals_taskchase": "UPDATE OR DELETE",
    "referrals_taskfile": "UPDATE OR DELETE",
}
FORWARD = "\n".join(
    f"CREATE TRIGGER referrals_kept BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION referrals_kept();"
    for table, what in KEPT.items()
)
FORWARD += """
CREATE TRIGGER referrals_lines BEFORE INSERT OR UPDATE OR DELETE ON referrals_handoveritem
    FOR EACH ROW EXECUTE FUNCTION referrals_lines('referrals_taskletter', 'letter_id');
"""
BACKWARD = "DROP TRIGGER referrals_lines ON referrals_handoveritem;\n" + "\n".join(
    f"DROP TRIGGER referrals_kept ON {table};" for table in KEPT
)


def fill(apps, schema_editor):
    from referrals.seeds import SIGNING

    rule = apps.get_model("referrals", "SigningRule")
    for kind, (reviewer, signer) in SIGNING.items():
        rule.objects.get_or_create(kind=kind, defaults={"reviewer": reviewer, "signer": signer})


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0003_receiving"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
