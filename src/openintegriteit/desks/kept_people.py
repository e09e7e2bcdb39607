"""How people on the list are kept: a term after they left, and as long as another record is about them.

AVG, art. 5(1)e. This stands on the top floor, because anything may be about a person. Whatever points at one keeps the
name there, unless it is told below that it goes along or does without.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Exists, ForeignObjectRel, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind, Side, StartEvent
from openintegriteit.event_log.telling import kind_words
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import OFFICE_HOLDERS, Appointment, Mandate, Person
from openintegriteit.organisations.queries import end_of_service
from openintegriteit.programme.models import Digest, GroupMember, Measure
from openintegriteit.publication.models import Entry
from openintegriteit.registers.abstentions.models import Notice
from openintegriteit.registers.declarations.models import Proposal
from openintegriteit.retention.models import Hold

GO_ALONG = (Appointment, Mandate, OneTimeLink, Digest, Notice)
DO_WITHOUT = (Measure, GroupMember)  # they say in words of their own whose they are


def _needed_by() -> Mapping[str, Any]:
    """Every kind of record that can be about a person, with the condition under which one is."""
    about: dict[Any, Q] = {}
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in (*GO_ALONG, *DO_WITHOUT, Hold):
            needs_it = about.get(relation.related_model, Q()) | Q(**{relation.field.name: OuterRef("pk")})
            about[relation.related_model] = needs_it
    about[Person] &= Q(ended_on__isnull=True) | Q(ended_on__gte=today())  # who they lead; who left does without
    about[Proposal] &= Q(is_open=True)
    needs: dict[Any, Any] = {model: Exists(model.objects.filter(condition)) for model, condition in about.items()}
    needs[Entry] = Q(pk__in=Entry.objects.filter(person__isnull=False).values("person"))
    words = {Person: _("Person whom they lead")}
    return {words.get(model, capfirst(kind_words(model._meta.label_lower))): need for model, need in needs.items()}


def _rows(_start: StartEvent, *, side: Side) -> QuerySet[Any]:
    of_side = Q(kind__in=OFFICE_HOLDERS)
    found: QuerySet[Any] = Person.objects.filter(of_side if side == "office_holders" else ~of_side)
    return found.annotate(began=end_of_service(""))


def _destroy(person: Person) -> None:
    """With the holds that ended. One that still holds would refuse it."""
    Hold.objects.filter(person=person, ended_on__isnull=False).delete()
    person.delete()


def _people(side: Side, label: Any) -> KeptKind:
    return KeptKind(
        key=f"people_{side}",
        label=label,
        side=side,
        starts=("service",),
        rows=partial(_rows, side=side),
        words=lambda row: _("Person on the list, until %(day)s") % {"day": date_format(row.began, "DATE_FORMAT")},
        mark=lambda row: str(row.version),
        person="pk",
        needed_by=_needed_by,
        destroy=_destroy,
    )


KINDS = (
    _people("officials", gettext_lazy("people on the list, officials")),
    _people("office_holders", gettext_lazy("people on the list, political office holders")),
)
