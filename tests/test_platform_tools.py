"""Set-up and supervision: stamps, missing packages, the group of processes."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SUPERVISED = """
import sys
sys.path[:0] = [{tools!r}, {root!r}]
from pathlib import Path
from supervisor import Child, Supervisor

born = Path({folder!r}) / "born"
child = ("import os, time; f = open({folder!r} + '/born', 'a'); f.write(str(os.getpid()) + chr(10));"
         "f.close(); time.sleep(60)")
Supervisor(
    [Child("one", [sys.executable, "-c", child], {{}}, Path({folder!r}))],
    ready=born.exists, announce=lambda: print("ready", flush=True), tend=lambda: None,
).run()
"""


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


@pytest.fixture
def supervised(tmp_path):
    """A supervisor with one sleeping child, and the function that waits for its n-th birth."""
    text = SUPERVISED.format(tools=str(ROOT / "tools"), root=str(ROOT), folder=str(tmp_path))
    process = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)

    def child(number: int) -> int:
        for _ in range(300):
            born = (tmp_path / "born").read_text().split() if (tmp_path / "born").exists() else []
            if len(born) >= number:
                return int(born[number - 1])
            time.sleep(0.05)
        raise AssertionError("the child was not born")

    yield process, child
    process.kill()
    process.communicate()


def gone(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_dead_child_is_born_again_and_ctrl_c_ends_all(supervised):
    process, child = supervised
    os.kill(child(1), signal.SIGKILL)
    second = child(2)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert gone(second)
    assert "ended with -9; starting it again in 1 s" in said
    assert "ready" in said


def test_children_end_with_a_killed_supervisor(supervised):
    process, child = supervised
    first = child(1)
    process.kill()
    process.wait()
    assert gone(first)


def test_stamps_know_their_inputs(tools, tmp_path):
    from prepare import Stamp

    Stamp("one", "a", tmp_path).set()
    assert Stamp("one", "a", tmp_path).fresh()
    assert not Stamp("one", "b", tmp_path).fresh()
    assert not Stamp("two", "a", tmp_path).fresh()


def test_digest_sees_content_and_names(tools, tmp_path):
    from common import digest

    (tmp_path / "one").write_text("1")
    before = digest(tmp_path)
    (tmp_path / "one").rename(tmp_path / "two")
    assert digest(tmp_path) != before


def test_missing_packages_are_named_where_they_may_not_be_installed(tools, monkeypatch):
    import install
    from common import Stop

    monkeypatch.setattr(install, "RUN", {"no-such-package-here": ()})
    monkeypatch.setattr(install, "_root_prefix", lambda: None)
    with pytest.raises(Stop, match="no-such-package-here"):
        install.system_packages(tests=False)


def test_what_is_migrated_is_what_is_vouched_for(tools, tmp_path, monkeypatch):
    """Whichever database the checkout serves: `make test` must not vouch for one it did not migrate."""
    import prepare

    calls = []
    monkeypatch.setenv("HOUSE_VAR", str(tmp_path))
    monkeypatch.setattr(prepare, "manage", lambda *words, **environ: calls.append((words[0], environ)) or "")
    assert [prepare.migrate(name) for name in ("house", "demo", "house")] == ["up to date"] * 3
    assert calls == [("migrate", {"HOUSE_DATABASE": "house"}), ("migrate", {"HOUSE_DATABASE": "demo"})]


def test_a_browser_that_does_not_start_is_no_browser(tools, tmp_path, monkeypatch):
    import install

    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(stub))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install._chromium() == ""
    stub.write_text("#!/bin/sh\n")
    assert install._chromium() == install.browser() == str(stub)


def test_server_programs_are_enough(tools, tmp_path, monkeypatch):
    import install

    monkeypatch.setattr(install, "RUN", {"postgresql": (), "postgresql-contrib": ()})
    monkeypatch.setattr(install, "_present", lambda package: False)
    monkeypatch.setattr(install, "_server_programs", lambda: [tmp_path])
    assert install.missing_packages(tests=False) == []
    monkeypatch.setattr(install, "_server_programs", list)
    assert install.missing_packages(tests=False) == ["postgresql", "postgresql-contrib"]


def test_an_outside_database_needs_no_server_here(tools, monkeypatch):
    import install

    from config import environment

    monkeypatch.setattr(install, "_present", lambda package: False)
    monkeypatch.setattr(install, "_server_programs", list)
    monkeypatch.setattr(environment, "outside_database", lambda: True)
    assert not set(install.POSTGRESQL) & set(install.missing_packages(tests=False))
    monkeypatch.setattr(environment, "outside_database", lambda: False)
    assert set(install.POSTGRESQL) <= set(install.missing_packages(tests=False))


def test_faces_that_are_missing_are_said_by_set_up(tools, tmp_path, monkeypatch):
    import install

    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho unpacking\necho 'WARNING: missing fang'\necho '1 faces in 0.4 s'\n")
    python.chmod(0o755)
    monkeypatch.setattr(install, "VENV", tmp_path)
    assert [line.strip() for line in install.fonts().splitlines()] == ["WARNING: missing fang", "1 faces in 0.4 s"]


def test_a_first_page_that_does_not_come_is_complained_of(tools, monkeypatch, capsys):
    import supervisor

    monkeypatch.setattr(supervisor, "OVERDUE", 0.0)
    asked = []

    def stopped():
        asked.append(1)
        if len(asked) > 3:
            house.stopping = True
        return False

    house = supervisor.Supervisor([], ready=stopped, announce=lambda: None, tend=lambda: None)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        house.run()
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert capsys.readouterr().out.count("no page has come") == 1


def test_private_files_are_private(tools, tmp_path):
    from common import write_private

    write_private(tmp_path / "secret", "x")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_services_are_up_and_say_so():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "house.py"), "status"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "stopped" not in done.stdout


def test_the_sql_for_an_outside_database_needs_no_environment():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "house.py"), "sql"], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("CHANGE-ME") == 5


def test_locks_name_no_host():
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock"):
        assert "://" not in (ROOT / name).read_text()
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def environment_with(folder: Path, *installed: str) -> Path:
    """A virtual environment in which these distributions are recorded."""
    packages = folder / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    for name in installed:
        (packages / f"{name}.dist-info").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("installed", "enough"),
    [
        (("Some_Thing-1.2", "other-3.0rc1", "extra-9"), True),  # a superset: a developer's own environment
        (("some_thing-1.2", "other-3.0rc1"), True),
        (("some_thing-1.2",), False),
        (("some_thing-1.3", "other-3.0rc1"), False),
        ((), False),
    ],
)
def test_an_environment_that_holds_the_lock_is_left_alone(tools, tmp_path, installed, enough):
    import install

    lock = tmp_path / "x.lock"
    lock.write_text(
        "some-thing==1.2 \\\n    --hash=sha256:00\nother[fast]==3.0rc1 \\\n    --hash=sha256:11\n"
        "elsewhere==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:22\n"
    )
    assert install.holds(lock, environment_with(tmp_path / "venv", *installed)) is enough


def test_make_run_takes_nothing_from_a_developers_environment(tools, tmp_path, monkeypatch):
    """The packages of the tests stay, also where no stamp of ours says who put them there."""
    import install

    assert install.holds(ROOT / "requirements-dev.lock"), "the tests run in an environment of their lock"
    monkeypatch.setenv("HOUSE_VAR", str(tmp_path))
    without_stamp = tmp_path / "copy"
    (without_stamp / "lib").mkdir(parents=True)
    for part in (ROOT / ".venv").resolve().glob("lib/*"):
        (without_stamp / "lib" / part.name).symlink_to(part)
    monkeypatch.setattr(install, "VENV", without_stamp)
    monkeypatch.setattr(install, "_quietly", None)  # any installer that is started fails
    assert install.python_environment(tests=False).startswith("all there")
    assert install.python_environment(tests=True).startswith("all there")


@pytest.mark.parametrize("command", ["run", "test", "up", "ready"])
def test_half_an_environment_is_told_before_anything_is_installed(command):
    environ = {name: text for name, text in os.environ.items() if not name.startswith("DATABASE_URL")}
    began = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "house.py"), command], capture_output=True, text=True, timeout=60,
        env={**environ, "DATABASE_URL": "postgresql://me@db/house"},
    )  # fmt: skip
    assert (began.returncode, began.stdout) == (1, "")  # not a step was taken
    assert "DATABASE_URL alone is refused" in began.stderr and "psql" in began.stderr and "CREATE ROLE" in began.stderr


@pytest.mark.parametrize(
    ("bind", "expected"),
    [
        ("0.0.0.0", ("0.0.0.0", "")),
        ("0.0.0.0:80", ("0.0.0.0", "80")),
        ("::", ("[::]", "")),
        ("[::]", ("[::]", "")),
        ("[::1]:8001", ("[::1]", "8001")),
        ("127.0.0.1:x", ("127.0.0.1", "x")),
    ],
)
def test_an_address_to_bind_has_a_port_or_none(tools, bind, expected):
    import serve

    assert serve._split(bind) == expected


def test_whoever_serves_beyond_the_machine_is_told_what_is_missing(tools):
    import serve

    assert serve.advice("127.0.0.1", True, {}) == ""
    names = ("HOUSE_HOSTS", "HOUSE_PUBLIC_URL", "HOUSE_ORIGINS", "HOUSE_HTTPS", "HOUSE_BEHIND_PROXY")
    for host, demo in (("0.0.0.0", False), ("0.0.0.0", True), ("127.0.0.1", False)):
        said = serve.advice(host, demo, {})
        assert "HTTPS terminator" in said and all(name in said for name in names)
        assert ("DEMO=0" in said) is demo
    given = dict.fromkeys(names, "x")
    assert "HOUSE_HOSTS" not in serve.advice("0.0.0.0", False, {"HOUSE_HOSTS": "yb.example.gov.cn"})
    assert serve.advice("0.0.0.0", False, given) == ""
    assert "HOUSE_HTTPS=0" in serve.advice("0.0.0.0", False, {**given, "HOUSE_HTTPS": "0"})


def test_a_second_run_is_told_where_the_first_serves(tmp_path):
    """Not that its port is taken, which the first one holds as well."""
    with socket.socket() as line, (tmp_path / "serve.lock").open("w") as lock:
        line.bind(("127.0.0.1", 0))
        line.listen()
        lock.write("http://127.0.0.1:8000/")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.run(
            [sys.executable, str(ROOT / "tools" / "house.py"), "run"], capture_output=True, text=True, timeout=60,
            env={**os.environ, "HOUSE_VAR": str(tmp_path), "PORT": str(line.getsockname()[1]), "BIND": "127.0.0.1"},
        )  # fmt: skip
    assert second.returncode == 1
    assert "already runs from this folder: http://127.0.0.1:8000/" in second.stderr
