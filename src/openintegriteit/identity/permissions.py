"""Who gives roles, invites people, helps who lost the second factor, and sets the house style."""

from openintegriteit.core.roles import PermissionPolicy, Role

ADMINISTRATOR = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})
# The secretary is the second granter of a body with one functional administrator.
SECOND_GRANTERS = ADMINISTRATOR | {Role.SECRETARY}

POLICY = PermissionPolicy(
    view=SECOND_GRANTERS,
    confirm=SECOND_GRANTERS,
    ask_reset=SECOND_GRANTERS,
    grant=ADMINISTRATOR,
    invite=ADMINISTRATOR,
    provider=ADMINISTRATOR,
    house_style=ADMINISTRATOR,
    own_account=frozenset(Role),
)
