"""撤销案件: a case the police filed may be revoked by them, by a notice of its own."""

from django.db import migrations


def sign(apps, schema_editor):
    """Who reviews and who signs the notice; a county edits the row."""
    rule = apps.get_model("referrals", "SigningRule")
    rule.objects.get_or_create(kind="revoke", defaults={"reviewer": "section_head", "signer": "deputy_head"})


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0014_list_supervision"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0004_categories_of_fraud"),
        ("documents", "0002_frozen"),
    ]

    operations = [
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
