"""The same at the same moment, by several browsers: one wins, nobody sees an error page, nothing is there twice."""

import json
import threading
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from openintegriteit.accountability.frozen import document_of_edition
from openintegriteit.accountability.models import (
    Annex,
    AnnexFile,
    AnnexKind,
    AnswerStep,
    AnswerStepKind,
    CouncilQuestion,
    Edition,
    EditionFile,
    ReportText,
)
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.others import pdf
from openintegriteit.desks.models import CalendarFeed
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.identity import invitations
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Person, Unit
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.programme.models import Measure, ProgressNote
from openintegriteit.programme.tests.factories import measure, plan_of
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

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
MEASURE = {"title": "Doorlichten", "priority": "2", "status": "not_started"}


@pytest.fixture(autouse=True)
def whole_log(organisation):
    """Whatever happened at once stands in the log in one unbroken chain."""
    yield
    assert verify_chain(organisation.pk).first_bad is None


@pytest.fixture
def client_of():
    """A browser in which somebody is signed in."""

    def make(user):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    return make


@pytest.fixture
def at_once():
    """Have several browsers ask at the same moment; gives the statuses of their answers, sorted."""

    def ask(*posts):
        answers, start = [], threading.Barrier(len(posts))

        def post(client, where, data):
            try:
                start.wait(30)
                answers.append(client.post(where, data).status_code)
            finally:
                connection.close()

        threads = [threading.Thread(target=post, args=one) for one in posts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(answers)

    return ask


@pytest.fixture
def browsers(organisation, client_of):
    """Browsers of one person who may do everything here."""
    user = user_with_roles(organisation, "coordinator", "hr", "functional_administrator")
    add_second_factor(user)
    return [client_of(user) for _browser in range(4)]


def test_many_clicks_on_one_form_make_one_record(browsers, at_once):
    form = {"code": "A", "name": "Boven", "parent": "", "submission": uuid4()}

    statuses = at_once(*((browser, reverse("organisations:unit_new"), form) for browser in browsers))

    assert statuses == [302] * 4
    assert Unit.objects.count() == 1


def test_many_clicks_on_one_button_tell_one_secret_address(browsers, at_once):
    form = {"submission": uuid4()}

    statuses = at_once(*((browser, reverse("desks:feed_make"), form) for browser in browsers))

    assert statuses == [200, 302, 302, 302]
    assert CalendarFeed.objects.count() == 1


def test_of_secret_addresses_that_are_made_at_once_the_last_one_counts(browsers, at_once):
    statuses = at_once(*((browser, reverse("desks:feed_make"), {"submission": uuid4()}) for browser in browsers))

    assert statuses == [200] * 4
    assert (CalendarFeed.objects.count(), CalendarFeed.objects.in_force().count()) == (4, 1)


def test_many_clicks_on_a_note_make_one_note(browsers, at_once, organisation):
    where = reverse("measure_note", args=[measure(organisation).pk])
    form = {"text": "Loopt", "noted_on": "2026-01-01", "submission": uuid4()}

    assert at_once(*((browser, where, form) for browser in browsers)) == [302] * 4
    assert ProgressNote.objects.count() == 1


@pytest.mark.parametrize("has_plan", [True, False])
def test_measures_that_are_added_at_once_get_numbers_of_their_own(browsers, at_once, organisation, has_plan):
    if has_plan:
        plan_of(organisation)

    statuses = at_once(
        *((browser, reverse("programme:measure_new"), MEASURE | {"submission": uuid4()}) for browser in browsers)
    )

    assert statuses == [302] * 4
    assert sorted(Measure.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_of_two_people_with_one_number_one_is_stored_and_the_other_shown_again(browsers, at_once):
    form = {"personnel_number": "7", "family_name": "Smit", "kind": "official"}

    statuses = at_once(
        *((browser, reverse("organisations:person_new"), form | {"submission": uuid4()}) for browser in browsers)
    )

    assert statuses == [302, 422, 422, 422]
    assert Person.objects.count() == 1


def test_of_two_people_who_get_one_number_one_keeps_the_old(browsers, at_once, organisation):
    people = [
        Person.objects.create(organisation=organisation, personnel_number=str(number), family_name="Smit")
        for number in range(2)
    ]
    form = {"personnel_number": "7", "family_name": "Smit", "kind": "official", "version": 1}

    statuses = at_once(
        *(
            (browser, reverse("organisations:person_change", args=[person.pk]), form)
            for browser, person in zip(browsers[:2], people, strict=True)
        )
    )

    assert statuses == [302, 422]


def test_a_report_that_is_started_twice_is_there_once(browsers, at_once):
    form = {"year": 2024, "reference_date": "2025-03-31"}

    assert at_once(*((browser, reverse("accountability:start"), form) for browser in browsers)) == [302] * 4


def test_an_invitation_that_is_accepted_twice_makes_one_account(organisation, at_once):
    inviter = user_with_roles(organisation, "functional_administrator")
    actor, links = actor_for(inviter, organisation.pk), []
    invitations.invite(
        actor=actor,
        email="nieuw@proef.example",
        name="Nieuw",
        roles=["staff"],
        address_of=lambda t: links.append(t) or t,
    )
    where = reverse("invitation", args=links)
    password = {"password": "een heel lang wachtwoord", "password_again": "een heel lang wachtwoord"}

    statuses = at_once(*((Client(raise_request_exception=False), where, password) for _browser in range(4)))

    assert statuses.count(302) == 1
    assert set(statuses) <= {200, 302, 409, 410}  # 200: told to sign in with the account that is there now
    assert RoleGrant.objects.filter(user__email="nieuw@proef.example").count() == 1


def test_invitations_of_two_bodies_that_are_accepted_at_once_make_one_account(
    organisation, other_organisation, at_once
):
    posts = []
    password = {"password": "een heel lang wachtwoord", "password_again": "een heel lang wachtwoord"}
    for body, host in ((organisation, "testserver"), (other_organisation, "localhost")):
        body.host = host
        body.save()
        with organisation_scope(body.pk):
            actor, links = actor_for(user_with_roles(body, "functional_administrator"), body.pk), []
            invitations.invite(
                actor=actor,
                email="nieuw@proef.example",
                name="Nieuw",
                roles=["staff"],
                address_of=lambda t, links=links: links.append(t) or t,
            )
        browser = Client(raise_request_exception=False, headers={"host": host})
        posts.append((browser, reverse("invitation", args=links), password))

    statuses = at_once(*posts)

    assert statuses.count(302) == 1
    assert set(statuses) <= {200, 302, 409}
    assert User.objects.filter(email="nieuw@proef.example").count() == 1


def test_administrators_who_end_each_other_leave_one(organisation, client_of, at_once):
    posts = []
    users = [user_with_roles(organisation, "functional_administrator") for _number in range(2)]
    for user, other in zip(users, reversed(users), strict=True):
        add_second_factor(user)
        grant = RoleGrant.objects.get(user=other)
        posts.append((client_of(user), reverse("identity:end", args=[other.pk, grant.pk]), {}))

    statuses = at_once(*posts)

    assert set(statuses) <= {302, 403}
    assert RoleGrant.objects.in_force().filter(role="functional_administrator").count() == 1


def test_a_role_that_is_given_twice_is_held_once(browsers, at_once, organisation):
    user = user_with_roles(organisation, "staff")
    where = reverse("identity:grant", args=[user.pk])

    statuses = at_once(*((browser, where, {"role": "manager"}) for browser in browsers))

    assert statuses == [302, 422, 422, 422]
    assert RoleGrant.objects.filter(user=user, role="manager").count() == 1


def test_a_figure_that_is_entered_twice_is_there_once(browsers, at_once):
    where = reverse("figures:figure_edit", args=["disclosures-received", 2025])

    statuses = at_once(*((browser, where, {"value": "3", "submission": uuid4()}) for browser in browsers))

    assert statuses[0] == 302
    assert set(statuses) <= {302, 422}


def test_an_adoption_while_the_author_types_takes_in_the_text_or_neither(browsers, at_once, organisation):
    about = report(organisation)
    ReportText.objects.create(organisation=organisation, report=about, section="visie", text="Eerst dit.", ready=True)
    adopting = reverse("accountability:step", args=[about.year, "vastgesteld"])
    seen = browsers[0].get(adopting).context["form"].initial["seen"]
    writing = reverse("accountability:write_section", args=[about.year, "visie"])

    statuses = at_once(
        (browsers[0], adopting, {"taken_on": "2026-05-12", "seen": json.dumps(seen)}),
        (browsers[1], writing, {"text": "Toch dit.", "version": "1", "action": "save"}),
    )

    assert statuses == [302, 409]
    edition, stored = Edition.objects.first(), ReportText.objects.get().text
    assert stored == ("Toch dit." if edition is None else "Eerst dit.")
    assert edition is None or "Eerst dit." in str(document_of_edition(edition))


def test_an_adoption_that_is_sent_twice_makes_one_edition(browsers, at_once, organisation):
    about = report(organisation)
    adopting = reverse("accountability:step", args=[about.year, "vastgesteld"])
    seen = json.dumps(browsers[0].get(adopting).context["form"].initial["seen"])

    statuses = at_once(*((browser, adopting, {"taken_on": "2026-05-12", "seen": seen}) for browser in browsers))

    assert statuses == [302] * 4
    assert Edition.objects.get().number == 1


def upload(annex, key, content):
    """A form that sends this file with an annex that nobody changed."""
    return {"submission": key, "version": annex.version, "file": SimpleUploadedFile("verslag.pdf", content)}


def test_an_answer_that_changes_while_the_answers_are_sent_is_sent_or_shown_again(browsers, at_once, organisation):
    about = report(organisation)
    asked, day = question(about, answer="Twaalf."), today()
    AnswerStep.objects.create(organisation=organisation, report=about, kind=AnswerStepKind.ADOPTED, taken_on=day)
    changed = {"version": 1, "question": asked.question, "asked_by": asked.asked_by, "answer": "Dertien."}
    where = reverse("accountability:question_edit", args=[asked.pk])
    sending = reverse("accountability:answer_step", args=[about.year, "verzonden"])

    statuses = at_once((browsers[0], sending, {"taken_on": day.isoformat()}), (browsers[1], where, changed))

    said = {"Dertien.": [302, 302], "Twaalf.": [302, 409]}
    assert statuses == said[CouncilQuestion.objects.get().answer]


@pytest.fixture
def annex(organisation):
    return Annex.objects.create(
        organisation=organisation, report=report(organisation), order=1, title="Verslag", kind=AnnexKind.DOCUMENT
    )


def test_many_clicks_on_an_upload_keep_one_file(browsers, at_once, annex):
    where, key, content = reverse("accountability:annex_file_choose", args=[annex.pk]), uuid4(), pdf()

    assert at_once(*((browser, where, upload(annex, key, content)) for browser in browsers)) == [302] * 4
    assert AnnexFile.objects.count() == 1


def test_of_files_that_are_sent_at_once_one_is_kept(browsers, at_once, annex):
    where = reverse("accountability:annex_file_choose", args=[annex.pk])

    assert at_once(*((browser, where, upload(annex, uuid4(), pdf())) for browser in browsers)) == [302, 409, 409, 409]
    assert AnnexFile.objects.count() == 1


def test_a_file_that_is_sent_while_the_report_is_adopted_comes_before_it_or_not_at_all(browsers, at_once, annex):
    adopting = reverse("accountability:step", args=[annex.report.year, "vastgesteld"])
    seen = json.dumps(browsers[0].get(adopting).context["form"].initial["seen"])
    adoption = {"taken_on": today().isoformat(), "note": "", "seen": seen}
    where = reverse("accountability:annex_file_choose", args=[annex.pk])

    statuses = at_once((browsers[0], where, upload(annex, uuid4(), pdf())), (browsers[1], adopting, adoption))

    assert statuses == [302, 409]
    assert (Edition.objects.count(), AnnexFile.objects.count()) in ((0, 1), (1, 0))
    assert not EditionFile.objects.exists()


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
