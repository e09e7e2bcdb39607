"""Which oath belongs to which kind of person, apart from any database."""

from collections.abc import Iterable
from datetime import date, timedelta

from openintegriteit.organisations.models import PersonKind
from openintegriteit.programme.models import FORESEEN_STATUSES, Activity
from openintegriteit.registers.oaths.models import Ceremony, ForWhom, OathForm

WITHOUT_APPOINTMENT = (
    PersonKind.INTERN,
    PersonKind.HIRED,
    PersonKind.HOLIDAY_WORKER,
    PersonKind.ON_CALL,
    PersonKind.EXTERNAL,
)
# The law asks an oath for every term, and names no day before which it is none of it. Ours: a term is four years, and
# nobody takes the oath longer than this before one begins.
TAKEN_BEFOREHAND = timedelta(days=90)
OF_OFFICIALS = (ForWhom.OFFICIAL, ForWhom.NOT_EMPLOYED)
OF_OFFICE_HOLDERS = (
    ForWhom.CHAIR,
    ForWhom.EXECUTIVE_MEMBER,
    ForWhom.ELECTED_MEMBER,
    ForWhom.AUDIT_COURT_MEMBER,
)


def for_whom_of(kind: str) -> ForWhom:
    """What somebody of this kind takes. Raises ValueError for a kind that does not exist."""
    return ForWhom.NOT_EMPLOYED if kind in WITHOUT_APPOINTMENT else ForWhom(kind)


def kinds_of(groups: Iterable[str]) -> list[PersonKind]:
    """The kinds of people in these groups."""
    asked = set(groups)
    return [kind for kind in PersonKind if for_whom_of(kind) in asked]


def forms_of(for_whom: str) -> tuple[OathForm, ...]:
    """What people of this group can take."""
    if for_whom == ForWhom.NOT_EMPLOYED:
        return (OathForm.STATEMENT,)
    return (OathForm.OATH, OathForm.AFFIRMATION)


def groups_of(for_office_holders: bool) -> tuple[ForWhom, ...]:
    """Who can be on the list of a ceremony: officials and office holders never on the same."""
    return OF_OFFICE_HOLDERS if for_office_holders else OF_OFFICIALS


def is_of_earlier_term(taken_on: date, began: date) -> bool:
    """Whether an oath was taken for an earlier term than the one that began on the day."""
    return taken_on + TAKEN_BEFOREHAND < began


def is_to_come(activity: Activity, day: date) -> bool:
    """Whether an invitation to it still makes sense on the day."""
    return activity.status in FORESEEN_STATUSES and (activity.starts_on is None or activity.starts_on >= day)


def lacks_authority(ceremony: Ceremony) -> bool:
    """Whether neither a member of the executive nor the secretary is there, while officials take the oath.

    An advice of ours, not law. Office holders take theirs in a meeting: the law says before whom.
    """
    return not (ceremony.for_office_holders or ceremony.with_executive_member or ceremony.with_secretary)
