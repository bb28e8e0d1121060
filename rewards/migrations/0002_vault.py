"""The vault: a schema into which the application puts sealed identities and from which it reads none (ADR 0040).

app      INSERT on envelope, wrap, slip: keys are made by the client, nothing is returned; SELECT on public halves
         of keys and on counts
opener   what opening, forgetting and sealing anew need, and the few public tables an opening moves
"""

from django.conf import settings
from django.db import migrations

TABLES = """
CREATE SCHEMA vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;

CREATE TABLE vault.public_key (
    id uuid PRIMARY KEY,
    region_id bigint NOT NULL,
    slot varchar(10) NOT NULL CHECK (slot IN ('custodian', 'recovery')),
    user_id bigint,
    epoch integer NOT NULL CHECK (epoch >= 1),
    algorithm varchar(60) NOT NULL,
    public bytea NOT NULL,
    made_at timestamptz NOT NULL,
    retired_at timestamptz,
    CONSTRAINT public_key_custodian_is_a_user CHECK ((slot = 'custodian') = (user_id IS NOT NULL)),
    UNIQUE (region_id, epoch)
);
CREATE UNIQUE INDEX public_key_one_in_force ON vault.public_key (region_id, user_id)
    WHERE retired_at IS NULL AND user_id IS NOT NULL;

CREATE TABLE vault.private_key (
    key_id uuid PRIMARY KEY REFERENCES vault.public_key,
    algorithm varchar(60) NOT NULL,
    salt bytea NOT NULL,
    sealed bytea NOT NULL,
    codes text[] NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    locked_until timestamptz
);

CREATE TABLE vault.envelope (
    id uuid PRIMARY KEY,
    reporter_id bigint NOT NULL REFERENCES public.rewards_reporter,
    fields varchar(8) NOT NULL CHECK (fields IN ('contact', 'payee')),
    algorithm varchar(60) NOT NULL,
    epoch integer NOT NULL,
    content bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    UNIQUE (reporter_id, fields)
);

CREATE TABLE vault.wrap (
    envelope_id uuid NOT NULL REFERENCES vault.envelope ON DELETE CASCADE,
    first_id uuid NOT NULL REFERENCES vault.public_key,
    second_id uuid NOT NULL REFERENCES vault.public_key,
    algorithm varchar(60) NOT NULL,
    first bytea NOT NULL,
    second bytea NOT NULL,
    PRIMARY KEY (envelope_id, first_id, second_id),
    CONSTRAINT wrap_for_two CHECK (first_id < second_id)
);
CREATE INDEX wrap_by_first ON vault.wrap (first_id);
CREATE INDEX wrap_by_second ON vault.wrap (second_id);

CREATE TABLE vault.opener_key (
    id uuid PRIMARY KEY,
    algorithm varchar(60) NOT NULL,
    public bytea NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE TABLE vault.slip (
    id uuid PRIMARY KEY,
    reporter_id bigint NOT NULL REFERENCES public.rewards_reporter,
    key_id uuid NOT NULL REFERENCES vault.opener_key,
    content bytea NOT NULL
);
CREATE TABLE vault.known (
    mark varchar(64) NOT NULL,
    reporter_id bigint NOT NULL REFERENCES public.rewards_reporter,
    PRIMARY KEY (mark, reporter_id)
);
CREATE TABLE vault.sighting (
    reporter_id bigint PRIMARY KEY REFERENCES public.rewards_reporter,
    earlier integer NOT NULL CHECK (earlier >= 0)
);
"""

INSERTS = {
    "envelope": "id, reporter_id, fields, algorithm, epoch, content, sealed_at",
    "wrap": "envelope_id, first_id, second_id, algorithm, first, second",
    "slip": "id, reporter_id, key_id, content",
}
EVENT = "at, verb, actor_id, post_id, department_id, region_id, case_id, target_kind, target_id, params"


def make(apps, schema_editor):
    quote = schema_editor.connection.ops.quote_name
    app, opener, backup = (quote(settings.DATABASE_ROLES[name]) for name in ("app", "opener", "backup"))
    schema_editor.execute(TABLES, params=None)
    for statement in (
        f"GRANT USAGE ON SCHEMA vault TO {app}, {opener}, {backup}",
        *(f"GRANT INSERT ({columns}) ON vault.{table} TO {app}" for table, columns in INSERTS.items()),
        f"GRANT SELECT ON vault.public_key, vault.opener_key, vault.sighting TO {app}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA vault TO {backup}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA vault TO {opener}",
        f"GRANT INSERT ON vault.public_key, vault.private_key, vault.opener_key, vault.wrap, vault.known,"
        f" vault.sighting TO {opener}",
        f"GRANT UPDATE (retired_at) ON vault.public_key TO {opener}",
        f"GRANT UPDATE (failures, locked_until, codes, salt, sealed, algorithm) ON vault.private_key TO {opener}",
        f"GRANT UPDATE (epoch) ON vault.envelope TO {opener}",
        f"GRANT DELETE ON vault.envelope, vault.wrap, vault.slip, vault.known, vault.sighting TO {opener}",
        # what an opening moves and says: its own row, whose key it is, and the record
        f"GRANT SELECT, UPDATE ON public.rewards_opening TO {opener}",
        f"GRANT SELECT ON public.rewards_custodian, public.rewards_reporter TO {opener}",
        f"GRANT SELECT (id, number, region_id, department_id) ON public.rewards_report TO {opener}",
        f"GRANT USAGE ON SCHEMA audit TO {opener}",
        f"GRANT SELECT (id), INSERT ({EVENT}) ON audit.event TO {opener}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA audit TO {opener}",
    ):
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    """Back to before the first identity; a vault that holds anybody is not dropped."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM vault.envelope)")
        if cursor.fetchone()[0]:
            raise RuntimeError("the vault holds identities: it is never dropped by a migration")
    schema_editor.execute("DROP SCHEMA vault CASCADE", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0001_tables"),
        ("journal", "0002_audit"),
    ]

    operations = [
        migrations.RunPython(make, drop),
    ]
