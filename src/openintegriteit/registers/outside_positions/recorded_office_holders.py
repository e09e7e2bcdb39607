"""What the register shows about the duties of office holders, for each kind of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.organisations.models import ACTING, OFFICE_HOLDERS, Person, PersonKind, PersonQuerySet
from openintegriteit.organisations.queries import body_in_scope, holding_as
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import answered
from openintegriteit.registers.declarations.recorded import unanswered
from openintegriteit.registers.outside_positions.operations import REGISTER
from openintegriteit.registers.outside_positions.queries import Beside, YearOf, beside_the_law, income_of
from openintegriteit.registers.outside_positions.rules import Reported, last_year_due

READERS = POLICY.roles("view_list")
READERS_OF_INCOME = POLICY.roles("view_office_holders")
ELECTED, EXECUTIVE = PersonKind.ELECTED_MEMBER, PersonKind.EXECUTIVE_MEMBER
CHAIR, AUDIT_COURT = PersonKind.CHAIR, PersonKind.AUDIT_COURT_MEMBER
SHORT_NAMES = {
    ELECTED: "elected_members",
    EXECUTIVE: "executive_members",
    CHAIR: "chair",
    AUDIT_COURT: "audit_court_members",
}


def of_office_holders(day: date) -> Iterator[RecordedAnswer]:
    """What the law asks about the positions of office holders (six queries).

    Public: Gemeentewet 12, 41b(3) and 81e, Provinciewet 11, 40b(3) and 79e, Waterschapswet 32 and 51ae.
    Incompatible: Gemeentewet 13, 36b, 68 and 81f, Provinciewet 13, 35c, 67 and 79f, Waterschapswet 31, 47(1) and 51af.
    Undesirable: Gemeentewet 41b(1) and 67(1), Provinciewet 40b(1) and 66(1), Waterschapswet 44k(1) and 48(1).
    Intention: Gemeentewet 41b(2), Provinciewet 40b(2). Income: Gemeentewet 41b(4), Provinciewet 40b(4), Waterschapswet
    44k(4). Money of positions that belong to the office: Gemeentewet 44(4) and 66(4), Provinciewet 43(4) and 65(4),
    Waterschapswet 44(3) and 48(4). Of a chair what is public, the intention and the income: Gemeentewet 67(2) and (3),
    Provinciewet 66(2) and (3), Waterschapswet 48(2) and (3). Of a daily board what is public and the intention:
    Waterschapswet 44k(2) and (3). Of who acts for the chair all of what a chair owes: Gemeentewet 80, Provinciewet 78.
    What laying open at the office, the moment and the money paid leave open, the reason tells.
    """
    organisation, year = body_in_scope(), last_year_due(day)
    people, positions = _people(day), beside_the_law(organisation, day)
    incomes = income_of(organisation, year, day)
    by_kind = {kind: [row for row in positions if row.declaration.person.kind == kind] for kind in OFFICE_HOLDERS}
    public = {kind: _public(kind, people.get(kind, (0, 0))) for kind in SHORT_NAMES}
    yield from (public[kind] for kind in (ELECTED, EXECUTIVE, AUDIT_COURT))
    for kind in SHORT_NAMES:
        yield _together(kind, public[kind], people.get(kind, (0, 0))[0], by_kind[kind])
    for kind in (EXECUTIVE, CHAIR):
        yield _money(kind, public[kind], by_kind[kind])
        yield _undesirable(kind, public[kind], by_kind[kind])
    intentions = {kind: _intentions(kind, public[kind], by_kind[kind]) for kind in (EXECUTIVE, CHAIR)}
    income = {
        kind: _income(kind, year, [row for row in incomes if row.person.kind == kind]) for kind in (EXECUTIVE, CHAIR)
    }
    yield from (intentions[EXECUTIVE], income[EXECUTIVE])
    yield _all_of("positions_and_intentions_of_executive_members", public[EXECUTIVE], intentions[EXECUTIVE])
    yield _all_of("positions_intentions_and_income_of_chair", public[CHAIR], intentions[CHAIR], income[CHAIR])
    yield _acting(day, year, [row for row in positions if row.acts], [row for row in incomes if row.acts])


def _acting(day: date, year: int, rows: Sequence[Beside], incomes: Sequence[YearOf]) -> RecordedAnswer:
    """What 66 to 68 ask of a chair of who acts (Gemeentewet 80, Provinciewet 78); met where nobody does."""
    subject = "positions_of_who_acts"
    in_all, answered = _answered(Person.objects.present_on(day).filter(holding_as(ACTING, day)))
    if not in_all:
        return _answer(subject, _("Nobody acts for the mayor or King's commissioner."), met=True)
    public = _public(CHAIR, (in_all, answered))
    return _all_of(
        subject,
        public,
        _together(CHAIR, public, in_all, rows),
        _undesirable(CHAIR, public, rows),
        _intentions(CHAIR, public, rows),
        *([_income(CHAIR, year, incomes)] if incomes else []),
    )


def _answer(subject: str, reason: str, *, met: bool) -> RecordedAnswer:
    address = reverse("outside_positions:positions")
    return RecordedAnswer(subject, "met" if met else "not_shown", reason, address, READERS)


def _all_of(subject: str, *parts: RecordedAnswer) -> RecordedAnswer:
    """One answer about several duties in one article: met when all are, each reason told once."""
    reasons = dict.fromkeys(part.reason for part in parts)
    return _answer(subject, " ".join(reasons), met=all(part.state == "met" for part in parts))


def _people(day: date) -> Mapping[str, tuple[int, int]]:
    """Of each kind how many people are here, and how many declared something or that there is nothing."""
    here = Person.objects.present_on(day).filter(kind__in=SHORT_NAMES).order_by()
    rows = here.values_list("kind").annotate(in_all=Count("pk"), answered=Count("pk", filter=answered(REGISTER)))
    return {kind: (in_all, answered) for kind, in_all, answered in rows}


def _answered(people: PersonQuerySet) -> tuple[int, int]:
    """How many people there are, and how many declared something or that there is nothing."""
    found = people.aggregate(in_all=Count("pk"), answered=Count("pk", filter=answered(REGISTER)))
    return found["in_all"], found["answered"]


def _public(kind: PersonKind, numbers: tuple[int, int]) -> RecordedAnswer:
    in_all, answered = numbers
    missing = in_all - answered
    if not in_all:
        reason = _("Nobody of this kind stands in the list of people.")
    elif missing:
        reason = unanswered(missing, in_all)
    else:
        reason = ngettext(
            "The %(number)d person concerned has answered; what was declared is on the public site.",
            "All %(number)d people concerned have answered; what was declared is on the public site.",
            in_all,
        ) % {"number": in_all}
        reason += " " + _(
            "Whether the list lies open at the office too, and was public at once, these records do not show."
        )
    return _answer(f"positions_of_{SHORT_NAMES[kind]}", reason, met=bool(in_all) and not missing)


def _together(kind: PersonKind, public: RecordedAnswer, in_all: int, rows: Sequence[Beside]) -> RecordedAnswer:
    subject = f"incompatible_positions_of_{SHORT_NAMES[kind]}"
    if public.state != "met":
        return _answer(subject, public.reason, met=False)
    waiting = sum(row.is_open for row in rows)
    kept = sum(row.is_to_be_given_up for row in rows)
    if waiting:
        reason = ngettext(
            "%(number)d declared position looks like a function that the law forbids, and what was found has not been "
            "recorded.",
            "%(number)d declared positions look like functions that the law forbids, and what was found has not been "
            "recorded.",
            waiting,
        ) % {"number": waiting}
    elif kept:
        reason = ngettext(
            "%(number)d position was to be given up and has not stopped.",
            "%(number)d positions were to be given up and have not stopped.",
            kept,
        ) % {"number": kept}
    else:
        reason = ngettext(
            "What the %(number)d person concerned declared was laid beside the list of the law; nothing waits to be "
            "looked at.",
            "What the %(number)d people concerned declared was laid beside the list of the law; nothing waits to be "
            "looked at.",
            in_all,
        ) % {"number": in_all}
    return _answer(subject, reason, met=not waiting and not kept)


def _undesirable(kind: PersonKind, public: RecordedAnswer, rows: Sequence[Beside]) -> RecordedAnswer:
    """Each position was weighed, those that belong to the office too: the law makes no exception for them."""
    subject = f"no_undesirable_positions_of_{SHORT_NAMES[kind]}"
    if public.state != "met":
        return _answer(subject, public.reason, met=False)
    waiting, kept = sum(row.is_unweighed for row in rows), sum(row.is_undesirable for row in rows)
    if waiting:
        reason = ngettext(
            "Of %(number)d declared position it has not been recorded whether it is undesirable for the office.",
            "Of %(number)d declared positions it has not been recorded whether they are undesirable for the office.",
            waiting,
        ) % {"number": waiting}
    elif kept:
        reason = ngettext(
            "%(number)d position was found to be undesirable and has not stopped.",
            "%(number)d positions were found to be undesirable and have not stopped.",
            kept,
        ) % {"number": kept}
    elif rows:
        reason = ngettext(
            "Of the %(number)d declared position it was weighed that it is not undesirable.",
            "Of all %(number)d declared positions it was weighed that they are not undesirable.",
            len(rows),
        ) % {"number": len(rows)}
    else:
        reason = _("No position was declared, so that there was nothing to weigh.")
    return replace(_answer(subject, reason, met=not waiting and not kept), about_few=True)


def _intentions(kind: PersonKind, public: RecordedAnswer, rows: Sequence[Beside]) -> RecordedAnswer:
    subject = f"intentions_of_{SHORT_NAMES[kind]}"
    if public.state != "met":
        return _answer(subject, public.reason, met=False)
    numbers = {state: sum(row.reported == state for row in rows) for state in Reported}
    missing, late, unknown = (numbers[state] for state in (Reported.MISSING, Reported.LATE, Reported.UNKNOWN))
    told = []
    if missing:
        told.append(
            ngettext(
                "Of %(number)d position that began during the office it is not recorded that the intention was "
                "reported.",
                "Of %(number)d positions that began during the office it is not recorded that the intention was "
                "reported.",
                missing,
            )
            % {"number": missing}
        )
    if late:
        told.append(
            ngettext(
                "Of %(number)d the intention was reported after it had begun.",
                "Of %(number)d the intention was reported after they had begun.",
                late,
            )
            % {"number": late}
        )
    if unknown:
        told.append(
            ngettext(
                "Of %(number)d nobody knows when it began.", "Of %(number)d nobody knows when they began.", unknown
            )
            % {"number": unknown}
        )
    if told:
        return _answer(subject, " ".join(told), met=False)
    in_time = numbers[Reported.IN_TIME]
    reason = (
        ngettext(
            "Of the %(number)d position that began during the office the intention was reported before it began.",
            "Of all %(number)d positions that began during the office the intention was reported before they began.",
            in_time,
        )
        % {"number": in_time}
        if in_time
        else _("No declared position began during the office.")
    )
    return _answer(subject, reason, met=True)


def _money(kind: PersonKind, public: RecordedAnswer, rows: Sequence[Beside]) -> RecordedAnswer:
    subject = f"ex_officio_money_of_{SHORT_NAMES[kind]}"
    if public.state != "met":
        return _answer(subject, public.reason, met=False)
    held = [row.position for row in rows if row.position.ex_officio]
    unknown = sum(position.is_paid and not position.ex_officio_agreement for position in held)
    if unknown:
        reason = ngettext(
            "Of %(number)d paid position that belongs to the office it is not recorded where the money goes.",
            "Of %(number)d paid positions that belong to the office it is not recorded where the money goes.",
            unknown,
        ) % {"number": unknown}
    elif held:
        reason = ngettext(
            "Of the %(number)d position that belongs to the office it is recorded that it is unpaid or where the money "
            "goes.",
            "Of all %(number)d positions that belong to the office it is recorded that they are unpaid or where the "
            "money goes.",
            len(held),
        ) % {"number": len(held)}
        reason += " " + _("Whether the money really went to the treasury, these records do not show.")
    else:
        reason = _("No position that belongs to the office was declared.")
    return _answer(subject, reason, met=not unknown)


def _income(kind: PersonKind, year: int, rows: Sequence[YearOf]) -> RecordedAnswer:
    asked, late = sum(row.is_asked for row in rows), sum(row.is_late for row in rows)
    if not rows:
        reason = _("Nobody whom this concerns held the office in %(year)d.") % {"year": year}
    elif asked:
        reason = _(
            "Of %(missing)d of %(in_all)d no record tells that the income of %(year)d is public, or that none is."
        ) % {"missing": asked, "in_all": len(rows), "year": year}
    elif late:
        reason = ngettext(
            "The income of %(year)d of %(number)d person became public after 1 April.",
            "The income of %(year)d of %(number)d people became public after 1 April.",
            late,
        ) % {"number": late, "year": year}
    else:
        reason = ngettext(
            "Of the %(number)d person concerned the income of %(year)d was public in time, or is none asked.",
            "Of all %(number)d people concerned the income of %(year)d was public in time, or is none asked.",
            len(rows),
        ) % {"number": len(rows), "year": year}
        reason += " " + _("Whether the overview of the income lies open at the office too, these records do not show.")
    met = bool(rows) and not asked and not late
    return RecordedAnswer(
        f"income_of_{SHORT_NAMES[kind]}",
        "met" if met else "not_shown",
        reason,
        reverse("outside_positions:incomes_of", args=[year]),
        READERS_OF_INCOME,
    )
