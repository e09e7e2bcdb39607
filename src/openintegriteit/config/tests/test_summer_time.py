"""The nights on which the clock goes forward and back: what runs daily runs once, whatever the hour is called."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest

from openintegriteit.config.serving import scheduled_jobs
from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.scheduler import AMSTERDAM, Job, tick

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 11, 26), 24)],
    ids=["forward", "back", "plain"],
)
def test_every_daily_job_runs_once_in_a_day_of_any_length(day, hours):
    runs = Counter()
    daily = [
        Job(job.name, job.when, lambda name=job.name: runs.update([name]))
        for job in scheduled_jobs()
        if isinstance(job.when, time)
    ]
    start = datetime(*day, tzinfo=AMSTERDAM).astimezone(UTC)
    end = (datetime(*day, tzinfo=AMSTERDAM) + timedelta(days=1)).astimezone(UTC)
    assert end - start == timedelta(hours=hours)
    tick(daily, start - timedelta(hours=12))  # each ran the day before
    runs.clear()

    now = start
    while now < end:
        tick(daily, now)
        now += MINUTE

    assert runs == {job.name: 1 for job in daily}
    assert len(daily) >= 6


def test_jobs_by_the_minute_go_on_through_the_hour_that_comes_twice():
    runs = []
    job = Job("by the minute", MINUTE, lambda: runs.append(1))
    now = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)  # 02:00 in summer time; at 01:00 UTC it is 02:00 again

    for _minute in range(120):
        tick([job], now)
        now += MINUTE

    assert len(runs) == 120
    assert ScheduledJob.objects.get(name="by the minute").lease_holder == ""
