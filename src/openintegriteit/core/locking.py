"""Two people, one record: nobody overwrites silently."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F
from django.utils import timezone

from openintegriteit.core.searching import search_values


class VersionedModel(models.Model):
    """A record that people edit: `version` grows by one with every change."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class StaleRecord(Exception):
    """Somebody else has changed the record since it was read. Carries the record as it is now."""

    def __init__(self, current: VersionedModel) -> None:
        super().__init__(f"{current._meta.label} was changed meanwhile")
        self.current = current


class Overtaken(Exception):
    """What a form found right is so no more, by what somebody else did at that moment. The form says why."""


def save_if_unchanged(instance: VersionedModel, *, expected_version: int, fields: Iterable[str]) -> None:
    """Store the named fields of `instance`, provided that its version in the database is still the expected one.

    Raises StaleRecord when it is not. One UPDATE statement decides, so two at once cannot both win.
    """
    model = type(instance)
    instance.changed_at = timezone.now()
    values = {name: getattr(instance, name) for name in fields} | {"changed_at": instance.changed_at}
    values |= search_values(instance)
    updated = model._default_manager.filter(pk=instance.pk, version=expected_version).update(
        version=F("version") + 1, **values
    )
    if not updated:
        raise StaleRecord(model._default_manager.get(pk=instance.pk))
    instance.version = expected_version + 1
