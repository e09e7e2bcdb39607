"""A real installation of its own: its commands and its server run as processes, as for a technical administrator."""

import os
import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from openintegriteit.tests.postgresql import free_port

PATIENCE = 60  # seconds in which a server has to answer


@dataclass(frozen=True)
class Installation:
    """An installation in demo mode (plain http) whose data stand in a folder of its own."""

    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The variables of its processes: those of the tests themselves do not leak in."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("OPENINTEGRITEIT_")}
        own = {"OPENINTEGRITEIT_DEMO": "1", "OPENINTEGRITEIT_DATA_DIR": str(self.folder)}
        return inherited | own | dict(self.variables)

    def start(self, *arguments: str, log: Path | None = None, largest_file: int | None = None) -> subprocess.Popen[str]:
        """Start `openintegriteit` with these arguments and do not wait; what it prints goes to the log, if given.

        `largest_file` is where a file stops growing, in bytes: to the program it is as if the disk were full.
        """

        def limit_files() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        with log.open("w") if log else nullcontext(subprocess.PIPE) as output:
            return subprocess.Popen(
                [sys.executable, "-m", "openintegriteit", *arguments],
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                preexec_fn=limit_files,
            )

    def run(self, *arguments: str) -> str:
        """Run a command to its end and give what it printed. Raises RuntimeError with that when it fails."""
        process = self.start(*arguments)
        printed, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"openintegriteit {' '.join(arguments)}: exit code {process.returncode}\n{printed}")
        return printed

    @contextmanager
    def serving(self) -> Iterator["Server"]:
        """Serve on a free port until the block ends."""
        port, log = free_port(), self.folder / "serve.log"
        process = self.start("serve", "--port", str(port), log=log)
        server = Server(f"http://localhost:{port}", process, log)
        try:
            server.wait()
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Server:
    """A server that runs: where it answers, and what it has written."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def wait(self) -> None:
        """Wait until it answers. Raises RuntimeError, with its log, when it stops or stays silent."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310 - our own server
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise RuntimeError(f"The server does not answer:\n{self.log.read_text()}")
