"""What stands on the page of a declared position about the law: how it was weighed, an intention, what is public."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.access import ActorRequest
from openintegriteit.core.clock import today
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.words import Note
from openintegriteit.registers.outside_positions.law import Function, law_of
from openintegriteit.registers.outside_positions.models import Assessment, OutsidePosition, Question
from openintegriteit.registers.outside_positions.queries import Beside, beside_the_law
from openintegriteit.registers.outside_positions.rules import Reported, is_asked_about


def notes_of(request: ActorRequest, declaration: Declaration) -> list[Note]:
    """What the law asks to look at (at most three queries; one for what an official declared or what is over)."""
    found = next(iter(beside_the_law(request.organisation, today(), declaration.pk)), None)
    if found is None:
        return []
    keeps = POLICY.allows(request.actor, "record_office_holders")
    return [
        *_together(request, found, keeps=keeps),
        *_undesirable(found, keeps=keeps),
        *_intention(request, found, keeps=keeps),
        *_not_public(request, found),
    ]


def _together(request: ActorRequest, found: Beside, *, keeps: bool) -> Iterator[Note]:
    key = found.declaration.pk
    if law_of(request.organisation.kind).forbidden_beside(found.offices) is None:
        return
    address = reverse("outside_positions:incompatible", args=[key]) if keeps else ""
    if found.found:
        title = _("Beside the functions that the law forbids: %(outcome)s")
        yield _as_weighed(found, Question.INCOMPATIBLE, title, address)
    elif found.like:
        first = found.like[0]
        yield Note(
            "warning",
            _("This may not go together with the office"),
            likeness_in_words(first),
            _("Record what was found") if keeps else "",
            address,
        )
    elif keeps:
        yield Note(
            "info",
            _("Does this go together with the office?"),
            _("Its words look like no function that the law forbids beside this office. Only you see whether it is."),
            _("Lay it beside the list of the law"),
            address,
        )


def _undesirable(found: Beside, *, keeps: bool) -> Iterator[Note]:
    if found.norm is None:
        return
    address = reverse("outside_positions:undesirable", args=[found.declaration.pk]) if keeps else ""
    if found.weighed:
        yield _as_weighed(found, Question.UNDESIRABLE, _("Weighed: %(outcome)s"), address)
    else:
        text = _(
            "No position may be undesirable with this in view: %(in_view)s (%(article)s). Who holds the office weighs "
            "it, and whom they account to. The clerk records what came of it; the program judges nothing."
        ) % {"in_view": _(found.norm.in_view), "article": found.norm.article}
        link = _("Record how it was weighed") if keeps else ""
        yield Note("info", _("Is this position undesirable for the office?"), text, link, address)


def _as_weighed(found: Beside, question: Question, title: str, address: str) -> Note:
    """What came of it the last time, with why, who and when (one query)."""
    of_question = Assessment.objects.filter(declaration=found.declaration, question=question)
    made: Assessment = of_question.filter(revision=found.declaration.revision).latest("recorded_at")
    day = date_format(made.weighed_on, "DATE_FORMAT")
    return Note(
        "info",
        title % {"outcome": made.get_outcome_display()},
        f"{made.reasons} {made.weighed_by}, {day}.",
        _("Record something else") if address else "",
        address,
    )


def likeness_in_words(function: Function) -> str:
    """What to do about a likeness; a suggestion, never a verdict."""
    told = {"function": _(function.what), "article": function.place}
    return (
        _(
            "It looks like this function, which the law forbids beside the office: %(function)s (%(article)s). The "
            "program compares words and judges nothing. The clerk judges whether the two go together."
        )
        % told
    )


def _intention(request: ActorRequest, found: Beside, *, keeps: bool) -> Iterator[Note]:
    if found.reported not in (Reported.MISSING, Reported.UNKNOWN, Reported.LATE):
        return
    law = law_of(request.organisation.kind)
    told = {"body": _(law.told_to), "article": law.intention_for(found.offices)}
    position: OutsidePosition = found.position
    address = reverse("outside_positions:intention", args=[position.declaration_id]) if keeps else ""
    link = _("Record on what day it was reported") if keeps else ""
    if found.reported == Reported.MISSING:
        text = _(
            "Who intends to accept a position reports that first to %(body)s (%(article)s). That this was done has not "
            "been recorded. The clerk records the day."
        )
        yield Note("warning", _("Was the intention reported?"), text % told, link, address)
    elif found.reported == Reported.UNKNOWN:
        text = _(
            "Fill in since when the position is held. When it began during the office, the intention to accept it is "
            "reported first to %(body)s (%(article)s)."
        )
        yield Note("info", _("When did this position begin?"), text % told, link, address)
    else:
        text = _("The law asks to report to %(body)s before the position is accepted (%(article)s).")
        yield Note("info", _("The intention was reported after the position began"), text % told, link, address)


def _not_public(request: ActorRequest, found: Beside) -> Iterator[Note]:
    kind = found.declaration.person.kind
    if not is_asked_about(law_of(request.organisation.kind), kind, ex_officio=found.position.ex_officio):
        yield Note(
            "info",
            _("This does not stand on the public site"),
            _("Of this office the law asks no publication of positions that belong to it."),
            keeps_private=True,
        )
