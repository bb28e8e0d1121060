"""Whoever proposed or approved a reward pays none of it, whatever an action does: neither the whole nor what is given back."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION rewards_payer_is_a_third() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind IN ('payment', 'return') AND EXISTS (
        SELECT FROM rewards_reward WHERE id = NEW.reward_id AND NEW.by_id IN (proposed_by_id, approved_by_id)
    ) THEN
        RAISE EXCEPTION 'who proposed or approved reward % does not pay it', NEW.reward_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rewards_payer_is_a_third BEFORE INSERT ON rewards_payment
    FOR EACH ROW EXECUTE FUNCTION rewards_payer_is_a_third();
"""

BACKWARD = """
DROP TRIGGER rewards_payer_is_a_third ON rewards_payment;
DROP FUNCTION rewards_payer_is_a_third();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0006_payee_keys"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
