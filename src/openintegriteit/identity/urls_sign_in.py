"""Signing in and out, passwords, the second factor and invitations. The names are those of django-allauth."""

from allauth.mfa.recovery_codes import views as recovery
from django.urls import path, re_path
from django.views.generic import RedirectView

from openintegriteit.identity import views_invited, views_passkeys, views_provider, views_sign_in

urlpatterns = [
    path("inloggen/", views_sign_in.sign_in, name="account_login"),
    path("aanmelddienst/", views_provider.leave, name="provider_leave"),
    path("aanmelddienst/<str:provider_id>/terug/", views_provider.come_in, name="openid_connect_callback"),
    path("uitloggen/", views_sign_in.sign_out, name="account_logout"),
    path("inactief/", views_sign_in.account_inactive, name="account_inactive"),
    path("opnieuw-bevestigen/", views_sign_in.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/", views_sign_in.change_password, name="account_change_password"),
    path("wachtwoord/vergeten/", views_sign_in.forgotten, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", views_sign_in.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views_sign_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/nieuw/klaar/", views_sign_in.new_password_done, name="account_reset_password_from_key_done"),
    path("tweede-factor/", RedirectView.as_view(pattern_name="identity:account"), name="mfa_index"),
    path("tweede-factor/code/", views_sign_in.second_factor, name="mfa_authenticate"),
    path("tweede-factor/bevestigen/", views_sign_in.confirm_with_code, name="mfa_reauthenticate"),
    path("tweede-factor/app/", views_sign_in.activate_app, name="mfa_activate_totp"),
    path("tweede-factor/app/weg/", views_sign_in.deactivate_app, name="mfa_deactivate_totp"),
    path("tweede-factor/herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tweede-factor/herstelcodes/nieuw/", views_sign_in.new_codes, name="mfa_generate_recovery_codes"),
    path("tweede-factor/herstelcodes/bestand/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", RedirectView.as_view(pattern_name="identity:account"), name="mfa_list_webauthn"),
    path("passkeys/nieuw/", views_passkeys.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/bevestigen/", views_passkeys.confirm_with_passkey, name="mfa_reauthenticate_webauthn"),
    path("passkeys/inloggen/", views_passkeys.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("passkeys/<str:key>/weg/", views_passkeys.remove_passkey, name="mfa_remove_webauthn"),
    path("uitnodiging/<str:token>/", views_invited.invitation, name="invitation"),
]
