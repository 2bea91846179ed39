"""The real server, as `make run` starts it, on a free port of this machine and a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """A running server; `log` is what it printed."""

    process: subprocess.Popen[bytes]
    url: str
    database: Path
    log: Path

    @property
    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            with urlopen(f"{self.url}/_stcore/health", timeout=2) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            return False

    def cpu_seconds(self) -> float:
        """Processor time it has used so far, from the system's own account (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it as a person would, with an interrupt; harder when it does not listen."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(database: Path, *, is_served: bool = False) -> Server:
    """Start the dashboard, plainly or in its served form, and wait until it answers."""
    port = free_port()
    log = database.with_suffix(".server-log")
    plain = ["-m", "streamlit", "run", "dashboard.py", "--server.fileWatcherType", "none", "--server.port"]
    command = ["-m", "roi.ui.served", "--port"] if is_served else plain
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command, str(port)],
            cwd=ROOT,
            env={**os.environ, "ROI_DATABASE": str(database)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, f"http://127.0.0.1:{port}", database, log)
    limit = time.monotonic() + START_SECONDS
    while not server.is_up:
        if process.poll() is not None or time.monotonic() > limit:
            server.stop()
            raise AssertionError(f"the server did not start:\n{log.read_text()}")
        time.sleep(0.1)
    return server
