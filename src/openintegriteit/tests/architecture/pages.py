"""The matrix: every name of the resolver, and who may open it."""

from openintegriteit.core.roles import Role
from openintegriteit.identity.models import Invitation, RoleGrant
from openintegriteit.messages.models import Message
from openintegriteit.tests.architecture.matrix import Page, change, everybody, signed_in, view

ADMINISTRATOR = (Role.FUNCTIONAL_ADMINISTRATOR,)
SECOND_GRANTERS = (Role.FUNCTIONAL_ADMINISTRATOR, Role.SECRETARY)
TECHNICAL = (Role.TECHNICAL_ADMINISTRATOR,)

SIGN_IN: dict[str, Page] = {
    "account_login": everybody(),
    "account_logout": everybody(),
    "account_inactive": everybody(),
    "account_reauthenticate": signed_in(),
    "account_change_password": signed_in(),
    "account_reset_password": everybody(),
    "account_reset_password_done": everybody(),
    "account_reset_password_from_key": everybody(uidb36="1", key="onbekend"),
    "account_reset_password_from_key_done": everybody(),
    "mfa_index": everybody(),
    "mfa_authenticate": everybody(),
    "mfa_reauthenticate": signed_in(),
    "mfa_activate_totp": signed_in(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_view_recovery_codes": signed_in(),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
    "invitation": everybody(token="onbekend"),
    "house_style_sheet": everybody(),
    "identity_setup:code": everybody(),
    "identity_setup:body": everybody(),
    "identity_setup:colour": everybody(),
    "identity_setup:administrator": everybody(),
    "identity_setup:style_sheet": everybody(),
}
IDENTITY: dict[str, Page] = {
    "identity:account": signed_in(),
    "identity:sign_out_elsewhere": signed_in(),
    "identity:people": view(*SECOND_GRANTERS),
    "identity:person": view(*SECOND_GRANTERS, user_id=(RoleGrant, "user_id")),
    "identity:grant": change(*ADMINISTRATOR, user_id=(RoleGrant, "user_id")),
    "identity:confirm": change(*SECOND_GRANTERS, grant_id=RoleGrant),
    "identity:end": change(*ADMINISTRATOR, user_id=(RoleGrant, "user_id"), grant_id=RoleGrant),
    "identity:invitations": view(*SECOND_GRANTERS),
    "identity:invite": view(*ADMINISTRATOR),
    "identity:send_again": change(*ADMINISTRATOR, invitation_id=Invitation),
    "identity:withdraw": change(*ADMINISTRATOR, invitation_id=Invitation),
    "identity:house_style": view(*ADMINISTRATOR),
}
UI: dict[str, Page] = {"ui:components": signed_in()}
MESSAGES: dict[str, Page] = {
    "mail:stuck": view(*TECHNICAL),
    "mail:try_again": change(*TECHNICAL, message_id=Message),
    "mail:discard": change(*TECHNICAL, message_id=Message),
}
PAGES: dict[str, Page] = SIGN_IN | IDENTITY | MESSAGES | UI
