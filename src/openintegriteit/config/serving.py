"""Serving: what must be right first, one web process, and one worker that is started again when it falls."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from openintegriteit.core.database import learn_sizes, unsafe_settings
from openintegriteit.core.scheduler import Job, requeue_killed_tasks, tick
from openintegriteit.core.staged_uploads import sweep_expired_uploads

BLOCKING_THREADS = 8
TICK = timedelta(minutes=1)
LOOK = timedelta(seconds=2)  # how often is looked whether the public site has to change
TAKEN = "Op {host}:{port} luistert al een ander programma. Kies een andere poort, bijvoorbeeld --port {other}."
logger = structlog.get_logger("openintegriteit.serving")


def serve(*, host: str, port: int, with_worker: bool, say: Callable[[str], None]) -> int:
    """Bring the database up to date, refuse what is unsafe, then serve until stopped. Returns the exit code."""
    if not _is_free(host, port):
        say(TAKEN.format(host=host, port=port, other=port + 1))
        return 1
    call_command("migrate", verbosity=0)
    if found := problems():
        for problem in found:
            say(problem)
        return 1
    collect_static_files()
    _announce(host, port, say)
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(stopping,), daemon=True)
    connection.close()
    if with_worker:
        keeper.start()
    try:
        _serve_web(host, port)
    finally:
        stopping.set()
        if with_worker:
            keeper.join(timeout=15)
    return 0


def serve_public_sites(*, host: str, port: int, say: Callable[[str], None]) -> int:
    """Serve the public sites that were built, and nothing else, until stopped. Returns the exit code."""
    if not _is_free(host, port):
        say(TAKEN.format(host=host, port=port, other=port + 1))
        return 1
    say(f"De openbare sites staan klaar op http://{_shown(host)}:{port}")
    say("Stoppen: Ctrl+C")
    _serve_web(host, port, "openintegriteit.config.wsgi_public:application")
    return 0


def work(*, only_worker: bool) -> None:
    """Run tasks from the queue, and once a minute what is due by the clock, until stopped."""
    from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    if only_worker:
        requeue_killed_tasks(timezone.now(), after=timedelta(0))
    threading.Thread(target=_tick_every_minute, daemon=True).start()
    threading.Thread(target=_publish_what_changes, daemon=True).start()
    worker = Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=0.5,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def scheduled_jobs() -> tuple[Job, ...]:
    """Everything that runs by itself."""
    from openintegriteit.campaigns.preparing import prepare_due, send_reminders
    from openintegriteit.config.checkpoints import sign_checkpoints, verify_all
    from openintegriteit.desks.kept import KINDS
    from openintegriteit.identity.leavers import end_roles_of_leavers
    from openintegriteit.identity.removal import forget_accounts
    from openintegriteit.messages.links import forget_old_links
    from openintegriteit.messages.operations import send_due
    from openintegriteit.organisations.documents import forget_old_documents
    from openintegriteit.programme.digests import send_digests
    from openintegriteit.publication.publishing import publish_all
    from openintegriteit.registers.abstentions.comparing import compare_all
    from openintegriteit.registers.abstentions.notices import send_notices
    from openintegriteit.registers.declarations.kept import forget_old_drafts
    from openintegriteit.registers.declarations.notices import tell_deciders
    from openintegriteit.registers.declarations.queries import deputies_of
    from openintegriteit.registers.intake.bringing_in import bring_in_due
    from openintegriteit.registers.rounds.tasks import prepare_campaign
    from openintegriteit.retention.counting import count_all
    from openintegriteit.retention.destroying import destroy_approved
    from openintegriteit.retention.written import write_down_lists

    return (
        Job("send messages", timedelta(minutes=1), lambda: send_due(timezone.now())),
        Job("end roles of leavers", timedelta(hours=1), end_roles_of_leavers),
        Job("sweep uploads", timedelta(minutes=5), sweep_expired_uploads),
        Job("take up killed tasks", timedelta(minutes=5), lambda: requeue_killed_tasks(timezone.now())),
        Job("learn how large tables are", timedelta(hours=1), lambda: learn_sizes(connection)),
        Job("verify event logs", time(2, 30), verify_all, lease=timedelta(hours=6)),
        Job("sign checkpoints", time(4, 0), lambda: sign_checkpoints(timezone.now())),
        Job("publish what the day brings", time(0, 5), publish_all),
        Job("remind owners", time(7, 30), lambda: send_digests(timezone.now())),
        Job("go on reading in registers", timedelta(minutes=5), bring_in_due),
        Job("prepare campaigns", timedelta(minutes=5), lambda: prepare_due(timezone.now(), prepare_campaign)),
        Job("lay agendas beside declarations", timedelta(hours=1), compare_all),
        Job("tell members of agendas", time(7, 15), lambda: send_notices(timezone.now())),
        Job("tell who decides what waits", time(7, 20), lambda: tell_deciders(timezone.now())),
        Job("remind readers", time(7, 45), lambda: send_reminders(timezone.now(), deputies_of)),
        Job("count what is past its term", time(1, 15), lambda: count_all(KINDS)),
        Job("destroy what two people agreed to", timedelta(minutes=1), lambda: destroy_approved(KINDS)),
        Job("write down what was destroyed", time(1, 45), write_down_lists),
        Job("forget old links", time(3, 45), lambda: forget_old_links(timezone.now())),
        Job("forget old drafts", time(3, 50), lambda: forget_old_drafts(timezone.now())),
        Job("forget accounts", time(3, 40), lambda: forget_accounts(timezone.now())),
        Job("forget old sessions", time(3, 15), lambda: call_command("clearsessions", verbosity=0)),
        Job("forget old documents", time(3, 20), forget_old_documents),
        Job("forget old tasks", time(3, 30), lambda: call_command("prune_db_task_results", verbosity=0)),
    )


def problems() -> list[str]:
    """What is wrong with the installation, each as a sentence that says what to do."""
    from openintegriteit.config.backup import BROKEN_OFF, UNFINISHED

    if (settings.DATA_DIR / UNFINISHED).exists():
        return [BROKEN_OFF]
    try:
        if not is_migrated():
            return ["De database is nog niet klaar voor deze versie. Start openintegriteit serve, dan gebeurt dat."]
        return unsafe_settings(connection)
    except DatabaseError as problem:
        return [f"De database is niet te bereiken. Controleer OPENINTEGRITEIT_DATABASE_URL. De melding was: {problem}"]


def is_migrated() -> bool:
    """Whether the database has the tables of this version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def collect_static_files() -> None:
    """Put style sheets, fonts and scripts where the web server reads them, when they are not there yet as they are."""
    sources = [file for file in settings.PACKAGE_DIR.glob("*/static/**/*") if file.is_file()]
    newest = str(max((file.stat().st_mtime_ns for file in sources), default=0)) + f" {len(sources)}"
    stamp = settings.STATIC_ROOT / "collected"
    if stamp.exists() and stamp.read_text() == newest:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())
    stamp.write_text(newest)


