"""受理或退回 has no clock: none of the sources sets a limit for it (FACTS §2.11 knows receipt and answer), 310号令 knows no
acceptance at all (art. 7: the police sign the receipt, art. 8: they decide), and the clock of the answer runs through it.
The rule was in the catalogue and never started; it goes, unless a clock was started by it."""

from django.db import migrations


def remove(apps, schema_editor):
    apps.get_model("deadlines", "ClockRule").objects.filter(code="transfer_accept", deadlines=None).delete()


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0004_clock_of_supervision")]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
