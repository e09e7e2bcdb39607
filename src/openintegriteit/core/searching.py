"""What records can be found by: one text per record, kept beside what it says, searched alike on every database."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.models import F, Func, Value

from openintegriteit.core.tenancy import organisation_scope

LONGEST = 10_000
ROWS_AT_ONCE = 500


def searchable(text: str) -> str:
    """Lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


class SearchTextField(models.TextField[str, str]):
    """The searchable words of the attributes named in `sources`, made anew whenever the record is stored.

    What passes by `save` and the bulk operations of the manager adds `search_values(instance)` itself. At most 10,000
    characters are kept: what stands further down in a long text is not found.
    """

    def __init__(self, *, sources: Iterable[str] = (), **options: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"default": "", "editable": False, **options})

    def deconstruct(self) -> Any:
        """What a migration writes down: which attributes are read is no matter of the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.TextField", arguments, options

    def pre_save(self, instance: models.Model, add: bool) -> str:
        """The text as the record is now."""
        text = _text(getattr(instance, source) for source in self.sources)
        setattr(instance, self.attname, text)
        return text


def search_values(instance: models.Model) -> dict[str, str]:
    """The search text of a record by the name of its field; empty for a model without one."""
    fields = (field for field in instance._meta.concrete_fields if isinstance(field, SearchTextField))
    return {field.attname: field.pre_save(instance, add=False) for field in fields}


def holding[Q: models.QuerySet[Any]](rows: Q, words: str, field: str = "search_text") -> Q:
    """The rows in whose search text every word stands; the longest word first, since that one rules out the most.

    PostgreSQL is asked by position, not by LIKE: of a pattern it expects next to no rows, so that it reads and sorts
    all of them for a name that many bear, where the index of the order has the first page at once. An index of the
    letters themselves (trigrams) is no help: row-level security lets no operator go before it that could leak a row.
    """
    for word in sorted(searchable(words).split(), key=len, reverse=True):
        rows = rows.filter(StandsIn(F(field), word))
    return rows


class Searchable(Func):
    """`searchable` as the database does it, for small tables without a search text of their own."""

    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By our own function, which the connection gets here."""
        connection.ensure_connection()
        connection.connection.create_function(
            "searchable", 1, lambda text: text and searchable(text), deterministic=True
        )
        return self.as_sql(compiler, connection, function="searchable", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Taken apart, without the accents, in lower case: in that order, which any locale of a database can do."""
        template = (
            r"lower(regexp_replace(replace(normalize(%(expressions)s, NFKD), 'ß', 'ss'), '[\u0300-\u036f]', '', 'g'))"
        )
        return self.as_sql(compiler, connection, template=template, **context)


class StandsIn(Func):
    """Whether a word stands in a text, both made searchable before."""

    output_field = models.BooleanField()

    def __init__(self, text: F | Func, word: str) -> None:
        super().__init__(text, Value(word))
        self.word = word

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By a pattern, in which SQLite goes through a text quicker than when it is asked for the position."""
        as_itself = re.sub(r"[*?[]", lambda sign: f"[{sign[0]}]", self.word)
        told = self.copy()
        told.set_source_expressions([self.source_expressions[0], Value(f"*{as_itself}*")])
        return told.as_sql(compiler, connection, template="%(expressions)s", arg_joiner=" GLOB ")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By position, not by LIKE: see `holding`."""
        return self.as_sql(compiler, connection, template="STRPOS(%(expressions)s) > 0")


def fill_search_text(apps: Apps, app: str, sources: Mapping[str, Sequence[str]]) -> None:
    """For a migration that gives models a search text: fill it for the rows that are there, body by body.

    `sources` names, per model of the app, the columns whose words are kept.
    """
    for body in apps.get_model("organisations", "Organisation").objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for name, columns in sources.items():
                _fill(apps.get_model(app, name).objects.filter(organisation_id=body), columns)


def _fill(rows: models.QuerySet[Any], columns: Sequence[str]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), ROWS_AT_ONCE):
        batch = list(rows.filter(pk__in=keys[start : start + ROWS_AT_ONCE]))
        for row in batch:
            row.search_text = _text(getattr(row, column) for column in columns)
        rows.bulk_update(batch, ["search_text"])


def _text(values: Iterable[Any]) -> str:
    return searchable(" ".join(str(value) for value in values if value))[:LONGEST]
