"""Set-up and supervision: stamps, missing packages, the group of processes."""

import os
import signal
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


def test_private_files_are_private(tools, tmp_path):
    from common import write_private

    write_private(tmp_path / "secret", "x")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_services_are_up_and_say_so():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "house.py"), "status"], capture_output=True, text=True, check=True
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
