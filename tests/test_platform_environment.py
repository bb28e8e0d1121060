"""Addresses from the environment, and the SQL that prepares an outside database."""

import json

import pytest

from config import environment

URLS = {environment.url_name(role): f"postgresql://{role}:pw@db.example/house" for role in environment.ROLES}


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """No address in the environment, and a var/ with embedded ones."""
    for name in [*URLS, "DATABASE_URL", "REDIS_URL", "HOUSE_DATABASE"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOUSE_VAR", str(tmp_path))
    addresses = {environment.url_name(role): f"postgresql://{role}:pw@/house?host=/s" for role in environment.ROLES}
    (tmp_path / "house.json").write_text(json.dumps({**addresses, "REDIS_URL": "unix:///s/valkey.sock"}))
    return tmp_path


def test_embedded_addresses_are_the_default(bare):
    assert environment.database_url("app") == "postgresql://app:pw@/house?host=/s"
    assert environment.redis_url() == "unix:///s/valkey.sock"
    assert environment.role_names() == {role: role for role in environment.ROLES}


def test_the_demonstration_county_is_a_database_of_its_own(bare):
    addresses = json.loads((bare / "house.json").read_text())
    (bare / "house.json").write_text(json.dumps({**addresses, "DATABASE": "demo"}))
    assert environment.parse_database_url(environment.database_url("app"))["NAME"] == "demo"


def test_a_process_may_be_told_which_of_the_two_it_works_on(bare, monkeypatch):
    """As `make test` is beside a running demonstration, and set-up when it migrates the other one."""
    addresses = json.loads((bare / "house.json").read_text())
    (bare / "house.json").write_text(json.dumps({**addresses, "DATABASE": "demo"}))
    monkeypatch.setenv("HOUSE_DATABASE", "house")
    assert environment.parse_database_url(environment.database_url("app"))["NAME"] == "house"


def test_the_environment_replaces_them(bare, monkeypatch):
    for name, url in URLS.items():
        monkeypatch.setenv(name, url)
    monkeypatch.setenv("REDIS_URL", "redis://cache.example/3")
    assert environment.database_url("clerk") == URLS["DATABASE_URL_CLERK"]
    assert environment.redis_url() == "redis://cache.example/3"


def test_a_lone_database_url_is_refused_with_the_sql_to_run(bare, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db/house")
    with pytest.raises(environment.Misconfigured, match="DATABASE_URL alone is refused") as refused:
        environment.database_url("app")
    assert 'GRANT "app" TO "clerk"' in str(refused.value)


def test_half_an_environment_is_refused_by_name(bare, monkeypatch):
    monkeypatch.setenv("DATABASE_URL_APP", URLS["DATABASE_URL_APP"])
    with pytest.raises(environment.Misconfigured, match="DATABASE_URL_OWNER, DATABASE_URL_CLERK"):
        environment.database_url("app")


def test_one_user_for_two_roles_is_refused_by_name(bare, monkeypatch):
    for name, url in URLS.items():
        monkeypatch.setenv(name, url.replace("//clerk:", "//app:"))
    with pytest.raises(environment.Misconfigured, match="DATABASE_URL_APP, DATABASE_URL_CLERK"):
        environment.outside_database()


def test_an_unknown_role_is_refused(bare):
    with pytest.raises(environment.Misconfigured, match="HOUSE_ROLE=root"):
        environment.database_url("root")


def test_nothing_set_up_yet_says_what_to_run(bare):
    (bare / "house.json").unlink()
    with pytest.raises(environment.Misconfigured, match="make run"):
        environment.database_url("app")


@pytest.mark.parametrize(
    ("url", "host", "port", "name", "password", "options"),
    [
        ("postgresql://u:p@db.example:5433/house", "db.example", "5433", "house", "p", {}),
        ("postgres://u:a%40b@/house?host=/var/Run", "/var/Run", "", "house", "a@b", {}),
        ("postgresql://u:p@db/h?sslmode=require", "db", "", "h", "p", {"sslmode": "require"}),
    ],
)
def test_database_addresses(url, host, port, name, password, options):
    parsed = environment.parse_database_url(url)
    assert (parsed["HOST"], parsed["PORT"], parsed["NAME"]) == (host, port, name)
    assert (parsed["USER"], parsed["PASSWORD"], parsed["OPTIONS"]) == ("u", password, options)


def test_another_kind_of_database_is_refused():
    with pytest.raises(environment.Misconfigured, match="postgresql://"):
        environment.parse_database_url("mysql://u:p@db/house")


@pytest.mark.parametrize(
    ("url", "step", "numbered", "broker"),
    [
        ("unix:///s/v.sock", 1, "unix:///s/v.sock?db=1", "redis+socket:///s/v.sock?virtual_host=1"),
        ("unix:///s/v.sock?db=2", 3, "unix:///s/v.sock?db=5", "redis+socket:///s/v.sock?virtual_host=5"),
        ("redis://h:6379/0", 1, "redis://h:6379/1", "redis://h:6379/1"),
        ("rediss://:pw@h", 2, "rediss://:pw@h/2", "rediss://:pw@h/2"),
    ],
)
def test_numbered_redis_databases(url, step, numbered, broker):
    assert environment.numbered(url, step) == numbered
    assert environment.broker_url(numbered) == broker


@pytest.mark.parametrize(
    ("text", "default", "value"),
    [("1", False, True), ("off", True, False), ("", True, True), ("YES", False, True), ("nonsense", True, False)],
)
def test_flags(monkeypatch, text, default, value):
    monkeypatch.setenv("SOME_FLAG", text)
    assert environment.flag("SOME_FLAG", default) is value


def test_names_and_passwords_are_quoted():
    names = {role: f'the "{role}"' for role in environment.ROLES}
    sql = environment.roles_sql(names, dict.fromkeys(environment.ROLES, "it's"), ['my"base'])
    assert "PASSWORD 'it''s'" in sql
    assert 'TO "the ""clerk"""' in sql
    assert '\\connect "my""base"' in sql