def _announce(host: str, port: int, say: Callable[[str], None]) -> None:
    from openintegriteit.identity.operations import new_setup_code
    from openintegriteit.organisations.models import Organisation

    address = f"http://{_shown(host)}:{port}"
    say(f"Open Integriteit staat klaar op {address}")
    if not Organisation.objects.exists():
        say(f"Richt de installatie in op {address}/inrichten/ met deze eenmalige code: {new_setup_code()}")
    say("Stoppen: Ctrl+C")


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "::1") else host


def _serve_web(host: str, port: int, application: str = "openintegriteit.config.wsgi:application") -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=BLOCKING_THREADS,
        backpressure=BLOCKING_THREADS * 8,
        respawn_failed_workers=True,
        log_enabled=False,
        websockets=False,
    ).serve()


def _keep_worker(stopping: threading.Event) -> None:
    """Start the worker, and start it again when it falls, until told to stop."""
    command = [sys.executable, "-m", "openintegriteit", "worker", "--only-worker"]
    while not stopping.is_set():
        with subprocess.Popen(command) as worker:  # noqa: S603 our own program, no input of others
            while worker.poll() is None and not stopping.wait(0.5):
                pass
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
        if not stopping.is_set():
            logger.error("worker fell, starting it again", code=worker.returncode)
            stopping.wait(2)


def _tick_every_minute() -> None:
    while True:
        close_old_connections()
        try:
            tick(scheduled_jobs(), timezone.now())
        except DatabaseError:
            logger.exception("tick failed")
        threading.Event().wait(TICK.total_seconds())


def _publish_what_changes() -> None:
    from openintegriteit.publication.publishing import publish_changes

    seen: dict[UUID, int] = {}
    while True:
        close_old_connections()
        went_well = False
        try:
            went_well = publish_changes(seen)
        except DatabaseError:
            logger.exception("looking for what is to be published failed")
        threading.Event().wait((LOOK if went_well else TICK).total_seconds())


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
