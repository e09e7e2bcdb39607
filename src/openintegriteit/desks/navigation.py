"""The main menu: the thread norm, measure, act, report, account; each role sees only its own entries."""

from dataclasses import dataclass

from openintegriteit.core.roles import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu; `count` is what is late there."""

    label: str
    url: str
    current: bool
    count: int = 0
    count_label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the thread with its pages."""

    title: str
    entries: tuple[Entry, ...]


def navigation_for(actor: Actor, path: str) -> list[Group]:
    """The groups and entries that the actor may open."""
    return []
