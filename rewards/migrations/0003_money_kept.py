"""What must never happen to money: two rules on a day, a payment changed, a reward paid twice, a budget rewritten."""

from django.conf import settings
from django.db import migrations

FORWARD = """
-- one rule of a region on a day; 0 stands for the shipped ones (int8range needs no extension)
ALTER TABLE rewards_rewardrule ADD CONSTRAINT reward_rule_one_a_day EXCLUDE USING gist (
    int8range(coalesce(region_id, 0), coalesce(region_id, 0), '[]') WITH &&,
    daterange(effective_from, effective_until) WITH &&
) WHERE (effective_from IS NOT NULL);

CREATE FUNCTION rewards_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept as it was written', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER rewards_kept BEFORE UPDATE OR DELETE ON rewards_payment
    FOR EACH ROW EXECUTE FUNCTION rewards_kept();
CREATE TRIGGER rewards_kept BEFORE UPDATE OR DELETE ON rewards_budgetentry
    FOR EACH ROW EXECUTE FUNCTION rewards_kept();
CREATE TRIGGER rewards_kept BEFORE DELETE ON rewards_reward FOR EACH ROW EXECUTE FUNCTION rewards_kept();
CREATE TRIGGER rewards_kept BEFORE DELETE ON rewards_rewardpaper FOR EACH ROW EXECUTE FUNCTION rewards_kept();
CREATE TRIGGER rewards_kept BEFORE DELETE ON rewards_rewardbudget FOR EACH ROW EXECUTE FUNCTION rewards_kept();
CREATE TRIGGER rewards_kept BEFORE DELETE ON rewards_bankfile FOR EACH ROW EXECUTE FUNCTION rewards_kept();

-- never more paid out than the reward, whatever an action does; the reward's row orders those who try at once
CREATE FUNCTION rewards_never_paid_twice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    due numeric;
    out numeric;
BEGIN
    SELECT amount INTO due FROM rewards_reward WHERE id = NEW.reward_id FOR UPDATE;
    SELECT coalesce(sum(amount), 0) + NEW.amount INTO out FROM rewards_payment WHERE reward_id = NEW.reward_id;
    IF out > due OR out < 0 THEN
        RAISE EXCEPTION 'payments of reward % would come to %, it is %', NEW.reward_id, out, due
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rewards_never_paid_twice BEFORE INSERT ON rewards_payment
    FOR EACH ROW EXECUTE FUNCTION rewards_never_paid_twice();

-- what was frozen for the bank stays: a line is only closed, a file is only made once
CREATE FUNCTION rewards_bank_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the lines of a bank file are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'rewards_bankline' THEN
        IF (OLD.file_id, OLD.position, OLD.reward_id, OLD.amount)
           IS DISTINCT FROM (NEW.file_id, NEW.position, NEW.reward_id, NEW.amount) OR (NEW.open AND NOT OLD.open) THEN
            RAISE EXCEPTION 'the lines of a bank file are kept' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rewards_bank_frozen BEFORE UPDATE OR DELETE ON rewards_bankline
    FOR EACH ROW EXECUTE FUNCTION rewards_bank_frozen();

CREATE FUNCTION rewards_bank_file_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.file <> '' AND (OLD.file, OLD.sha256) IS DISTINCT FROM (NEW.file, NEW.sha256) THEN
        RAISE EXCEPTION 'a bank file is made once' USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.count, OLD.total) IS DISTINCT FROM (NEW.count, NEW.total) THEN
        RAISE EXCEPTION 'the sum of a bank file is kept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rewards_bank_file_once BEFORE UPDATE ON rewards_bankfile
    FOR EACH ROW EXECUTE FUNCTION rewards_bank_file_once();
"""

BACKWARD = """
DROP TRIGGER rewards_bank_file_once ON rewards_bankfile;
DROP FUNCTION rewards_bank_file_once();
DROP TRIGGER rewards_bank_frozen ON rewards_bankline;
DROP FUNCTION rewards_bank_frozen();
DROP TRIGGER rewards_never_paid_twice ON rewards_payment;
DROP FUNCTION rewards_never_paid_twice();
DROP TRIGGER rewards_kept ON rewards_bankfile;
DROP TRIGGER rewards_kept ON rewards_rewardbudget;
DROP TRIGGER rewards_kept ON rewards_rewardpaper;
DROP TRIGGER rewards_kept ON rewards_reward;
DROP TRIGGER rewards_kept ON rewards_budgetentry;
DROP TRIGGER rewards_kept ON rewards_payment;
DROP FUNCTION rewards_kept();
ALTER TABLE rewards_rewardrule DROP CONSTRAINT reward_rule_one_a_day;
"""


def limit_rights(apps, schema_editor):
    """Payments and the budget's history are only ever added to by the application."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    for table in ("rewards_payment", "rewards_budgetentry"):
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}")


def fill(apps, schema_editor):
    from rewards.seeds_money import load_rules

    load_rules(lambda name: apps.get_model("rewards", name))


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0002_vault"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
