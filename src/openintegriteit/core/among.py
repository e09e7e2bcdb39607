"""Rows whose key is one of many: asked with the keys as one value, however many there are.

`__in` gives the database a place for each key, which takes Django longer to write and the database longer to read than
to find the rows, once there are a thousand.
"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Lookup

FEW = 20


class Among(Lookup[Collection[UUID]]):
    """`field__among=keys`: the same rows as `field__in=keys`, of a field that holds the key of a record.

    Fields learn it in `core.apps`.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """By the keys as a list of JSON, written as SQLite keeps them."""
        sql, values = self.process_lhs(compiler, connection)
        if len(self.rhs) <= FEW:  # the database knows then how few rows they are
            marks = ", ".join(["%s"] * len(self.rhs))
            return f"{sql} IN ({marks})", (*values, *(key.hex for key in self.rhs))
        told = json.dumps([key.hex for key in self.rhs])
        return f"{sql} IN (SELECT value FROM json_each(%s))", (*values, told)  # noqa: S608 the column is Django's

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """By the keys as an array."""
        sql, values = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s::uuid[])", (*values, list(self.rhs))
