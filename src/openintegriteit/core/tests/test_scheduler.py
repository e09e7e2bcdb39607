"""The minute tick: what is due runs once, whoever asks, and a worker that dies leaves nothing behind."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.scheduler import Job, requeue_killed_tasks, tick

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, 0, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Counter:
    """A task that counts how often it ran."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1


@task()
def sample_task(text):
    return text


def minutes(*numbers):
    return [NOON + number * MINUTE for number in numbers]


@pytest.mark.django_db
def test_a_job_runs_at_the_first_tick_and_then_every_so_long():
    counter = Counter()
    job = Job("digest", timedelta(minutes=10), counter)

    ran = [tick([job], now) for now in minutes(0, 1, 9, 10, 11, 20)]

    assert ran == [("digest",), (), (), ("digest",), (), ("digest",)]
    assert counter.count == 3


@pytest.mark.django_db
def test_a_tick_that_comes_a_little_early_or_late_changes_nothing():
    job = Job("minute", MINUTE, Counter())
    early_and_late = [NOON, NOON + timedelta(seconds=59), NOON + timedelta(seconds=121)]

    assert [tick([job], now) for now in early_and_late] == [("minute",)] * 3


@pytest.mark.django_db
def test_the_same_tick_twice_runs_once():
    counter = Counter()
    job = Job("minute", MINUTE, counter)

    tick([job], NOON)
    tick([job], NOON)

    assert counter.count == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last_run", "now", "runs"),
    [
        ("2026-11-22T02:00+00:00", "2026-11-23T01:59+00:00", False),  # 02:59 in Amsterdam
        ("2026-11-22T02:00+00:00", "2026-11-23T02:00+00:00", True),  # 03:00 in Amsterdam
        ("2026-11-23T02:00+00:00", "2026-11-23T22:00+00:00", False),
        ("2026-11-20T02:00+00:00", "2026-11-23T00:00+00:00", True),  # missed while the worker was down
        ("2026-07-01T01:00+00:00", "2026-07-02T01:00+00:00", True),  # 03:00 in summer
        ("2026-07-01T01:00+00:00", "2026-07-02T00:59+00:00", False),
        ("2026-10-24T01:00+00:00", "2026-10-25T01:59+00:00", False),  # 02:59 of the second time, clock set back
        ("2026-10-24T01:00+00:00", "2026-10-25T02:00+00:00", True),
        ("2026-10-25T02:00+00:00", "2026-10-25T03:00+00:00", False),
    ],
)
def test_a_daily_job_runs_once_a_day_on_the_clock_of_amsterdam(last_run, now, runs):
    ScheduledJob.objects.create(name="night", last_run_at=datetime.fromisoformat(last_run))

    ran = tick([Job("night", time(3, 0), Counter())], datetime.fromisoformat(now))

    assert ran == (("night",) if runs else ())


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_again_and_stops_no_other():
    def fail():
        raise RuntimeError("no mail server")

    jobs = [Job("mail", MINUTE, fail), Job("digest", MINUTE, Counter())]

    assert tick(jobs, NOON) == ("digest",)
    failed = ScheduledJob.objects.get(name="mail")
    assert (failed.last_run_at, failed.lease_until, failed.lease_holder) == (None, None, "")
    assert tick([Job("mail", MINUTE, Counter())], NOON) == ("mail",)


@pytest.mark.django_db
def test_a_lease_keeps_others_out_until_it_ends():
    counter = Counter()
    job = Job("digest", MINUTE, counter, lease=timedelta(minutes=15))
    ScheduledJob.objects.create(name="digest", lease_until=NOON + 5 * MINUTE, lease_holder="killed worker")

    assert tick([job], NOON) == ()
    assert tick([job], NOON + 4 * MINUTE) == ()
    assert tick([job], NOON + 5 * MINUTE) == ("digest",)
    assert counter.count == 1


@pytest.mark.django_db
def test_a_worker_whose_lease_was_taken_over_does_not_undo_the_other():
    def taken_over():
        ScheduledJob.objects.update(lease_until=NOON + 60 * MINUTE, lease_holder="other worker")

    tick([Job("digest", MINUTE, taken_over)], NOON)

    assert ScheduledJob.objects.get(name="digest").lease_holder == "other worker"


@pytest.mark.django_db
def test_a_tick_with_nothing_due_asks_one_query(django_assert_num_queries):
    jobs = [Job(f"job {number}", timedelta(hours=1), Counter()) for number in range(10)]
    tick(jobs, NOON)

    with django_assert_num_queries(1):
        assert tick(jobs, NOON + MINUTE) == ()


@pytest.mark.django_db
def test_a_lease_has_a_holder_and_a_holder_a_lease():
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledJob.objects.create(name="digest", lease_until=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledJob.objects.create(name="digest", lease_holder="worker")


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_runs_a_job_another_connection_does_not():
    started, others_done, counts = threading.Event(), threading.Event(), []

    def long_task():
        started.set()
        assert others_done.wait(30)

    def first_worker():
        try:
            counts.append(tick([Job("digest", MINUTE, long_task)], NOON))
        finally:
            connection.connection.close()  # Django's own close keeps a database in memory open

    worker = threading.Thread(target=first_worker)
    worker.start()
    assert started.wait(30)
    counts.append(tick([Job("digest", MINUTE, Counter())], NOON))
    others_done.set()
    worker.join(30)

    assert counts == [(), ("digest",)]
    assert tick([Job("digest", MINUTE, Counter())], NOON) == ()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_workers_that_tick_at_the_same_moment_one_runs_the_job():
    counter, together, ran = Counter(), threading.Barrier(8), []

    def worker():
        try:
            together.wait(30)
            ran.append(tick([Job("digest", MINUTE, counter)], NOON))
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _number in range(8)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(30)

    assert sorted(ran) == [()] * 7 + [("digest",)]
    assert counter.count == 1


def running(started_at, attempts):
    result = DBTaskResult.objects.create(
        args_kwargs={"args": ["x"], "kwargs": {}},
        task_path=f"{sample_task.func.__module__}.sample_task",
        backend_name="default",
        run_after=NOON,
        status=TaskResultStatus.RUNNING,
        worker_ids=[f"worker {number}" for number in range(attempts)],
    )
    DBTaskResult.objects.filter(pk=result.pk).update(started_at=started_at)
    return result


@pytest.mark.django_db
def test_a_task_of_a_dead_worker_goes_back_into_the_queue_once():
    result = running(NOON - 31 * MINUTE, attempts=1)

    assert requeue_killed_tasks(NOON) == 1
    assert requeue_killed_tasks(NOON) == 0

    result.refresh_from_db()
    assert (result.status, result.started_at) == (TaskResultStatus.READY, None)
    assert result.args_kwargs == {"args": ["x"], "kwargs": {}}


@pytest.mark.django_db
def test_a_task_that_may_still_be_running_is_left_alone():
    result = running(NOON - 29 * MINUTE, attempts=1)

    assert requeue_killed_tasks(NOON) == 0
    result.refresh_from_db()
    assert result.status == TaskResultStatus.RUNNING


@pytest.mark.django_db
def test_a_task_that_killed_three_workers_is_given_up():
    result = running(NOON - 31 * MINUTE, attempts=3)

    assert requeue_killed_tasks(NOON) == 0
    result.refresh_from_db()
    assert result.status == TaskResultStatus.FAILED
    assert result.exception_class_path.endswith("WorkerKilled")
