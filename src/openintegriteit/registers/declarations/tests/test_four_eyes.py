"""Four eyes: with a second person a decision is a proposal, and nobody is both persons by any detour."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations import operations
from openintegriteit.registers.declarations.due import due_items
from openintegriteit.registers.declarations.models import DecidingRule, Decision, Declaration, Deputy, Proposal
from openintegriteit.registers.declarations.notices import tell_deciders
from openintegriteit.registers.declarations.operations_deciders import set_second_look
from openintegriteit.registers.declarations.queries import reader_of, to_decide_by
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions.operations import change
from openintegriteit.registers.outside_positions.recorded import recorded_answers
from openintegriteit.registers.outside_positions.tests.factories import TYPED, position
from openintegriteit.registers.outside_positions.yearbook import figures

pytestmark = pytest.mark.database
FORBIDDEN = {"outcome": "forbidden", "conditions": "", "reasons": "Het kan niet.", "review_on": None}


@pytest.fixture
def people(organisation):
    """A director above a manager above an official, and a coordinator, each with an account."""
    director = somebody(organisation, Role.MANAGER)
    manager = somebody(organisation, Role.MANAGER, manager=director[1])
    official = somebody(organisation, Role.STAFF, manager=manager[1])
    coordinator = somebody(organisation, Role.COORDINATOR, manager=director[1])
    return {"director": director, "manager": manager, "official": official, "coordinator": coordinator}


@pytest.fixture
def wanted(organisation):
    """The body wants a second person at decisions about outside positions."""
    return DecidingRule.objects.create(organisation=organisation, register="outside_positions", second_look="always")


@pytest.fixture
def made(organisation, people):
    return position(organisation, people["official"][1])


@pytest.fixture
def proposed(organisation, people, wanted, made) -> Declaration:
    """What the official declared, and the manager proposes to forbid."""
    return decide(acting(people["manager"][0], organisation), made.declaration).declaration


def decide(actor, declaration, **values):
    current = Declaration.objects.get(pk=declaration.pk)
    told = FORBIDDEN | values
    return operations.decide(
        actor=actor, declaration=current, expected_version=current.version, values=told, about={"Wat": "Dit"}
    )


def agree(actor, declaration, version=None) -> Decision:
    current = Declaration.objects.get(pk=declaration.pk)
    return operations.agree(
        actor=actor, declaration=current, expected_version=version or current.version, about={"Wat": "Dit"}
    )


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_is_in_force_once_a_second_person_agrees(organisation, people, proposed) -> None:
    actors = {name: acting(user, organisation) for name, (user, _row) in people.items()}

    def queues():
        waits = {name for name, actor in actors.items() if proposed in to_decide_by(reader_of(actor))}
        return waits, {name for name, actor in actors.items() if due_items(actor, today())}

    def told():
        period = Period(today().year, today())
        refused = {figure.code: figure.value for figure in figures(organisation.pk, [period])}["side-jobs-refused"]
        decided = next(row for row in recorded_answers(today()) if row.subject == "side_jobs_decided")
        return Declaration.objects.get().outcome, Decision.objects.count(), "1 wacht op" in decided.reason, refused

    assert queues() == ({"director", "coordinator"},) * 2
    assert told() == ("", 0, True, 0)

    decision = agree(actors["coordinator"], proposed)

    assert (decision.decided_by, decision.seconded_by) == (actors["manager"].label, actors["coordinator"].label)
    assert told() == ("forbidden", 1, False, 1)
    assert queues() == (set(), set())
    assert not Declaration.objects.get().awaits_decision
    with pytest.raises(operations.AlreadyDecided):
        agree(actors["director"], proposed)
    actions = Entry.objects.filter(action__in=["declaration.proposed", "declaration.decided"]).order_by("number")
    assert [entry.action for entry in actions] == ["declaration.proposed", "declaration.decided"]


@pytest.mark.parametrize(
    ("second_look", "waiting"),
    [
        ("never", set()),
        ("unless_allowed", {"conditions", "forbidden"}),
        ("always", {"allowed", "conditions", "forbidden"}),
    ],
)
def test_the_body_chooses_which_decisions_ask_a_second_person(
    organisation, people, wanted, second_look, waiting
) -> None:
    DecidingRule.objects.update(second_look=second_look)
    manager = acting(people["manager"][0], organisation)
    results = {
        outcome: decide(
            manager,
            position(organisation, people["official"][1]).declaration,
            outcome=outcome,
            conditions="Thuis." if outcome == "conditions" else "",
        )
        for outcome in ("allowed", "conditions", "forbidden")
    }

    assert {outcome for outcome, result in results.items() if isinstance(result, Proposal)} == waiting


def test_the_first_person_is_never_the_second_by_another_account_either(organisation, people, proposed) -> None:
    manager, row = people["manager"]
    other, _none = somebody(organisation, Role.COORDINATOR, family_name="Ander")
    third, _none = somebody(organisation, Role.COORDINATOR, family_name="Derde")
    address = row.email

    def may(user) -> bool:
        waits = proposed in to_decide_by(reader_of(acting(user, organisation)))
        try:
            agree(acting(user, organisation), proposed)
        except PermissionDenied:
            assert not waits
            return False
        return True

    assert not may(manager)
    # Their row in the list of people gets the address of another account.
    row.email = other.email.upper()
    row.save()
    assert not may(other)
    # Another account takes over the address under which they proposed.
    Person.objects.filter(pk=row.pk).update(email="weg@proef.example")
    type(manager).objects.filter(pk=manager.pk).update(email="weg@proef.example")
    type(third).objects.filter(pk=third.pk).update(email=address)
    PersonFactory(organisation=organisation, email=address)
    third.refresh_from_db()
    assert not may(third)
    assert not may(manager)
    assert may(people["coordinator"][0])


def test_who_does_not_stand_in_the_list_of_people_is_no_second_person(organisation, people, proposed) -> None:
    other = somebody(organisation, Role.COORDINATOR)
    other[1].delete()

    with pytest.raises(PermissionDenied):
        agree(acting(other[0], organisation), proposed)
    assert list(to_decide_by(reader_of(acting(other[0], organisation)))) == []
    page = signed_in(other[0]).get(reverse("declarations:to_decide")).content.decode()
    assert "U staat niet in de lijst van mensen" in page


def test_who_declared_and_who_stands_below_them_are_no_second_person(organisation, people, wanted) -> None:
    user, row = people["coordinator"]
    director = acting(people["director"][0], organisation)
    own, second_row = (
        position(organisation, person).declaration
        for person in (row, PersonFactory(organisation=organisation, email=row.email.upper(), manager=row.manager))
    )
    decide(director, own)
    decide(director, second_row)
    boss = somebody(organisation, Role.MANAGER)[0]
    Person.objects.filter(pk=people["director"][1].pk).update(manager=Person.objects.get(email=boss.email))
    above = position(organisation, people["director"][1]).declaration
    decide(acting(boss, organisation), above)

    for declaration in (own, second_row, above):
        with pytest.raises(PermissionDenied):
            agree(acting(user, organisation), declaration)
    assert list(to_decide_by(reader_of(acting(user, organisation)))) == []


def test_a_change_makes_the_proposal_void(organisation, people, made, proposed) -> None:
    seen = Declaration.objects.get().version
    official, coordinator = (acting(people[name][0], organisation) for name in ("official", "coordinator"))
    change(made, actor=official, expected_version=made.version, values=TYPED | {"where": "Nieuw"})

    with pytest.raises(operations.AlreadyDecided):
        agree(coordinator, proposed, seen)

    declaration = Declaration.objects.get()
    assert (declaration.is_proposed, declaration.awaits_decision, Decision.objects.count()) == (False, True, 0)
    manager = acting(people["manager"][0], organisation)
    assert declaration in to_decide_by(reader_of(manager))
    assert isinstance(decide(manager, declaration), Proposal)


def test_what_was_changed_since_it_was_read_is_not_agreed_to(organisation, people, proposed) -> None:
    seen = Declaration.objects.get().version
    operations.confirm(actor=acting(people["official"][0], organisation), declaration=proposed)

    with pytest.raises(StaleRecord):
        agree(acting(people["coordinator"][0], organisation), proposed, seen)

    assert Proposal.objects.get().is_open and not Decision.objects.exists()


def test_the_pages_from_proposal_to_sending_back_and_agreeing(organisation, people, wanted, made) -> None:
    browsers = {name: signed_in(user) for name, (user, _row) in people.items()}
    page, decision, second = (
        reverse(name, args=[made.declaration_id])
        for name in ("declaration", "declaration_decide", "declaration_second")
    )

    def read(name, address=page) -> str:
        return browsers[name].get(address, follow=True).content.decode()

    def answer(name, **values):
        version = Declaration.objects.get().version
        return browsers[name].post(second, {"version": version, **values}, follow=True)

    sent = {"version": 1, "outcome": "forbidden", "reasons": "Dit botst met het werk."}
    assert "Uw besluit is nu een voorstel" in browsers["manager"].post(decision, sent, follow=True).content.decode()
    assert "Voorgesteld, wacht op een tweede persoon" in read("official")
    assert "Dit botst" not in read("official")
    assert "Dit botst" in read("director")
    assert second not in read("manager") and second in read("coordinator")
    assert page in read("coordinator", reverse("declarations:to_decide"))

    assert answer("coordinator", answer="back").status_code == 422
    assert answer("coordinator", answer="agree", reason="Toch niet").status_code == 422
    assert "teruggestuurd" in answer("coordinator", answer="back", reason="Vraag eerst de uren.").content.decode()
    assert "teruggestuurd" in read("manager", reverse("declarations:to_decide"))
    assert "Vraag eerst de uren." in read("manager")
    assert "Vraag eerst de uren." not in read("official")
    assert "Voorstel" in read("manager") and "Voorstel" not in read("official")
    assert "outcome" not in Entry.objects.get(action="declaration.proposed").details

    browsers["manager"].post(decision, sent | {"version": Declaration.objects.get().version})
    assert answer("director", answer="agree").status_code == 200
    assert "Dit botst" in read("official")
    assert f"Tweede persoon: {people['director'][0].name}" in read("official")
    assert "Hierover ligt nu geen voorstel" in read("coordinator", second)


def test_who_can_be_the_second_person_gets_one_mail_without_a_name(organisation, people, proposed) -> None:
    deputy = somebody(organisation, Role.MANAGER)
    now = timezone.now()

    def told() -> dict[str, int]:
        tell_deciders(now)
        return Counter(Message.objects.values_list("recipient", flat=True))

    expected = {people["director"][0].email: 1, people["coordinator"][0].email: 1}
    assert (told(), told()) == (expected, expected)
    Deputy.objects.create(
        organisation=organisation, leader=people["director"][1], deputy=deputy[1], starts_on=today(), ends_on=today()
    )
    expected |= {deputy[0].email: 1}
    assert (told(), told()) == (expected, expected)

    official = people["official"][1]
    for mail in Message.objects.all():
        assert reverse("declarations:to_decide") in mail.body
        for word in (proposed.title, official.full_name, official.family_name, people["manager"][0].name):
            assert word not in mail.subject + mail.body
    assert Entry.objects.filter(action="declaration.second_told").count() == 3
    page = signed_in(people["official"][0]).get(reverse("declaration", args=[proposed.pk])).content.decode()
    assert "gemaild" not in page
    agree(acting(deputy[0], organisation), proposed)
    assert told() == expected | {people["official"][0].email: 1}  # who hears of the decision


def test_who_proposed_takes_it_back_and_nobody_agrees_to_it_any_more(organisation, people, proposed) -> None:
    page, back = (reverse(name, args=[proposed.pk]) for name in ("declaration", "declarations:take_back"))
    browsers = {name: signed_in(user) for name, (user, _row) in people.items()}
    for name in ("director", "manager"):
        assert (back in browsers[name].get(page).content.decode()) == (name == "manager")
    with pytest.raises(PermissionDenied):
        operations.take_back(
            actor=acting(people["director"][0], organisation),
            declaration=proposed,
            expected_version=proposed.version,
        )
    assert browsers["director"].get(back).status_code == browsers["director"].post(back).status_code == 404

    assert browsers["manager"].post(back, {"version": proposed.version - 1}).status_code == 409
    answer = browsers["manager"].post(back, {"version": proposed.version}, follow=True)

    assert "wacht weer op een besluit" in answer.content.decode()
    declaration = Declaration.objects.get()
    assert (declaration.is_proposed, declaration.awaits_decision) == (False, True)
    with pytest.raises(operations.AlreadyDecided):
        agree(acting(people["coordinator"][0], organisation), proposed)
    assert Entry.objects.filter(action="declaration.taken_back").count() == 1
    assert "teruggenomen" in browsers["manager"].get(page).content.decode()
    assert "teruggenomen" not in browsers["official"].get(page).content.decode()
    assert browsers["manager"].post(back, {"version": declaration.version}).status_code == 302


def test_the_coordinator_chooses_per_register(organisation, client_as) -> None:
    client = client_as(Role.COORDINATOR)
    edit = reverse("declarations:rule_edit", args=["gifts"])

    assert client.get(reverse("declarations:rule_edit", args=["niets"])).status_code == 404
    assert client.post(edit, {"version": 1, "second_look": "always"}).status_code == 302
    assert client.post(edit, {"version": 1, "second_look": "never"}).status_code == 409

    page = client.get(reverse("declarations:rules")).content.decode()
    assert (page.count("Altijd."), page.count("Nooit.")) == (1, 2)
    assert DecidingRule.objects.get().second_look == "always"
    assert (
        Entry.objects.get(action="declaration.second_look_chosen").subject_label
        == "geschenken, diensten en uitnodigingen"
    )
    with pytest.raises(PermissionDenied):
        set_second_look(
            actor=acting(somebody(organisation, Role.HR)[0], organisation),
            register="gifts",
            expected_version=2,
            values={"second_look": "never"},
        )
