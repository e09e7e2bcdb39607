"""What the register shows about duties of law."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.organisations.models import OFFICE_HOLDERS, HeldAs, OrganisationKind, Person, PersonKind
from openintegriteit.organisations.queries import body_in_scope, holding_as, in_office_since, term_began
from openintegriteit.registers.oaths.models import ForWhom, Oath, OathQuerySet
from openintegriteit.registers.oaths.permissions import POLICY
from openintegriteit.registers.oaths.queries import group_on
from openintegriteit.registers.oaths.rules import is_of_earlier_term

# Each duty to have the oath taken, and by whom: Ambtenarenwet 2017 5(1)a; Gemeentewet 14, 41a, 65 and 81g;
# Provinciewet 14, 40a, 64 and 79g; Waterschapswet 34, 50 and 51ag.
SUBJECTS = {
    "oaths_taken": ForWhom.OFFICIAL,
    "oaths_of_elected_members": ForWhom.ELECTED_MEMBER,
    "oaths_of_executive_members": ForWhom.EXECUTIVE_MEMBER,
    "oath_of_chair": ForWhom.CHAIR,
    "oaths_of_audit_court_members": ForWhom.AUDIT_COURT_MEMBER,
}
READERS = POLICY.roles("view")


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether everybody who is present took the oath, and whether the words are known (five queries).

    Everybody is counted by kind from an index alone, and who took it from the oaths: to ask of each person would make
    every desk of a large body wait.
    """
    people = Person.objects.present_on(day).filter(kind__in=SUBJECTS.values()).order_by()
    in_all = dict(people.values_list(group_on(day)).annotate(number=Count("*")))
    grouped = (
        Oath.objects.standing()
        .filter(for_whom__in=SUBJECTS.values())
        .annotate(group=group_on(day, "for_whom", "person__"))
    )
    as_they_are_now = grouped.filter(group=group_on(day, "person__kind", "person__"))
    begun = Q(person__started_on__isnull=True) | Q(person__started_on__lte=day)
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=day)
    present = as_they_are_now.filter(begun, here)
    rows = present.order_by().values_list("group")
    taken = dict(rows.annotate(number=Count("person", distinct=True)))
    of_terms = _terms(present, day)
    return [*_taken(in_all, taken, of_terms), _words(), _charged_to_act(day)]


@dataclass(slots=True)
class Terms:
    """Of how many office holders of one kind the newest oath is another than that of a term that is known to begin.

    `earlier`: taken for an earlier term; `late`: after the term had begun, where the law names a day; `unknown`: nobody
    knows when the term began.
    """

    earlier: int = 0
    late: int = 0
    unknown: int = 0


def _terms(present: OathQuerySet, day: date) -> Mapping[str, Terms]:
    """What the oaths of office holders are beside their terms, by kind.

    Gemeentewet 14, 41a and 81g, Provinciewet 14, 40a and 79g, Waterschapswet 34, 50 and 51ag: before they exercise the
    office, so for every term. For the chair of a municipality or a province (Gemeentewet 65, Provinciewet 64) the law
    names no day.
    """
    rows = present.filter(for_whom__in=OFFICE_HOLDERS).annotate(began=term_began(day, "person__")).order_by("taken_on")
    taken: dict[tuple[str, Any, date | None], list[date]] = defaultdict(list)
    for *whose, taken_on in rows.values_list("group", "person", "began", "taken_on"):
        taken[tuple(whose)].append(taken_on)
    terms: dict[str, Terms] = defaultdict(Terms)
    names_a_day = set(OFFICE_HOLDERS)
    if body_in_scope().kind != OrganisationKind.WATER_BOARD:
        names_a_day.discard(PersonKind.CHAIR)
    for (for_whom, _person, began), days in taken.items():
        told = terms[for_whom]
        if began is None:
            told.unknown += for_whom in names_a_day
        elif is_of_earlier_term(days[-1], began):
            told.earlier += 1
        elif for_whom in names_a_day:
            told.late += next(day for day in days if not is_of_earlier_term(day, began)) > began
    return terms


