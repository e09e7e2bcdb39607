"""Work for the worker that pages ask for while they are read, perhaps many times before it is done."""

from typing import Any

from django.tasks import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult


def ask_once(task: Task[..., Any], *arguments: Any) -> None:
    """Put a task in the queue, unless it waits there already with the same arguments (plain values, as JSON has them).

    However often somebody asks for a page, the queue holds its work once. Two who ask at the same moment may put it
    there twice: such tasks are idempotent.
    """
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)
    if not waiting.filter(args_kwargs={"args": list(arguments), "kwargs": {}}).exists():
        task.enqueue(*arguments)
