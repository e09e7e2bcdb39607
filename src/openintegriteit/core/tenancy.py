"""Rows that belong to one public body: an unscoped query fails, and PostgreSQL refuses the rows of others."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import django_scopes
from django.apps import apps
from django.db import connection, models
from django_scopes import ScopedManager

SETTING = "openintegriteit.organisation"


class TenantQuerySet(models.QuerySet[Any]):
    """Base of the querysets of tenant models; the manager has already narrowed it to the body in scope."""


def tenant_manager(queryset: type[models.QuerySet[Any]] = TenantQuerySet) -> Any:
    """The manager of a tenant model: it works inside `organisation_scope` only and sees that body's rows."""
    return ScopedManager(organisation="organisation_id", _manager_class=models.Manager.from_queryset(queryset))


class TenantModel(models.Model):
    """A row of one public body. Keys are random, so that no number tells how many rows others have."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = tenant_manager()

    class Meta:
        abstract = True


@contextmanager
def organisation_scope(organisation_id: uuid.UUID | None) -> Iterator[None]:
    """Work within one body, or within none (None: only what belongs to the installation itself)."""
    before = django_scopes.get_scope().get("organisation")
    _tell_database(organisation_id)
    try:
        if organisation_id is None:
            yield
        else:
            with django_scopes.scope(organisation=organisation_id):
                yield
    finally:
        _tell_database(before)


def organisation_in_scope() -> uuid.UUID:
    """The body whose rows are at hand. Raises ScopeError outside `organisation_scope`."""
    organisation_id: uuid.UUID | None = django_scopes.get_scope().get("organisation")
    if organisation_id is None:
        raise django_scopes.ScopeError("No body is in scope.")
    return organisation_id


def _tell_database(organisation_id: uuid.UUID | None) -> None:
    """Name the body to PostgreSQL's row-level security. A failed transaction takes its own setting back."""
    if connection.vendor != "postgresql" or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, str(organisation_id or "")])


def tenant_tables() -> list[str]:
    """Every table with a column organisation_id, apart from that of the bodies themselves."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "organisation_id" for field in model._meta.local_concrete_fields)
    )


def protect_rows() -> None:
    """Put row-level security on every tenant table that lacks it (PostgreSQL): also for the owner of the tables.

    Repeatable; a user who does not own the tables can call it when there is nothing to do. Rows without a body (the
    installation's own) are seen only outside any scope.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
            "WHERE relrowsecurity AND relforcerowsecurity AND polname = 'rows_of_organisation'"
        )
        protected = {name for (name,) in cursor.fetchall()}
        # In a database that is on its way to this version some tables may still be to come.
        there = set(connection.introspection.table_names(cursor))
        for table in tenant_tables():
            if table in protected or table not in there:
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS own_organisation ON {name}")  # of older versions: it asked per row
            cursor.execute(
                f"CREATE POLICY rows_of_organisation ON {name} USING (organisation_id IS NOT DISTINCT FROM "
                f"(SELECT NULLIF(current_setting('{SETTING}', true), '')::uuid))"
            )
