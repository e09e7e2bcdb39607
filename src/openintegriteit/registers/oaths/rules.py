"""Which oath belongs to which kind of person, apart from any database."""

from collections.abc import Iterable

from openintegriteit.organisations.models import PersonKind
from openintegriteit.registers.oaths.models import ForWhom, OathForm

WITHOUT_APPOINTMENT = (
    PersonKind.INTERN,
    PersonKind.HIRED,
    PersonKind.HOLIDAY_WORKER,
    PersonKind.ON_CALL,
    PersonKind.EXTERNAL,
)
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
