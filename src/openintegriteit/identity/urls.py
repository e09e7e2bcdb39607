"""Addresses of this app for people who are signed in."""

from django.urls import path

from openintegriteit.identity import views, views_provider

app_name = "identity"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/bezig/", views.busy, name="busy"),
    path("account/elders-uitloggen/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("rollen/", views.people, name="people"),
    path("rollen/uitnodigingen/", views.invitations, name="invitations"),
    path("rollen/uitnodigingen/nieuw/", views.invite, name="invite"),
    path("rollen/uitnodigingen/<uuid:invitation_id>/opnieuw/", views.send_again, name="send_again"),
    path("rollen/uitnodigingen/<uuid:invitation_id>/intrekken/", views.withdraw, name="withdraw"),
    path("rollen/wachtend/<uuid:grant_id>/bevestigen/", views.confirm, name="confirm"),
    path("rollen/<uuid:user_id>/", views.person, name="person"),
    path("rollen/<uuid:user_id>/toekennen/", views.grant, name="grant"),
    path("rollen/<uuid:user_id>/<uuid:grant_id>/beeindigen/", views.end, name="end"),
    path("rollen/<uuid:user_id>/tweede-stap/", views.ask_reset, name="ask_reset"),
    path("rollen/<uuid:user_id>/verwijderen/", views.remove, name="remove"),
    path("rollen/<uuid:user_id>/hervatten/", views.resume, name="resume"),
    path("rollen/tweede-stap/<uuid:reset_id>/bevestigen/", views.confirm_reset, name="confirm_reset"),
    path("rollen/tweede-stap/<uuid:reset_id>/intrekken/", views.withdraw_reset, name="withdraw_reset"),
    path("rollen/aanmelddienst/", views_provider.provider, name="provider"),
    path("rollen/aanmelddienst/regels/", views_provider.rules, name="provider_rules"),
    path("rollen/aanmelddienst/groepen/", views_provider.add_claim_role, name="add_claim_role"),
    path(
        "rollen/aanmelddienst/groepen/<uuid:claim_role_id>/weg/",
        views_provider.remove_claim_role,
        name="remove_claim_role",
    ),
    path("rollen/<uuid:user_id>/losmaken/", views_provider.unlink, name="unlink"),
    path("huisstijl/", views.house_style, name="house_style"),
]
