"""A real PostgreSQL for one command: made, started, used, stopped and removed.

    python -m openintegriteit.tests.postgresql COMMAND...

runs the command with OPENINTEGRITEIT_DATABASE_URL set to an empty database on a free port of the own machine. The
role owns its databases but is no superuser, so that row-level security holds for it; tests of what the product refuses
find the superuser in OPENINTEGRITEIT_TESTS_SUPERUSER_URL. The server keeps its safe settings: the product refuses
others.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

NAME = "openintegriteit"


def programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, if PostgreSQL is installed."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Run a server; gives the variables with the addresses of its empty database."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is er niet. Installeer het met: sudo apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="openintegriteit-postgresql-"))
    # PostgreSQL refuses to run as root: then it runs as the user of the system's package.
    account = "postgres" if os.geteuid() == 0 else None
    if account:
        os.chown(home, pwd.getpwnam(account).pw_uid, pwd.getpwnam(account).pw_gid)

    def run(program: str, *arguments: str) -> None:
        group = pwd.getpwnam(account).pw_gid if account else None
        subprocess.run(
            [folder / program, *arguments],
            cwd=home,
            user=account,
            group=group,
            extra_groups=[] if account else None,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            check=True,
            stdout=subprocess.DEVNULL,
        )

    data, port, password = home / "data", free_port(), secrets.token_urlsafe(16)
    try:
        (home / "password").write_text(password)
        passwords = ("--auth=scram-sha-256", f"--pwfile={home / 'password'}")
        run("initdb", "--pgdata", str(data), "--username=postgres", "--encoding=UTF8", "--no-sync", *passwords)
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home}"
        run("pg_ctl", "--pgdata", str(data), "--wait", "--log", str(home / "log"), "--options", options, "start")
        try:
            yield _database(port, password)
        finally:
            run("pg_ctl", "--pgdata", str(data), "--wait", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """A port of the own machine that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _database(port: int, password: str) -> dict[str, str]:
    """Make the role and its database; the role may make more, for the tests."""
    superuser = {"host": "127.0.0.1", "port": port, "user": "postgres", "password": password}
    with psycopg.connect(**superuser, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{password}'")
        connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
    return {
        f"OPENINTEGRITEIT_{variable}": f"postgresql://{role}:{password}@127.0.0.1:{port}/{NAME}"
        for variable, role in (("DATABASE_URL", NAME), ("TESTS_SUPERUSER_URL", "postgres"))
    }


def main(command: list[str]) -> int:
    """Run the command with the server's addresses in its environment; gives its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then too
    with server() as addresses:
        return subprocess.run(command, env=os.environ | addresses, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
