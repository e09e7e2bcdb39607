"""Who asks a group something, and who follows how it goes: of officials the coordinator, of office holders the clerk.

The personnel department sees which officials have not answered. Reading a code may be asked of everybody at once, by
the coordinator.
"""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(
    view=frozenset({Role.COORDINATOR, Role.HR, Role.CLERK}),
    change=frozenset({Role.COORDINATOR, Role.CLERK}),
    view_officials=frozenset({Role.COORDINATOR, Role.HR}),
    change_officials=frozenset({Role.COORDINATOR}),
    view_office_holders=frozenset({Role.CLERK}),
    change_office_holders=frozenset({Role.CLERK}),
    note=frozenset({Role.COORDINATOR, Role.HR, Role.CLERK}),
    note_officials=frozenset({Role.COORDINATOR, Role.HR}),
    note_office_holders=frozenset({Role.CLERK}),
    # Who records what somebody declared on paper: as registers.declarations has it.
    paper=frozenset({Role.HR, Role.CLERK}),
    paper_officials=frozenset({Role.HR}),
    paper_office_holders=frozenset({Role.CLERK}),
    answer=frozenset(Role),
    declare=frozenset(Role) - {Role.TECHNICAL_ADMINISTRATOR},  # as registers.declarations has it
)
SIDES = {False: "_officials", True: "_office_holders"}  # the action on a campaign, by `Campaign.for_office_holders`
