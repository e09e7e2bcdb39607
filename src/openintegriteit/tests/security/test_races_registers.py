"""The same at the same moment in registers and in what they keep: one wins, and nobody sees an error page."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions.models import Abstention, Meeting, Suggestion
from openintegriteit.registers.abstentions.tests.factories import CLUB, meeting, on_the_board
from openintegriteit.registers.declarations.models import DecidingRule, Decision, Draft, Proposal
from openintegriteit.registers.declarations.operations import decide
from openintegriteit.registers.declarations.tests.factories import somebody
from openintegriteit.registers.gifts.models import Gift, GiftRule
from openintegriteit.registers.gifts.tests.factories import TOLD, gift
from openintegriteit.registers.oaths.models import ForWhom, Oath
from openintegriteit.registers.oaths.tests.factories import ceremony, on_list, words
from openintegriteit.retention.models import DestructionList
from openintegriteit.retention.tests.factories import drawn_up, old_gift
from openintegriteit.retention.tests.factories import rule as keep_gifts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.usefixtures("whole_log")]


def test_two_rules_on_gifts_from_one_day_make_one(browsers, at_once):
    values = {"in_force_from": "2026-01-01", "limit": "50", "consent_below_limit": "False", "never_at_home": "True"}
    where = reverse("gifts:rule_new", args=["ambtenaren"])

    statuses = at_once(*((browser, where, values | {"submission": uuid4()}) for browser in browsers))

    assert statuses == [302, 422, 422, 422]
    assert GiftRule.objects.count() == 1


def test_many_clicks_on_one_gift_declare_it_once(organisation, browsers, at_once):
    person = PersonFactory(organisation=organisation)
    sent = TOLD | {"value": "12,50", "starts_on": "2026-01-05", "submission": uuid4()}

    statuses = at_once(*((browser, reverse("gifts:new", args=[person.pk]), sent) for browser in browsers))

    assert statuses == [302] * 4
    assert Gift.objects.get().declaration.title == "Fles wijn, Bouwbedrijf De Hoop"


def test_a_draft_that_is_kept_while_it_is_sent_is_gone(organisation, browsers, at_once):
    person = PersonFactory(organisation=organisation)
    where, sent = reverse("gifts:new", args=[person.pk]), TOLD | {"starts_on": "2026-01-05", "submission": uuid4()}
    kept = sent | {"action": "autosave"}

    assert at_once(*((browser, where, kept) for browser in browsers)) == [200] * 4
    assert Draft.objects.count() == 1
    statuses = at_once(*((browser, where, data) for browser, data in zip(browsers, (sent, kept) * 2, strict=True)))

    assert statuses in ([200, 200, 302, 302], [200, 302, 302, 409], [302, 302, 409, 409])
    assert (Gift.objects.count(), Draft.objects.count()) == (1, 0)


@pytest.fixture
def proposed(organisation):
    """A gift that somebody may not keep, as their manager proposes, while a second person has to agree."""
    manager, head = somebody(organisation, "manager")
    about = gift(organisation, PersonFactory(organisation=organisation, manager=head)).declaration
    DecidingRule.objects.create(organisation=organisation, register="gifts", second_look="always")
    values = {"outcome": "forbidden", "conditions": "", "reasons": "Het kan niet.", "review_on": None}
    told = {"actor": actor_for(manager, organisation.pk), "declaration": about, "about": {}}
    return decide(**told, expected_version=about.version, values=values).declaration


def test_of_all_who_agree_at_once_one_is_the_second_person(organisation, client_of, at_once, proposed):
    where, sent = reverse("declaration_second", args=[proposed.pk]), {"version": proposed.version}
    users = [somebody(organisation, "coordinator")[0] for _number in range(3)]
    answers = [{"answer": "agree"}, {"answer": "agree"}, {"answer": "back", "reason": "Vraag eerst door."}]

    statuses = at_once(*((client_of(user), where, sent | answer) for user, answer in zip(users, answers, strict=True)))

    proposed.refresh_from_db()
    was_returned = Proposal.objects.get().returned_because != ""
    assert statuses == [302, 302, 302]
    assert (Decision.objects.count(), proposed.is_proposed, proposed.awaits_decision) == (
        int(not was_returned),
        False,
        was_returned,
    )


def test_of_agreeing_and_taking_back_at_once_one_wins(organisation, client_of, at_once, proposed):
    first, second = User.objects.get(), somebody(organisation, "coordinator")[0]
    version = {"version": proposed.version}

    statuses = at_once(
        (client_of(first), reverse("declarations:take_back", args=[proposed.pk]), version),
        (client_of(second), reverse("declaration_second", args=[proposed.pk]), version | {"answer": "agree"}),
    )

    proposed.refresh_from_db()
    decided = Decision.objects.count()
    actions = set(Entry.objects.values_list("action", flat=True))
    assert statuses == [302, 302]
    assert (decided in (0, 1), proposed.is_proposed, proposed.awaits_decision) == (True, False, decided == 0)
    assert ("declaration.taken_back" in actions, "declaration.decided" in actions) == (decided == 0, decided == 1)


def test_a_change_while_somebody_agrees_is_decided_about_or_asks_anew(organisation, client_of, at_once, proposed):
    user = somebody(organisation, "coordinator")[0]
    hr = somebody(organisation, "hr")[0]
    changed = TOLD | {"value": "12,50", "starts_on": "2026-01-05", "version": 1, "what": "Twee flessen"}

    statuses = at_once(
        (client_of(user), reverse("declaration_second", args=[proposed.pk]), {"version": 2, "answer": "agree"}),
        (client_of(hr), reverse("gifts:edit", args=[proposed.pk]), changed),
    )

    proposed.refresh_from_db()
    assert statuses == [302, 302]
    assert (proposed.revision, proposed.is_proposed, proposed.awaits_decision) == (2, False, True)
    assert set(Decision.objects.values_list("revision", flat=True)) <= {1}


@pytest.fixture
def clerks(organisation, client_of):
    """Browsers of one clerk."""
    user = user_with_roles(organisation, "clerk")
    add_second_factor(user)
    return [client_of(user) for _browser in range(3)]


def test_one_abstention_recorded_by_several_at_once_stands_there_once(organisation, clerks, at_once):
    about, member = (
        meeting(organisation, CLUB).subjects.get(),
        PersonFactory(organisation=organisation, kind="elected_member"),
    )
    where = reverse("abstentions:record", args=[about.pk])

    statuses = at_once(
        *(
            (browser, where, {"person": member.pk, "part": "both", "reason": "Bestuurslid", "submission": uuid4()})
            for browser in clerks
        )
    )

    assert set(statuses) <= {302, 422} and 302 in statuses
    assert Abstention.objects.count() == 1


def test_one_file_of_meetings_sent_by_several_at_once_is_brought_in_once(organisation, clerks, at_once):
    on_the_board(organisation, PersonFactory(organisation=organisation, kind="elected_member"))
    rows = f"Datum;Tijd;Vergadering;Nummer;Onderwerp\n07-12-2099;19:30;Raad;1;{CLUB}\n"

    statuses = at_once(
        *(
            (
                browser,
                reverse("abstentions:import"),
                {"body": "representative", "file": SimpleUploadedFile("raad.csv", rows.encode())},
            )
            for browser in clerks
        )
    )

    assert set(statuses) == {302}
    assert (Meeting.objects.count(), Suggestion.objects.count()) == (1, 1)


def test_of_all_who_agree_at_once_two_others_count_and_nobody_twice(organisation, client_of, at_once):
    keep_gifts(organisation)
    old_gift(organisation)
    made = drawn_up(organisation)
    users = [user_with_roles(organisation, "secretary") for _number in range(3)]
    for user in users:
        add_second_factor(user)
    where = reverse("retention:agree", args=[made.pk])

    statuses = at_once(*((client_of(user), where, {}) for user in (*users, users[0])))

    made.refresh_from_db()
    assert statuses == [302, 302, 302, 302]
    assert made.state == "approved"
    assert len({made.drawn_up_by_id, made.first_by_id, made.second_by_id}) == 3


def test_many_clicks_draw_up_one_list(organisation, client_of, at_once):
    keep_gifts(organisation)
    old_gift(organisation)
    user = user_with_roles(organisation, "coordinator")
    add_second_factor(user)
    form = {"kinds": ["gifts_officials"], "submission": uuid4()}

    statuses = at_once(
        *((client_of(user), reverse("retention:list_new", args=["ambtenaren"]), form) for _click in range(4))
    )

    assert statuses == [302, 302, 302, 302]
    assert DestructionList.objects.get().records.count() == 1


def test_many_clicks_on_who_was_there_record_one_oath_each(organisation, browsers, at_once):
    people = [PersonFactory(organisation=organisation) for _number in range(2)]
    held = ceremony(organisation)
    on_list(held, *people)
    words(organisation, ForWhom.OFFICIAL)
    sent = {"version": held.version, "before_whom": "de secretaris", "in_presence_of": "De burgemeester"}
    sent |= {f"persoon-{person.pk}": "oath" for person in people}

    statuses = at_once(*((browser, reverse("oaths:ceremony_attend", args=[held.pk]), sent) for browser in browsers))

    assert statuses == [302] * 4
    assert [row.person_id for row in Oath.objects.order_by("person__personnel_number")] == [row.pk for row in people]
    assert Entry.objects.filter(action="ceremony.attended").count() == 1
