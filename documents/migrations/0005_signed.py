"""Whose certificate signed the file of a paper; frozen with the paper itself."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION documents_signer_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'issued document % is frozen', OLD.number USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER documents_signer_frozen BEFORE UPDATE ON documents_issueddocument FOR EACH ROW
    WHEN ((OLD.signer_subject, OLD.signer_serial) IS DISTINCT FROM (NEW.signer_subject, NEW.signer_serial))
    EXECUTE FUNCTION documents_signer_frozen();
"""
BACKWARD = """
DROP TRIGGER documents_signer_frozen ON documents_issueddocument;
DROP FUNCTION documents_signer_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_period_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="issueddocument",
            name="signer_subject",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="certificate"),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="signer_serial",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="serial number of the certificate"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
