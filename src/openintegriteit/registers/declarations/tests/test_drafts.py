"""What somebody began to declare and left: kept as it was typed, seen by its author alone, and gone once it is sent."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations import operations
from openintegriteit.registers.declarations.kept import forget_old_drafts
from openintegriteit.registers.declarations.models import Declaration, Draft
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.registers.interests.tests.factories import interest
from openintegriteit.registers.outside_positions import operations as outside_positions
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MINE = "/werk/mijn-opgaven/"
HALF = {"role": "Wijnproever", "where": "", "is_paid": "", "hours_a_week": "veel", "starts_on": "31-02-2026"}
WHOLE = {
    "role": "Wijnproever",
    "where": "De Kurk",
    "is_paid": "False",
    "hours_a_week": "",
    "touches_duties": "Niet.",
    "starts_on": "2026-02-01",
}
REGISTERS = ("outside_positions", "gifts", "interests")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def kept(client, address, values, action="later"):
    """The answer to keeping what was typed."""
    return client.post(address, {**values, "action": action})


@pytest.fixture
def official(organisation):
    return somebody(organisation, Role.STAFF)


def test_what_was_half_filled_in_comes_back_as_it_was_typed_and_goes_when_it_is_sent(organisation, official):
    user, person = official
    client, address = signed_in(user), reverse("outside_positions:new", args=[person.pk])
    submission = str(uuid.uuid4())

    answer = kept(client, address, {**HALF, "submission": submission}, "later")

    assert (answer.status_code, answer.url) == (302, MINE)
    mine = client.get(MINE).content.decode()
    assert "Begonnen en nog niet opgegeven" in mine
    assert f'href="{address}"' in mine
    page = client.get(address)
    begun = page.context["form"]
    assert {name: begun[name].value() or "" for name in HALF} == HALF
    assert (page.status_code, begun.errors, begun["submission"].value()) == (200, {}, submission)
    assert Declaration.objects.count() == 0

    refused = client.post(address, {**HALF, "submission": submission})
    assert (refused.status_code, Draft.objects.count()) == (422, 1)  # it stays until it is sent
    assert client.post(address, {**WHOLE, "submission": submission}).status_code == 302
    assert (Declaration.objects.get().title, Draft.objects.count()) == ("Wijnproever, De Kurk", 0)
    late = kept(client, address, {**HALF, "submission": submission}, "autosave")  # of a page that still stands open
    assert (late.status_code, Draft.objects.count()) == (409, 0)
    assert "al opgegeven" in late.json()["message"]


def test_the_last_of_two_tabs_wins_and_the_background_tells_when(organisation, official):
    user, person = official
    client, address = signed_in(user), reverse("outside_positions:new", args=[person.pk])

    for role in ("Eerste tab", "Tweede tab", "Eerste tab weer"):
        answer = kept(client, address, {"role": role}, "autosave")

    assert answer.json()["message"].startswith("Bewaard om ")
    assert Draft.objects.get().typed == {"role": ["Eerste tab weer"]}
    assert Entry.objects.filter(action="declaration.draft_begun").count() == 1


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_keeps_a_draft_of_its_own_and_throws_it_away(organisation, official, register):
    user, person = official
    client, address = signed_in(user), reverse(f"{register}:new", args=[person.pk])
    kept(client, reverse("outside_positions:new", args=[person.pk]), {"role": "Een ander register"})

    kept(client, address, {"what": "Half", "role": "Half"})
    begun = client.get(address)
    gone = kept(client, address, {}, "discard")
    again = kept(client, address, {}, "discard")

    assert "Half" in begun.content.decode()
    assert begun.context["form"]["submission"].value()  # also of what was kept without one
    assert (gone.status_code, again.status_code) == (302, 302)
    assert not Draft.objects.filter(register=register).exists()
    assert "Half" not in client.get(address).content.decode()
    assert Draft.objects.count() == (register != "outside_positions")


def test_only_its_author_sees_a_draft_and_the_log_does_not_tell_it(organisation, official):
    user, person = official
    recorder, _own = somebody(organisation, Role.HR, Role.COORDINATOR)
    address = reverse("outside_positions:new", args=[person.pk])
    kept(signed_in(user), address, {"role": "Wijnproever"})

    other = signed_in(recorder)
    for page in (address, MINE, reverse("outside_positions:positions"), "/werk/zoeken/?zoek=wijnproever"):
        assert "Wijnproever" not in other.get(page).content.decode()

    kept(other, address, {"role": "Op papier"})
    assert person.full_name in other.get(MINE).content.decode()
    assert sorted(draft.typed["role"][0] for draft in Draft.objects.all()) == ["Op papier", "Wijnproever"]
    told = [(entry.subject_label, entry.details) for entry in Entry.objects.filter(action__startswith="declaration.")]
    assert told == [("Concept van een opgave", {})] * 2


def test_nobody_keeps_a_draft_for_another(organisation, official):
    user, _person = official
    colleague = PersonFactory(organisation=organisation)
    values = {
        "actor": acting(user, organisation),
        "register": "gifts",
        "person": colleague,
        "typed": {"what": ["Half"]},
    }

    with pytest.raises(PermissionDenied):
        operations.keep_draft(**values)
    answer = kept(signed_in(user), reverse("gifts:new", args=[colleague.pk]), {"what": "Half"})

    assert (answer.status_code, Draft.objects.count()) == (404, 0)


def test_a_change_is_kept_and_what_others_changed_meanwhile_is_laid_beside_it(organisation, official):
    user, person = official
    client, made = signed_in(user), position(organisation, person, detail={"touches_duties": "Niet."})
    address = reverse("outside_positions:edit", args=[made.declaration_id])
    kept(client, address, {**WHOLE, "hours_a_week": "veel", "version": made.version})
    untouched = client.get(address)

    recorder, _own = somebody(organisation, Role.HR)
    now = {"role": "Secretaris", "where": "Stichting De Brug", "is_paid": False, "touches_duties": "Niet."}
    outside_positions.change(
        made, actor=acting(recorder, organisation), expected_version=made.version, values={**now, "hours_a_week": None}
    )
    changed = client.get(address)

    assert (untouched.status_code, untouched.context["form"]["role"].value()) == (200, "Wijnproever")
    assert changed.status_code == 409
    labels = {line.label: (line.stored, line.typed) for line in changed.context["differences"]}
    assert labels["Wat u daar doet"] == ("Secretaris", "Wijnproever")
    form = changed.context["form"]
    assert (form["hours_a_week"].value(), form["version"].value()) == ("veel", "2")
    assert OutsidePosition.objects.get().role == "Secretaris"
    sent = client.post(address, {**WHOLE, "version": "2"})
    assert (sent.status_code, OutsidePosition.objects.get().role) == (302, "Wijnproever")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("make", [position, gift, interest])
def test_a_draft_goes_with_the_declaration_that_it_changes(organisation, official, make):
    user, person = official
    actor, declaration = acting(user, organisation), make(organisation, person).declaration
    about = {"actor": actor, "register": declaration.register, "person": person, "declaration": declaration}
    operations.keep_draft(**about, typed={"what": ["Half"]})

    operations.withdraw(actor=actor, declaration=declaration, expected_version=declaration.version, reason="Vergissing")

    assert Draft.objects.count() == 0
    assert operations.keep_draft(**about, typed={"what": ["Half"]}) is None


def test_a_draft_is_removed_ninety_days_after_somebody_worked_on_it(organisation, official):
    user, person = official
    actor = acting(user, organisation)
    for register in ("gifts", "interests"):
        operations.keep_draft(actor=actor, register=register, person=person, typed={"what": ["Half"]})
    old, now = Draft.objects.filter(register="gifts"), timezone.now()
    old.update(kept_at=now - timedelta(days=90))

    assert [forget_old_drafts(now), forget_old_drafts(now + timedelta(minutes=1)), forget_old_drafts(now)] == [0, 1, 0]
    assert Draft.objects.get().register == "interests"
    assert Entry.objects.get(action="declaration.draft_forgotten").subject_label == "Concept van een opgave"


@pytest.mark.parametrize("typed", ["a\x00b", "9" * 50_000, "\ud7ff\u202e<script>"])
def test_what_no_field_can_hold_breaks_no_draft(organisation, official, typed):
    user, person = official
    client, address = signed_in(user), reverse("gifts:new", args=[person.pk])

    answer = kept(client, address, {"what": typed, "kind": typed, "submission": typed, "unknown": typed})

    assert answer.status_code == 302
    assert client.get(address).status_code == 200
    assert "unknown" not in Draft.objects.get().typed


def test_a_draft_counts_nowhere(organisation, official):
    user, person = official
    kept(signed_in(user), reverse("gifts:new", args=[person.pk]), {"what": "Half", "starts_on": str(today())})
    keeper = signed_in(somebody(organisation, Role.COORDINATOR, Role.MANAGER)[0])

    assert not keeper.get(reverse("gifts:gifts")).context["listing"].page.object_list
    assert not keeper.get(reverse("declarations:to_decide")).context["page"].object_list
    assert "Half" not in keeper.get("/werk/").content.decode()
