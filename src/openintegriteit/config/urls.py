"""Every address of the product, by app. Signed-in pages stand under /werk/ (docs/developers/architecture)."""

from django.urls import include, path

from openintegriteit.accountability.facts import counted_figures
from openintegriteit.accountability.queries_questions import asked_about
from openintegriteit.desks.kept import KINDS
from openintegriteit.policy.reading import reading_of
from openintegriteit.programme.goals import carriers_of_goals
from openintegriteit.publication.queries import public_address
from openintegriteit.registers.details import details_of, notes_of
from openintegriteit.registers.oaths.queries_ceremonies import ceremony_of
from openintegriteit.registers.rounds.tasks import ASKING
from openintegriteit.ui.views_language import choose_language

urlpatterns = [
    path("", include("openintegriteit.desks.urls_public")),
    path("", include("openintegriteit.identity.urls_public")),
    path("", include("openintegriteit.programme.urls_public")),
    path("", include("openintegriteit.campaigns.urls_public"), {"reading_of": reading_of}),
    path("", include("openintegriteit.registers.oaths.urls_public")),
    path("", include("openintegriteit.registers.rounds.urls_public")),
    path("taal/<str:language>/", choose_language, name="choose_language"),
    path("account/", include("openintegriteit.identity.urls_sign_in")),
    path("inrichten/", include("openintegriteit.identity.urls_setup")),
    path("werk/", include("openintegriteit.desks.urls")),
    path("werk/", include("openintegriteit.ui.urls")),
    path("werk/", include("openintegriteit.event_log.urls")),
    path("werk/", include("openintegriteit.organisations.urls")),
    path("werk/", include("openintegriteit.identity.urls")),
    path("werk/", include("openintegriteit.messages.urls")),
    path("werk/", include("openintegriteit.campaigns.urls")),
    path("werk/", include("openintegriteit.campaigns.urls_group"), {"asking": ASKING}),
    path("werk/", include("openintegriteit.policy.urls")),
    path("werk/", include("openintegriteit.policy.urls_plan"), {"carried_by": carriers_of_goals}),
    path("werk/", include("openintegriteit.programme.urls")),
    path("werk/", include("openintegriteit.programme.urls_activity"), {"more_about": ceremony_of}),
    path("werk/", include("openintegriteit.programme.urls_measure"), {"asked_about": asked_about}),
    path("werk/", include("openintegriteit.coordination.urls")),
    path("werk/", include("openintegriteit.registers.declarations.urls")),
    path(
        "werk/",
        include("openintegriteit.registers.declarations.urls_details"),
        {"details_of": details_of, "notes_of": notes_of, "public_address": public_address},
    ),
    path("werk/", include("openintegriteit.registers.outside_positions.urls")),
    path("werk/", include("openintegriteit.registers.designations.urls")),
    path("werk/", include("openintegriteit.registers.gifts.urls")),
    path("werk/", include("openintegriteit.registers.oaths.urls")),
    path("werk/", include("openintegriteit.registers.screening.urls")),
    path("werk/", include("openintegriteit.registers.departures.urls")),
    path("werk/", include("openintegriteit.registers.secrecy.urls")),
    path("werk/", include("openintegriteit.registers.abstentions.urls")),
    path("werk/", include("openintegriteit.registers.prohibited_acts.urls")),
    path("werk/", include("openintegriteit.registers.interests.urls")),
    path("werk/", include("openintegriteit.registers.rounds.urls")),
    path("werk/", include("openintegriteit.registers.intake.urls")),
    path("werk/", include("openintegriteit.registers.overview.urls")),
    path("werk/", include("openintegriteit.figures.urls"), {"counted": counted_figures}),
    path("werk/", include("openintegriteit.accountability.urls")),
    path("werk/", include("openintegriteit.publication.urls")),
    path("werk/", include("openintegriteit.retention.urls"), {"kinds": KINDS}),
]
