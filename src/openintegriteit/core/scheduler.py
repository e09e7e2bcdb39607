"""The minute tick of the worker: what is due runs, once for all workers together.

A job is claimed by one conditional UPDATE that sets a lease. Who gets the row runs the job; a worker that is killed
keeps no job for itself, because its lease ends. A job can therefore run twice after a crash, and must be idempotent.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

import structlog
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from openintegriteit.core.models import ScheduledJob

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)
MOST_ATTEMPTS = 3
logger = structlog.get_logger("openintegriteit.scheduler")


class WorkerKilled(Exception):
    """A task whose worker died each time it was tried."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that runs by itself: every so many minutes, or daily at a time in Amsterdam.

    `task` takes nothing, is idempotent and is done within `lease`; long work is put in the queue instead.
    """

    name: str
    when: timedelta | time
    task: Callable[[], object]
    lease: timedelta = timedelta(minutes=15)

    def due_since(self, now: datetime) -> datetime:
        """The job is due when its last run began before this moment."""
        if isinstance(self.when, timedelta):
            return _minute(now) - self.when + MINUTE
        local = now.astimezone(AMSTERDAM)
        moment = datetime.combine(local.date(), self.when, AMSTERDAM)
        return moment if moment <= now else datetime.combine(local.date() - timedelta(days=1), self.when, AMSTERDAM)


def tick(jobs: Iterable[Job], now: datetime) -> tuple[str, ...]:
    """Run what is due and not held by another worker; returns the names of the jobs that ran to their end.

    A job that fails is logged and tried again at the next tick; it does not keep the others from running.
    """
    listed = tuple(jobs)
    known = dict(ScheduledJob.objects.values_list("name", "last_run_at"))
    new = [ScheduledJob(name=job.name) for job in listed if job.name not in known]
    ScheduledJob.objects.bulk_create(new, ignore_conflicts=True)
    started = monotonic()
    ran = []
    for job in listed:
        last_run_at = known.get(job.name)
        moment = now + timedelta(seconds=monotonic() - started)
        if (last_run_at is None or last_run_at < job.due_since(moment)) and _run(job, moment):
            ran.append(job.name)
    return tuple(ran)


def requeue_killed_tasks(now: datetime, after: timedelta = timedelta(minutes=30)) -> int:
    """Put tasks back in the queue that have been running for longer than `after`; returns how many.

    A worker that is killed leaves its task behind as running. `after` must be longer than any task takes. What was
    tried three times is marked as failed, so that a task that kills its worker does not go on for ever.
    """
    left_behind = DBTaskResult.objects.running().filter(started_at__lt=now - after)
    requeued = 0
    for result in left_behind:
        untouched = DBTaskResult.objects.running().filter(pk=result.pk, started_at=result.started_at)
        if len(result.worker_ids) < MOST_ATTEMPTS:
            requeued += untouched.update(status=TaskResultStatus.READY, started_at=None)
        elif untouched.exists():
            result.set_failed(WorkerKilled(f"{len(result.worker_ids)} workers died while they ran this task"))
            logger.error("task given up", task=result.task_path, attempts=len(result.worker_ids))
    return requeued


def _run(job: Job, now: datetime) -> bool:
    holder = str(uuid.uuid4())
    if not _claim(job, now, holder):
        return False
    held = ScheduledJob.objects.filter(name=job.name, lease_holder=holder)
    try:
        job.task()
    except Exception:
        logger.exception("job failed", job=job.name)
        held.update(lease_until=None, lease_holder="")
        return False
    held.update(last_run_at=_minute(now), lease_until=None, lease_holder="")
    return True


def _claim(job: Job, now: datetime, holder: str) -> bool:
    """Take the lease if the job is due and free: one statement, so two workers cannot both succeed."""
    due = Q(last_run_at__isnull=True) | Q(last_run_at__lt=job.due_since(now))
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    claimed = ScheduledJob.objects.filter(due, free, name=job.name)
    return claimed.update(lease_until=now + job.lease, lease_holder=holder) == 1


def _minute(now: datetime) -> datetime:
    """Runs are counted in whole minutes, so that a tick that comes a little early or late changes nothing."""
    return now.replace(second=0, microsecond=0)
