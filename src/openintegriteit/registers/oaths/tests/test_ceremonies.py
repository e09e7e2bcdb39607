"""Ceremonies: one activity each, who is invited and told, who was there and what they took, and who keeps the list."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.desks.coordinator import all_due
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.programme import yearbook
from openintegriteit.programme.due import calendar_items as activities_in_calendar
from openintegriteit.programme.models import Activity, ActivityKind, ActivityStatus
from openintegriteit.programme.operations import change_activity, create_activity
from openintegriteit.programme.queries import activity_address
from openintegriteit.programme.tests.factories import activity
from openintegriteit.registers.oaths import ceremonies
from openintegriteit.registers.oaths.ceremonies import ABSENT, MOMENTS, PRESENT
from openintegriteit.registers.oaths.due import calendar_items, due_items
from openintegriteit.registers.oaths.kept import KINDS
from openintegriteit.registers.oaths.models import Ceremony, ForWhom, How, Oath
from openintegriteit.registers.oaths.queries import owing
from openintegriteit.registers.oaths.queries_ceremonies import ceremony_address, ceremony_of, lines_of, to_invite
from openintegriteit.registers.oaths.rules import OF_OFFICE_HOLDERS, OF_OFFICIALS, lacks_authority
from openintegriteit.registers.oaths.tests.factories import ceremony, oath, on_list, words
from openintegriteit.retention.models import Hold
from openintegriteit.retention.queries import not_held

pytestmark = pytest.mark.database
PRESENCE = {"before_whom": "de secretaris", "in_presence_of": "", "with_executive_member": False}
PRESENCE |= {"with_secretary": True}


@pytest.fixture
def hr(actor_with):
    return actor_with(Role.HR)


def person(organisation, kind=PersonKind.OFFICIAL, **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def in_days(days):
    return today() + timedelta(days=days)


def noted(hr, held, said, **values):
    """Record what these people took or whether they came, upon the version that stands."""
    held.refresh_from_db()
    return ceremonies.record_attendance(
        actor=hr,
        ceremony=held,
        expected_version=held.version,
        values=PRESENCE | values,
        said={somebody.pk: word for somebody, word in said.items()},
    )


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({}, True),
        ({"with_executive_member": True}, False),
        ({"with_secretary": True}, False),
        ({"for_office_holders": True}, False),
    ],
)
def test_officials_take_the_oath_before_the_executive_or_the_secretary(values, lacks) -> None:
    assert lacks_authority(Ceremony(**values)) is lacks


def test_a_ceremony_is_one_activity_and_sending_twice_plans_one(hr, coordinator, organisation) -> None:
    values = {"title": "Ambtseed in het najaar", "starts_on": in_days(20), "place": "Raadzaal"}
    key = uuid.uuid4()

    for _ in range(2):
        made = ceremonies.plan_ceremony(actor=hr, identifier=key, for_office_holders=False, values=values)

    about = Activity.objects.get()
    assert Ceremony.objects.get() == made
    assert (about.kind, about.title, about.theme, about.pillar) == (
        ActivityKind.CEREMONY,
        "Ambtseed in het najaar",
        "Ambtseed en belofte",
        4,
    )
    assert about.year == in_days(20).year
    in_calendar = activities_in_calendar(coordinator, today(), in_days(30), 10)
    assert [item.title for item in in_calendar] == ["Ambtseed in het najaar"]
    assert calendar_items(coordinator, today(), in_days(30), 10) == []  # once, as the activity that it is
    assert [item.detail for item in calendar_items(hr, today(), in_days(30), 10)] == ["Raadzaal"]
    assert ceremony_of(coordinator, about)[1] == reverse("oaths:ceremony", args=[made.pk])
    assert Entry.objects.filter(action="ceremony.planned").count() == 1


def test_what_stood_in_the_programme_becomes_the_ceremony(client_as, organisation) -> None:
    planned = activity(organisation, title="Ambtseed", kind=ActivityKind.CEREMONY, starts_on=in_days(9), sessions=1)
    client, where = client_as(Role.HR), reverse("oaths:ceremony_new")
    assert f"?activiteit={planned.pk}" in client.get(reverse("oaths:ceremonies")).content.decode()
    form = client.get(where, {"activiteit": planned.pk}).context["form"]
    sent = {"title": form.initial["title"], "starts_on": in_days(9), "place": "Aula", "submission": uuid.uuid4()}
    sent["version"] = form.initial["version"]
    Activity.objects.update(title="Ambtseed met de burgemeester", version=2)
    stale = client.post(f"{where}?activiteit={planned.pk}", sent)
    assert (stale.status_code, Ceremony.objects.count()) == (409, 0)
    assert [line.stored for line in stale.context["differences"]] == ["Ambtseed met de burgemeester"]
    sent["version"] = stale.context["form"]["version"].value()

    for _ in range(2):
        answer = client.post(f"{where}?activiteit={planned.pk}", sent, follow=True)

    assert (answer.status_code, Activity.objects.get()) == (200, planned)
    assert Ceremony.objects.get().activity == planned
    assert "activiteit=" not in client.get(reverse("oaths:ceremonies")).content.decode()


@pytest.mark.parametrize("status", [ActivityStatus.RUNNING, ActivityStatus.HELD, ActivityStatus.CALLED_OFF])
def test_what_is_not_to_come_becomes_no_ceremony(client_as, organisation, status) -> None:
    about = activity(organisation, kind=ActivityKind.CEREMONY, starts_on=in_days(9), status=status)
    client, where = client_as(Role.HR), f"{reverse('oaths:ceremony_new')}?activiteit={about.pk}"
    sent = {"title": "Anders", "starts_on": in_days(20), "place": "Aula", "submission": uuid.uuid4(), "version": 1}

    assert client.get(where).status_code == 404
    answer = client.post(where, sent, follow=True).content.decode()

    assert "Plan een nieuwe" in answer
    assert (Ceremony.objects.count(), Activity.objects.get().title) == (0, about.title)


def test_who_owes_one_on_the_day_is_invited_once_with_what_to_read(client_as, organisation) -> None:
    newcomer = person(organisation, started_on=in_days(3), email="nieuw@proef.example")
    silent, intern = person(organisation, email=""), person(organisation, PersonKind.INTERN, email="s@proef.example")
    taken, member = person(organisation), person(organisation, PersonKind.ELECTED_MEMBER)
    oath(organisation, taken)
    held = ceremony(organisation, information="Lees de gedragscode.", place="Raadzaal", starts_on=in_days(9))
    held.activity.material.create(organisation=organisation, title="Film", place="https://proef.example/film")
    held.activity.material.create(
        organisation=organisation, title="Oud", place="x", withdrawn_at=timezone.now(), withdrawn_why="Oud"
    )
    client, where = client_as(Role.HR), reverse("oaths:ceremony_invite", args=[held.pk])
    assert set(to_invite(held)) == {newcomer, silent, intern}
    assert str(silent.pk) in client.get(where).content.decode()
    assert str(newcomer.pk) not in client.get(where, {"soort": "stagiair"}).content.decode()
    chosen = {"people": [newcomer.pk, silent.pk, intern.pk], "submission": uuid.uuid4()}

    first, again = (client.post(where, chosen, follow=True).content.decode() for _ in range(2))

    assert "3 mensen kwamen op de lijst. 2 mensen krijgen een mail." in first
    assert "staan al op de lijst" in again
    mails = {message.recipient: message.body for message in Message.objects.all()}
    assert mails.keys() == {"nieuw@proef.example", "s@proef.example"}
    body = mails["nieuw@proef.example"]
    assert all(part in body for part in ("Raadzaal", "Lees de gedragscode.", "Film: https://proef.example/film"))
    assert "Oud" not in body
    assert "U tekent daar de integriteitsverklaring." in mails["s@proef.example"]
    assert client.post(where, {"people": [taken.pk, member.pk], "submission": uuid.uuid4()}).status_code == 422
    assert Entry.objects.filter(action="ceremony.invited").count() == 3
    held.activity.refresh_from_db()
    assert held.activity.invited == 3


def test_another_day_asks_new_mail_and_calling_off_tells_who_was_invited(hr, client_as, organisation) -> None:
    somebody = person(organisation, email="a@proef.example")
    held = ceremony(organisation, starts_on=in_days(9))
    now = timezone.now()
    ceremonies.invite(actor=hr, ceremony=held, people=[somebody.pk], now=now)
    client, page = client_as(Role.HR), reverse("oaths:ceremony", args=[held.pk])
    assert "geen mail over deze dag" not in client.get(page).content.decode()
    day = {"version": Activity.objects.get().version, "title": "Ambtseed", "starts_on": in_days(12)}

    client.post(reverse("oaths:ceremony_move", args=[held.pk]), day)

    assert "1 persoon heeft geen mail over deze dag" in client.get(page).content.decode()
    later = ceremonies.invite(actor=hr, ceremony=held, people=[somebody.pk], now=now + MOMENTS)
    assert (later.added, later.mailed) == (0, 1)
    assert "geen mail over deze dag" not in client.get(page).content.decode()
    off = {"version": Activity.objects.get().version, "called_off_because": "De zaal is weg."}
    for _ in range(2):
        client.post(reverse("oaths:ceremony_call_off", args=[held.pk]), off)
    assert Activity.objects.get().status == ActivityStatus.CALLED_OFF
    assert [message.body.count("De zaal is weg.") for message in Message.objects.filter(subject__startswith="Afg")] == [
        1
    ]
    assert set(owing(OF_OFFICIALS, today())) == {somebody}


def test_one_form_records_the_oaths_of_everybody_who_was_there(client_as, organisation) -> None:
    sworn, affirmed, absent, intern, before = (
        person(organisation, kind)
        for kind in (PersonKind.OFFICIAL, PersonKind.OFFICIAL, PersonKind.OFFICIAL, PersonKind.INTERN, "official")
    )
    held = ceremony(organisation, starts_on=in_days(-1))
    on_list(held, sworn, affirmed, absent, intern, before)
    oath(organisation, before)
    said, statement = words(organisation, ForWhom.OFFICIAL), words(organisation)
    words(organisation, ForWhom.OFFICIAL, label="Straks", in_force_from=today())
    client, where = client_as(Role.HR), reverse("oaths:ceremony_attend", args=[held.pk])
    form = client.get(where).context["form"]
    offered = [word for word, _label in form.fields[f"persoon-{before.pk}"].choices]
    assert offered == ["", PRESENT, ABSENT]
    sent = {"version": held.version, "before_whom": "", "in_presence_of": "De burgemeester"}
    sent |= {f"persoon-{sworn.pk}": "oath", f"persoon-{affirmed.pk}": "affirmation", f"persoon-{absent.pk}": ABSENT}
    sent |= {f"persoon-{intern.pk}": "statement", f"persoon-{before.pk}": PRESENT}
    assert client.post(where, sent).context["form"].errors.keys() == {"before_whom"}
    assert Oath.objects.count() == 1

    for bad in ({f"persoon-{absent.pk}": "onzin"}, {f"persoon-{before.pk}": "oath"}, {"version": "\x00"}):
        assert client.post(where, sent | {"before_whom": "X"} | bad).status_code == 422
    assert Oath.objects.count() == 1

    sent |= {"before_whom": "de secretaris", f"persoon-{uuid.uuid4()}": "oath"}
    first, again = (client.post(where, sent, follow=True) for _ in range(2))

    assert "3 eden en verklaringen staan nu in het register" in first.content.decode()
    assert "Er was geen bestuurder bij" in first.content.decode()
    assert (again.status_code, Oath.objects.count()) == (200, 4)
    taken = {row.person: row for row in Oath.objects.filter(ceremony=held)}
    assert {row.form for row in taken.values()} == {"oath", "affirmation", "statement"}
    assert taken[sworn].text == said
    assert taken[intern].text == statement
    assert (taken[sworn].taken_on, taken[sworn].how, taken[sworn].before_whom, taken[sworn].occasion) == (
        in_days(-1),
        How.CEREMONY,
        "de secretaris",
        "Ambtseed",
    )
    about = Activity.objects.get()
    assert (about.status, about.invited, about.participants, about.sessions) == (ActivityStatus.HELD, 5, 4, 1)
    assert set(owing(OF_OFFICIALS, today())) == {absent}
    assert Entry.objects.filter(action="oath.recorded").count() == 3
    assert Entry.objects.filter(action="ceremony.attended").count() == 1


def test_who_took_it_meanwhile_takes_it_once_and_others_are_not_overwritten(hr, organisation) -> None:
    first, second = person(organisation), person(organisation)
    held = ceremony(organisation, starts_on=today())
    on_list(held, first, second)
    oath(organisation, first, taken_on=in_days(-3))

    done = noted(hr, held, {first: "oath"})

    assert (done.taken, done.already) == (0, (first.full_name,))
    assert [line.attendance.came for line in lines_of(held) if line.person == first] == [True]
    with pytest.raises(StaleRecord):
        ceremonies.record_attendance(
            actor=hr, ceremony=held, expected_version=1, values=PRESENCE, said={second.pk: ABSENT}
        )
    assert [line.attendance.came for line in lines_of(held) if line.person == second] == [None]


def test_a_withdrawn_oath_can_be_recorded_again_and_who_took_one_was_there(hr, organisation) -> None:
    somebody = person(organisation)
    held = ceremony(organisation, starts_on=today())
    on_list(held, somebody)
    noted(hr, held, {somebody: "oath"})
    noted(hr, held, {somebody: ABSENT})
    assert lines_of(held)[0].attendance.came is True

    Oath.objects.update(withdrawn_on=today(), withdrawn_because="Het was de belofte")
    noted(hr, held, {somebody: "affirmation"})

    assert Oath.objects.standing().get().form == "affirmation"
    assert Activity.objects.get().participants == 1


def test_who_changed_to_another_regime_takes_nothing_there(hr, organisation) -> None:
    somebody = person(organisation)
    held = ceremony(organisation, starts_on=today())
    on_list(held, somebody)
    somebody.kind = PersonKind.EXECUTIVE_MEMBER
    somebody.save()

    assert noted(hr, held, {somebody: "oath"}).taken == 0
    assert not Oath.objects.exists()


def test_it_counts_once_in_the_figures_however_often_it_is_told(hr, organisation) -> None:
    somebody, held = person(organisation), ceremony(organisation, starts_on=today())
    on_list(held, somebody)
    for word in (ABSENT, PRESENT, "oath"):
        noted(hr, held, {somebody: word})

    told = yearbook.figures(organisation.pk, [Period(today().year, in_days(90))])

    assert {figure.code: figure.value for figure in told if figure.code.startswith("oath-")} == {
        "oath-ceremonies": 1,
        "oath-persons": 1,
    }


@pytest.mark.parametrize(
    ("role", "for_office_holders"),
    [(Role.HR, True), (Role.CLERK, False), (Role.COORDINATOR, False), (Role.CHAIR, True), (Role.STAFF, False)],
)
def test_who_does_not_keep_the_list_changes_nothing(actor_with, organisation, role, for_office_holders) -> None:
    actor, held = actor_with(role), ceremony(organisation, for_office_holders=for_office_holders)
    values = {"title": "X", "starts_on": today(), "place": "Y"}

    for refused in (
        lambda: ceremonies.plan_ceremony(
            actor=actor, identifier=uuid.uuid4(), for_office_holders=for_office_holders, values=values
        ),
        lambda: ceremonies.change_ceremony(actor=actor, ceremony=held, expected_version=1, values={"place": "Y"}),
        lambda: ceremonies.move_ceremony(actor=actor, ceremony=held, expected_version=1, values=values),
        lambda: ceremonies.call_off(actor=actor, ceremony=held, expected_version=1, reason="Zomaar"),
        lambda: ceremonies.invite(actor=actor, ceremony=held, people=[], now=timezone.now()),
        lambda: noted(actor, held, {}),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_the_clerk_keeps_those_of_office_holders_and_nobody_reads_both(client_as, organisation) -> None:
    of_officials, of_holders = ceremony(organisation), ceremony(organisation, for_office_holders=True)
    member = person(organisation, PersonKind.ELECTED_MEMBER)
    assert set(to_invite(of_holders)) == {member} == set(owing(OF_OFFICE_HOLDERS, today()))

    for role, own, other in ((Role.HR, of_officials, of_holders), (Role.CLERK, of_holders, of_officials)):
        client = client_as(role)
        assert client.get(reverse("oaths:ceremony", args=[own.pk])).status_code == 200
        for name in ("ceremony", "ceremony_edit", "ceremony_attend", "certificates"):
            assert client.get(reverse(f"oaths:{name}", args=[other.pk])).status_code == 404
        assert [row.pk for row in client.get(reverse("oaths:ceremonies")).context["listing"].page] == [own.pk]


def test_who_records_oaths_changes_ceremonies_of_the_programme_and_nothing_else_of_it(hr, organisation) -> None:
    training = activity(organisation, kind=ActivityKind.TRAINING)
    planned = activity(organisation, kind=ActivityKind.CEREMONY)

    with pytest.raises(PermissionDenied):
        create_activity(actor=hr, identifier=uuid.uuid4(), values={"title": "X", "theme": "Y", "year": 2026})
    with pytest.raises(PermissionDenied):
        change_activity(actor=hr, activity=training, expected_version=1, values={"kind": ActivityKind.CEREMONY})
    with pytest.raises(PermissionDenied):
        change_activity(actor=hr, activity=planned, expected_version=1, values={"kind": ActivityKind.TRAINING})


def test_what_comes_and_what_nobody_told_waits_for_who_keeps_it(hr, coordinator, organisation) -> None:
    coming, late = ceremony(organisation, starts_on=in_days(7)), ceremony(organisation, starts_on=in_days(-2))
    ceremony(organisation, starts_on=in_days(40))
    ceremony(organisation, starts_on=in_days(-3))  # with an empty list
    on_list(late, person(organisation))

    assert [item.address for item in due_items(hr, today())] == [
        reverse("oaths:ceremony", args=[row.pk]) for row in (late, coming)
    ]
    assert due_items(coordinator, today()) == []
    both = replace(hr, roles=hr.roles | coordinator.roles)
    activities = [item.address for item in all_due(both, today()) if item.kind == "activity"]
    assert (activities.count(ceremony_address(late.pk)), activity_address(late.activity_id) in activities) == (1, False)
    assert activity_address(late.activity_id) in [item.address for item in all_due(coordinator, today())]


def test_a_hold_on_a_person_keeps_every_list_with_them_and_an_oath_outlives_its_list(organisation) -> None:
    kind = next(kind for kind in KINDS if kind.key == "ceremonies_officials")
    first, second = person(organisation), person(organisation)
    held, other = ceremony(organisation), ceremony(organisation)
    on_list(held, first, second)
    on_list(other, second)
    made = oath(organisation, first, ceremony=held)
    Hold.objects.create(
        organisation=organisation, side="officials", person=first, label="X", cause="court", reason="X", since=today()
    )
    assert list(not_held(kind.rows("day"), kind)) == [other]

    held.delete()

    made.refresh_from_db()
    assert (made.ceremony, Activity.objects.count()) == (None, 2)


def test_a_ceremony_falls_in_a_year_of_which_account_is_given(client_as, organisation) -> None:
    sent = {"title": "X", "starts_on": "0001-01-01", "place": "Y", "submission": uuid.uuid4()}

    assert client_as(Role.HR).post(reverse("oaths:ceremony_new"), sent).status_code == 422
    assert not Activity.objects.exists()


def test_who_came_without_an_invitation_is_put_on_the_list_afterwards_without_a_mail(client_as, organisation) -> None:
    listed, walked_in = person(organisation), person(organisation, email="kwam@proef.example")
    held = ceremony(organisation, starts_on=in_days(-1))
    on_list(held, listed)
    client, where = client_as(Role.HR), reverse("oaths:ceremony_invite", args=[held.pk])
    form = client.get(where).context["form"]
    assert (form.initial["people"], list(form.fields["people"].queryset)) == ([], [walked_in])

    client.post(where, {"people": [walked_in.pk], "submission": uuid.uuid4()})

    assert {line.person for line in lines_of(held)} == {listed, walked_in}
    assert not Message.objects.exists()


def test_the_day_must_have_come_before_anybody_was_there(client_as, organisation) -> None:
    held = ceremony(organisation, starts_on=in_days(1))
    on_list(held, person(organisation))

    page = client_as(Role.HR).get(reverse("oaths:ceremony_attend", args=[held.pk]), follow=True)

    assert "zodra de dag er is" in page.content.decode()


def test_the_database_itself_keeps_one_list_per_activity_and_oaths_before_somebody(organisation) -> None:
    held, somebody = ceremony(organisation), person(organisation)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ceremony.objects.create(organisation=organisation, activity=held.activity, place="X")
    for how in (How.LINK, How.ACCOUNT):
        with pytest.raises(IntegrityError), transaction.atomic():
            oath(organisation, somebody, how=how, taken_on=date(2026, 2, 1))


def test_pages_cost_the_same_however_long_they_are(client_as, organisation) -> None:
    client, held = client_as(Role.HR), ceremony(organisation, starts_on=today())
    pages = [reverse("oaths:ceremonies")]
    pages += [reverse(f"oaths:ceremony{page}", args=[held.pk]) for page in ("", "_attend", "_invite")]

    def fill():
        somebody = person(organisation)
        on_list(held, somebody, person(organisation))
        oath(organisation, somebody, ceremony=held)
        on_list(ceremony(organisation), somebody)

    fill()
    few = [data_queries(lambda page=page: client.get(page)) for page in pages]
    for _ in range(20):
        fill()

    assert [data_queries(lambda page=page: client.get(page)) for page in pages] == few
    assert max(few) <= 14