def _taken(
    in_all: Mapping[str, int], taken: Mapping[str, int], of_terms: Mapping[str, Terms]
) -> Iterator[RecordedAnswer]:
    for subject, for_whom in SUBJECTS.items():
        number, terms = in_all.get(for_whom, 0), of_terms.get(for_whom, Terms())
        missing = number - taken.get(for_whom, 0)
        if not number and for_whom == ForWhom.OFFICIAL:
            reason = _("No official stands in the list of people.")
        elif not number:
            reason = _("Nobody of this kind stands in the list of people.")
        elif missing:
            reason = _("Of %(missing)d of %(in_all)d the register holds no oath or affirmation.") % {
                "missing": missing,
                "in_all": number,
            }
        elif terms.earlier:
            reason = ""
        elif terms.late:
            reason = _("Of %(late)d of %(in_all)d that was after the office had begun.") % {
                "late": terms.late,
                "in_all": number,
            }
        else:
            reason = ngettext(
                "The %(number)d person concerned took the oath or affirmation.",
                "All %(number)d people concerned took the oath or affirmation.",
                number,
            ) % {"number": number}
            if for_whom == ForWhom.OFFICIAL:
                reason += " " + _("Whether that was when the employment began, has not been compared.")
            elif terms.unknown:
                reason += " " + _("Of %(number)d nobody knows when the office began.") % {"number": terms.unknown}
        if terms.earlier:
            told = _("Of %(earlier)d of %(in_all)d it holds the one of an earlier term only; each term asks it anew.")
            reason = f"{reason} {told % {'earlier': terms.earlier, 'in_all': number}}".strip()
        met = number and not missing and not terms.late and not terms.earlier
        yield RecordedAnswer(subject, "met" if met else "not_shown", reason, reverse("oaths:owing"), READERS)


def _words() -> RecordedAnswer:
    """Ambtenarenwet 2017, art. 7: in the words that were set."""
    of_officials = Oath.objects.standing().filter(for_whom=ForWhom.OFFICIAL)
    numbers = of_officials.aggregate(in_all=Count("pk"), unknown=Count("pk", filter=Q(text__isnull=True)))
    if not numbers["in_all"]:
        reason = _("No oath or affirmation of officials has been recorded yet.")
    elif numbers["unknown"]:
        reason = _("Of %(missing)d of %(in_all)d oaths and affirmations the words are not known.") % {
            "missing": numbers["unknown"],
            "in_all": numbers["in_all"],
        }
    else:
        reason = ngettext(
            "Of the %(number)d oath or affirmation the words are known.",
            "Of all %(number)d oaths and affirmations the words are known.",
            numbers["in_all"],
        ) % {"number": numbers["in_all"]}
    met = numbers["in_all"] and not numbers["unknown"]
    return RecordedAnswer("oath_words_known", "met" if met else "not_shown", reason, reverse("oaths:taken"), READERS)


def _charged_to_act(day: date) -> RecordedAnswer:
    """Gemeentewet 78(2), Provinciewet 76(2): who is charged to act takes the oath of the chair; met where nobody is.

    An oath of before that time was for another office. Whether it was into the hands of whom the law names, is told in
    words that somebody typed, and those are not read here.
    """
    charged = Person.objects.present_on(day).filter(holding_as([HeldAs.CHARGED_TO_ACT], day))
    newest = Oath.objects.standing().filter(person=OuterRef("pk"), for_whom=ForWhom.CHAIR).order_by("-taken_on")
    rows = charged.annotate(began=in_office_since(day), taken_on=Subquery(newest.values("taken_on")[:1]))
    days = list(rows.values_list("began", "taken_on"))
    missing = sum(
        taken_on is None or (began is not None and is_of_earlier_term(taken_on, began)) for began, taken_on in days
    )
    if not days:
        reason = _("Nobody has been charged from outside to act.")
    elif missing:
        reason = _("Of %(missing)d of %(in_all)d the register holds no oath or affirmation since the acting began.") % {
            "missing": missing,
            "in_all": len(days),
        }
    else:
        reason = ngettext(
            "The %(number)d person who was charged to act took the oath or affirmation.",
            "All %(number)d people who were charged to act took the oath or affirmation.",
            len(days),
        ) % {"number": len(days)}
        reason += " " + _("Into whose hands, stands with what was taken.")
    return RecordedAnswer(
        "oath_of_who_is_charged_to_act", "not_shown" if missing else "met", reason, reverse("oaths:taken"), READERS
    )
