"""撤销案件: a case the police filed may be revoked by them, by a notice of its own."""

from django.conf import settings
from django.db import migrations, models


def sign(apps, schema_editor):
    """Who reviews and who signs the notice; a county edits the row."""
    rule = apps.get_model("referrals", "SigningRule")
    rule.objects.get_or_create(kind="revoke", defaults={"reviewer": "section_head", "signer": "deputy_head"})


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_body_once_a_region'),
        ('departments', '0006_named_only_on_paper'),
        ('documents', '0004_minutes_layout'),
        ('referrals', '0032_list_supervision_served'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='followup',
            name='follow_up_one_open_of_a_crime',
        ),
        migrations.AlterField(
            model_name='crimestep',
            name='kind',
            field=models.CharField(choices=[('proposed', 'transfer proposed'), ('assigned', 'officers named'), ('reported', 'written report to the head'), ('approved', 'transfer approved'), ('declined', 'transfer not approved'), ('discarded', 'proposal given up'), ('handed_over', 'handed over to the police'), ('copied', 'copied to the procuratorate'), ('copy_served', 'copy served on the procuratorate'), ('received', 'receipt signed by the police'), ('incomplete', 'completion asked for'), ('completed', 'materials completed'), ('forwarded', 'forwarded by the police'), ('filed', 'filed'), ('refused', 'not filed'), ('reconsideration', 'reconsideration asked for'), ('overturned', 'reconsidered: filed'), ('upheld', 'reconsidered: refusal upheld'), ('supervision', 'supervision of filing asked for'), ('ordered', 'supervision: filed'), ('not_ordered', 'supervision: refusal stands'), ('property', 'property and material handed over'), ('revoked', 'case revoked'), ('resumed', 'administrative handling resumed'), ('duty', 'duty crime passed to the supervisory organ')], max_length=16, verbose_name='step'),
        ),
        migrations.AlterField(
            model_name='criminaltransfer',
            name='status',
            field=models.CharField(choices=[('proposed', 'proposed, officers to be named'), ('verifying', 'being verified by two officers'), ('discarded', 'given up'), ('reported', 'reported to the head'), ('declined', 'not to be transferred'), ('approved', 'approved, to be handed over'), ('sent', 'handed over, receipt awaited'), ('received', 'examined by the police'), ('incomplete', 'materials being completed'), ('forwarded', 'forwarded to the body with jurisdiction'), ('filed', 'filed by the police'), ('refused', 'not filed by the police'), ('reconsidering', 'under reconsideration'), ('upheld', 'refusal upheld'), ('supervising', 'before the procuratorate'), ('not_ordered', 'not filed after supervision'), ('resumed', 'back to administrative handling'), ('closed', 'property handed over, closed'), ('revoked', 'case revoked by the police')], default='proposed', max_length=14, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='followup',
            name='kind',
            field=models.CharField(choices=[('completion', 'request for completion'), ('supply', 'supplement of material'), ('supervision', 'supervision letter'), ('filing', 'notice of filing or not filing'), ('incomplete', 'notice of missing material'), ('forward', 'notice of forwarding'), ('reconsidered', 'decision on reconsideration'), ('revoke', 'notice that a case was revoked'), ('complete', 'letter completing the material'), ('reconsider', 'request for reconsideration'), ('supervise', 'proposal to supervise filing')], max_length=12, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='signingrule',
            name='kind',
            field=models.CharField(choices=[('bulletin', 'case bulletin'), ('transfer', 'lead transfer'), ('support', 'technical support'), ('early', 'early involvement'), ('comparison', 'data comparison'), ('criminal', 'criminal transfer'), ('answer', 'letter of answer'), ('opinion', 'written opinion'), ('task_report', 'report on a task'), ('task_delay', 'request for a later report date'), ('assist', 'request to another place'), ('task_hand', 'hand-over to the higher level'), ('completion', 'request for completion'), ('supply', 'supplement of material'), ('supervision', 'supervision letter'), ('filing', 'notice of filing or not filing'), ('incomplete', 'notice of missing material'), ('complete', 'letter completing the material'), ('forward', 'notice of forwarding'), ('reconsider', 'request for reconsideration'), ('reconsidered', 'decision on reconsideration'), ('revoke', 'notice that a case was revoked'), ('supervise', 'proposal to supervise filing')], max_length=12, unique=True, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['filing', 'incomplete', 'forward', 'reconsidered', 'revoke', 'complete', 'reconsider', 'supervise']), ('status__in', ('draft', 'submitted', 'reviewed', 'approved'))), fields=('referral', 'department'), name='follow_up_one_open_of_a_crime'),
        ),
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
