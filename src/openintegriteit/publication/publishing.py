"""Bringing the public site of a body up to date, and seeing when that is needed.

The event log is the feed of changes: it grows in the transaction of every change, so what happened is never missed,
also when the worker was killed in the middle. What the calendar does (a term that ends, a day of return) is found by
building once a day.
"""

from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Chain
from openintegriteit.event_log.models import Entry as LogEntry
from openintegriteit.event_log.operations import INSTALLATION
from openintegriteit.organisations.documents import making
from openintegriteit.organisations.models import Organisation
from openintegriteit.publication.diwoo import sitemaps
from openintegriteit.publication.files import building, put_online
from openintegriteit.publication.models import Publication
from openintegriteit.publication.open_data import open_data
from openintegriteit.publication.operations import bring_up_to_date, publication_of
from openintegriteit.publication.printing import is_late, printed_edition
from openintegriteit.publication.queries import shown
from openintegriteit.publication.site import pages, pages_of, rows_of
from openintegriteit.publication.telling import Body

# What may change the site, by how the names of actions begin.
CONCERNED = (
    "declaration.",
    "position_income.",
    "designation.",
    "regulation.",
    "annual_report.",
    "annex.",
    "person.",
    "people.",
    "body.",
    "organisation.",
    "house_style.",
    "publication.hidden",
    "publication.shown_again",
    "publication.settings_changed",
    "record.destroyed",
)
logger = structlog.get_logger("openintegriteit.publication")
type Seen = MutableMapping[UUID, int]  # of each body the number of the last entry of its log that was looked at


def publish(organisation: Organisation) -> None:
    """Build the site of a body from the records as they are now. Raises OSError when the disk refuses.

    The printed edition of a long register takes longest, so it is made beside the pages and the data, and these go
    online before it. Call it in the scope of the body, outside a transaction.
    """
    with building(organisation), translation.override(settings.LANGUAGE_CODE):
        day = today()
        lines = bring_up_to_date(organisation, day)
        body = Body(organisation, publication_of(organisation.pk), day)
        registers = shown(lines, day)
        editions = {one.register.key: printed_edition(body, one) for one in registers if one.register.about_people}
        late = [one for one in registers if is_late(body, one, editions.get(one.register.key))]
        awaited = {one.register.key: editions.pop(one.register.key) for one in late}
        with ThreadPoolExecutor(1) as press:
            printed = [press.submit(making(organisation, edition, "pdf")) for edition in awaited.values()]
            rows = {one.register.key: rows_of(one) for one in registers}
            parts = (pages(body, registers, rows, editions), open_data(body, registers), sitemaps(body, registers))
            site = dict(chain.from_iterable(parts))
            put_online(organisation, site)
            for made in printed:
                made.result()
        for one in late:
            site |= pages_of(body, one, rows[one.register.key], awaited[one.register.key])
        if late:
            put_online(organisation, site)
        Publication.objects.update(built_at=timezone.now())


def publish_all() -> None:
    """Build the site of every body, as the calendar asks. One that fails does not keep the others from it."""
    for organisation in Organisation.objects.all():
        _publish(organisation)


def publish_changes(seen: Seen) -> bool:
    """Build the site of each body in whose log something happened that may concern it (two queries when nothing did).

    A body that was not looked at before is built. `seen` is kept by the caller from one call to the next. False when a
    site could not be built: the next call tries again, and need not come at once.
    """
    chains = Chain.objects.exclude(key=INSTALLATION)
    lengths = {UUID(key): length for key, length in chains.values_list("key", "length")}
    went_well = True
    for organisation in Organisation.objects.all():
        length, before = lengths.get(organisation.pk, 0), seen.get(organisation.pk)
        is_touched = before is None or (before != length and _concerns(organisation, before))
        if not is_touched or _publish(organisation):
            seen[organisation.pk] = length
        else:
            went_well = False
    return went_well


def _concerns(organisation: Organisation, after: int) -> bool:
    """Whether the log of the body got an entry after this one that may change the site."""
    begins = Q()
    for beginning in CONCERNED:
        begins |= Q(action__startswith=beginning)
    with organisation_scope(organisation.pk):
        newer = LogEntry.objects.filter(chain=str(organisation.pk), number__gt=after)
        return bool(newer.filter(begins).exists())


def _publish(organisation: Organisation) -> bool:
    """Build the site of a body; whether that went well. What went wrong is logged, and tried again."""
    try:
        with organisation_scope(organisation.pk):
            publish(organisation)
    except Exception:
        logger.exception("publication failed", organisation=str(organisation.pk))
        return False
    return True
