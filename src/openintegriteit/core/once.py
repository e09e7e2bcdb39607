"""What many parts of one page ask is looked up once: for pages that only read, such as a desk."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

import django_scopes

_FOUND: ContextVar[dict[Hashable, Any] | None] = ContextVar("found", default=None)


@contextmanager
def looking_once() -> Iterator[None]:
    """Keep what `looked_up_once` finds until the end of the block. Nothing that is looked up may change within it."""
    token = _FOUND.set({})
    try:
        yield
    finally:
        _FOUND.reset(token)


def looked_up_once[**P, R](look: Callable[P, R]) -> Callable[P, R]:
    """Within `looking_once`, look up a first time only, per body and per arguments; elsewhere each time.

    What it gives is shared by who asks, so it should not be changed.
    """

    @wraps(look)
    def looked_up(*args: P.args, **kwargs: P.kwargs) -> R:
        found = _FOUND.get()
        if found is None:
            return look(*args, **kwargs)
        key = (look, django_scopes.get_scope().get("organisation"), args, frozenset(kwargs.items()))
        if key not in found:
            found[key] = look(*args, **kwargs)
        answer: R = found[key]
        return answer

    return looked_up
