"""Who sees and changes the body, its units and its people."""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(
    view=frozenset({Role.COORDINATOR, Role.HR, Role.FUNCTIONAL_ADMINISTRATOR}),
    change=frozenset({Role.HR, Role.FUNCTIONAL_ADMINISTRATOR}),
    import_people=frozenset({Role.COORDINATOR, Role.HR, Role.FUNCTIONAL_ADMINISTRATOR}),
    change_head_counts=frozenset({Role.COORDINATOR, Role.HR, Role.FUNCTIONAL_ADMINISTRATOR}),
    change_body=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}),
    view_house_style=frozenset({Role.COORDINATOR, Role.FUNCTIONAL_ADMINISTRATOR}),
    change_house_style=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}),
)
