"""Who may do what with terms, destruction lists and holds.

Who keeps the records of a side draws up its lists and sets its holds; somebody else has to agree, twice. The functional
administrator sets how long everything is kept. Only who reads a register anyway sees about whom its records are.
"""

from openintegriteit.core.roles import Actor, PermissionPolicy, Role

KEEPERS = {"officials": frozenset({Role.COORDINATOR}), "office_holders": frozenset({Role.CLERK})}
READERS = {
    "officials": frozenset({Role.COORDINATOR, Role.HR}),
    "office_holders": frozenset({Role.CLERK, Role.CHAIR}),
}
OF_BOTH = frozenset({Role.SECRETARY, Role.FUNCTIONAL_ADMINISTRATOR})
AUDITORS = frozenset({Role.INTERNAL_AUDITOR})
APPROVERS = {side: readers | OF_BOTH for side, readers in READERS.items()}
SIDES = tuple(KEEPERS)

POLICY = PermissionPolicy(
    view=APPROVERS["officials"] | APPROVERS["office_holders"] | AUDITORS,
    view_officials=APPROVERS["officials"] | AUDITORS,
    view_office_holders=APPROVERS["office_holders"] | AUDITORS,
    view_holds=READERS["officials"] | READERS["office_holders"],
    see_people_officials=READERS["officials"],
    see_people_office_holders=READERS["office_holders"],
    set_rules=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}),
    keep=KEEPERS["officials"] | KEEPERS["office_holders"],
    keep_officials=KEEPERS["officials"],
    keep_office_holders=KEEPERS["office_holders"],
    approve=APPROVERS["officials"] | APPROVERS["office_holders"],
    approve_officials=APPROVERS["officials"],
    approve_office_holders=APPROVERS["office_holders"],
)


def sides_to(action: str, actor: Actor) -> tuple[str, ...]:
    """The sides of which the actor may "view", "see_people", "keep" or "approve" what is kept."""
    return tuple(side for side in SIDES if POLICY.allows(actor, f"{action}_{side}"))
