"""A document as plain data and back, so that what was adopted can be kept for ever and written in any format later.

It carries its house style. Of files it names the SHA-256; who keeps documents keeps those files too.
"""

from dataclasses import Field, fields, is_dataclass
from datetime import date
from typing import Any

from openintegriteit.core.documents import chart, model
from openintegriteit.core.documents.model import Document

FORM = 1  # of the stored data; a later form must still read this one
KIND, DAY = "is", "date"
PARTS: dict[str, type] = {
    part.__name__: part
    for module in (model, chart)
    for part in vars(module).values()
    if isinstance(part, type) and is_dataclass(part)
}


def as_data(document: Document) -> dict[str, Any]:
    """The document as data that JSON can hold: lists, texts, numbers, and a mapping per part with its kind."""
    return {"form": FORM, "document": _data(document)}


def from_data(data: dict[str, Any]) -> Document:
    """The document that `as_data` stored: equal to the one that it was. Raises ValueError for another form."""
    if data.get("form") != FORM:
        raise ValueError(f"A document of form {data.get('form')!r} cannot be read.")
    document: Document = _part(data["document"])
    return document


def _data(value: Any) -> Any:
    if isinstance(value, date):
        return {KIND: DAY, "day": value.isoformat()}
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if is_dataclass(value):
        stored = {part.name: getattr(value, part.name) for part in fields(value)}
        unsaid = {part.name for part in fields(value) if _came_later(part) and stored[part.name] == part.default}
        return {KIND: type(value).__name__} | {name: _data(part) for name, part in stored.items() if name not in unsaid}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"A document cannot hold {value!r}.")


def _came_later(part: "Field[Any]") -> bool:
    """Whether documents were stored before this part of them existed."""
    return bool(part.metadata.get("came_later"))


def _part(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_part(item) for item in data)
    if not isinstance(data, dict):
        return data
    if data[KIND] == DAY:
        return date.fromisoformat(data["day"])
    return PARTS[data[KIND]](**{name: _part(value) for name, value in data.items() if name != KIND})
