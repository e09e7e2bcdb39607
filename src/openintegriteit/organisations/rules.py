"""What holds for units and people, apart from any database."""

from collections.abc import Mapping
from datetime import date

from openintegriteit.organisations.models import HeldAs, OrganisationKind, PersonKind

STAFF_KINDS = frozenset(
    {PersonKind.OFFICIAL, PersonKind.INTERN, PersonKind.HIRED, PersonKind.HOLIDAY_WORKER, PersonKind.ON_CALL}
)
# Gemeentewet 77, 78 and 80, Provinciewet 75, 76 and 78. Who is charged to act is not a member of the council or the
# executive too (Gemeentewet 68(1)l and m, Provinciewet 67(g) and (h)), so stands in the list as the chair.
# Waterschapswet 41(3) and 45; it has nothing like it about who acts for the chair (51a).
WAYS = {
    (OrganisationKind.MUNICIPALITY, PersonKind.CHAIR): (HeldAs.CHARGED_TO_ACT,),
    (OrganisationKind.MUNICIPALITY, PersonKind.EXECUTIVE_MEMBER): (HeldAs.STANDS_IN,),
    (OrganisationKind.MUNICIPALITY, PersonKind.ELECTED_MEMBER): (HeldAs.STANDS_IN,),
    (OrganisationKind.PROVINCE, PersonKind.CHAIR): (HeldAs.CHARGED_TO_ACT,),
    (OrganisationKind.PROVINCE, PersonKind.EXECUTIVE_MEMBER): (HeldAs.STANDS_IN,),
    (OrganisationKind.PROVINCE, PersonKind.ELECTED_MEMBER): (HeldAs.STANDS_IN,),
    (OrganisationKind.WATER_BOARD, PersonKind.EXECUTIVE_MEMBER): (HeldAs.FROM_OUTSIDE,),
}


def ways_to_hold(body_kind: str, person_kind: str) -> tuple[HeldAs, ...]:
    """The ways in which somebody of this kind can hold an office in this kind of body, beside the ordinary one."""
    return WAYS.get((OrganisationKind(body_kind), PersonKind(person_kind)), ())


def cycles(above: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Every ring in "stands under": `above` gives for each key the one above it (None: nobody, or outside `above`)."""
    settled: set[str] = set()
    found = []
    for start in above:
        path: dict[str, int] = {}
        key: str | None = start
        while key is not None and key in above and key not in settled and key not in path:
            path[key] = len(path)
            key = above[key]
        if key is not None and key in path:
            found.append(tuple(path)[path[key] :])
        settled.update(path)
    return found


def ends_before_it_starts(started_on: date | None, ended_on: date | None) -> bool:
    """Whether both days are known and stand in the wrong order."""
    return started_on is not None and ended_on is not None and ended_on < started_on


def looks_like_citizen_service_number(number: str) -> bool:
    """Nine digits that pass the eleven test of the BSN (Wet algemene bepalingen burgerservicenummer, art. 1)."""
    if len(number) != 9 or not number.isdecimal() or number == "0" * 9:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0
