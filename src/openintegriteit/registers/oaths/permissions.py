"""Who may do what with oaths. Officials and office holders are apart: nobody reads both by one role."""

from openintegriteit.core.roles import Actor, PermissionPolicy, Role
from openintegriteit.registers.oaths.models import ForWhom
from openintegriteit.registers.oaths.rules import OF_OFFICE_HOLDERS, OF_OFFICIALS

READERS_OF_OFFICIALS = frozenset({Role.COORDINATOR, Role.HR})
READERS_OF_OFFICE_HOLDERS = frozenset({Role.CLERK, Role.CHAIR})

POLICY = PermissionPolicy(
    view=READERS_OF_OFFICIALS | READERS_OF_OFFICE_HOLDERS,
    view_officials=READERS_OF_OFFICIALS,
    view_office_holders=READERS_OF_OFFICE_HOLDERS,
    record=frozenset({Role.HR, Role.CLERK}),
    record_officials=frozenset({Role.HR}),
    record_office_holders=frozenset({Role.CLERK}),
    send=frozenset({Role.HR}),
    read_own=frozenset(Role) - {Role.TECHNICAL_ADMINISTRATOR},
)
SIDES = {False: "_officials", True: "_office_holders"}  # the action on a ceremony, by its `for_office_holders`


def groups_to(action: str, actor: Actor) -> tuple[ForWhom, ...]:
    """Whose oaths the actor may "view" or "record"."""
    officials = OF_OFFICIALS if POLICY.allows(actor, f"{action}_officials") else ()
    office_holders = OF_OFFICE_HOLDERS if POLICY.allows(actor, f"{action}_office_holders") else ()
    return (*officials, *office_holders)


def sides_to(action: str, actor: Actor) -> list[bool]:
    """Which ceremonies, by their `for_office_holders`, the actor may "view" or "record"."""
    return [side for side, suffix in SIDES.items() if POLICY.allows(actor, action + suffix)]


def require_recording(actor: Actor, for_whom: str) -> None:
    """Raise PermissionDenied unless the actor records the oaths of this group."""
    POLICY.require(actor, "record_officials" if for_whom in OF_OFFICIALS else "record_office_holders")
