"""The queue holds work once, however often a page asks for it."""

import pytest
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from openintegriteit.core.queue import ask_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@task
def paint(colour: str, layers: dict[str, list[int]]) -> None:
    """A task for these tests."""


def test_work_that_waits_is_not_asked_for_again():
    for _time in range(3):
        ask_once(paint, "rood", {"eerste": [1, 2]})

    assert DBTaskResult.objects.count() == 1


def test_other_work_is():
    ask_once(paint, "rood", {"eerste": [1, 2]})
    ask_once(paint, "rood", {"eerste": [2, 1]})
    ask_once(paint, "blauw", {"eerste": [1, 2]})

    assert DBTaskResult.objects.count() == 3


def test_work_that_a_worker_took_up_is_asked_for_again():
    ask_once(paint, "rood", {})
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)

    ask_once(paint, "rood", {})

    assert DBTaskResult.objects.count() == 2
