"""Every kind of record: when its term begins, who came back, and that all of it goes and nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.campaigns.tests.factories import campaign
from openintegriteit.core.clock import today
from openintegriteit.desks.kept import KEPT, KINDS
from openintegriteit.organisations.models import Mandate, Organisation, Person, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.models import RegulationVersion
from openintegriteit.policy.tests.factories import regulation, version
from openintegriteit.publication.models import Entry, EntryChange, Hiding
from openintegriteit.publication.operations import bring_up_to_date
from openintegriteit.publication.publishing import CONCERNED
from openintegriteit.registers.abstentions.models import Abstention, Exemption, Meeting
from openintegriteit.registers.abstentions.tests.factories import abstention, exemption, meeting
from openintegriteit.registers.declarations.models import Declaration, Deputy, Draft, NothingToDeclare
from openintegriteit.registers.departures.models import Departure
from openintegriteit.registers.departures.tests.factories import departure
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.interests.tests.factories import interest
from openintegriteit.registers.oaths.models import Attendance, Ceremony, Oath
from openintegriteit.registers.oaths.tests.factories import ceremony, oath, on_list
from openintegriteit.registers.outside_positions.models import Assessment, OutsidePosition, PositionIncome
from openintegriteit.registers.outside_positions.tests.factories import assessment, income, position
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.prohibited_acts.tests.factories import act
from openintegriteit.registers.screening.models import Screening
from openintegriteit.registers.screening.tests.factories import screening
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy
from openintegriteit.registers.secrecy.tests.factories import LIFTED, exclusion, secrecy
from openintegriteit.retention.models import Fate
from openintegriteit.retention.proposals import SELECTION_LIST
from openintegriteit.retention.queries import numbers_of
from openintegriteit.retention.rules import latest_beginning
from openintegriteit.retention.tests.factories import LONG_AGO, drawn_up, executed, old_gift, rule

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LEFT = {"started_on": None, "ended_on": LONG_AGO}


def official(organisation, **values):
    return PersonFactory(organisation=organisation, **values)


def holder(organisation, **values):
    return PersonFactory(organisation=organisation, kind="elected_member", **values)


def executive(organisation, **values):
    return PersonFactory(organisation=organisation, kind="executive_member", **values)


def due_with(organisation, key, **values):
    """How many records of the kind are due under a rule of five years."""
    return numbers_of(KINDS[key], rule(organisation, key, **values), today())


def nothing(organisation, person):
    return NothingToDeclare.objects.create(
        organisation=organisation, person=person, register="gifts", said_on=LONG_AGO, recorded_by="Zelf"
    )


def designation(organisation, **values):
    post = Position.objects.create(organisation=organisation, title=f"Functie {Position.objects.count()}")
    given = {"designated_on": date(2009, 1, 1), "reasons": "Risico."} | values
    return Designation.objects.create(organisation=organisation, position=post, **given)


def deputy(organisation, person, **values):
    given = {"leader": official(organisation), "deputy": person, "starts_on": date(2009, 1, 1)} | values
    return Deputy.objects.create(organisation=organisation, **given)


def hiding(organisation, person, **values):
    given = {"reason": "Bedreigd.", "hidden_on": date(2009, 1, 1), "hidden_until": LONG_AGO, "hidden_by": "Griffier"}
    return Hiding.objects.create(organisation=organisation, person=person, **given | values)


def with_a_draft(made):
    """The details of a declaration that somebody began to change."""
    about = made.declaration
    Draft.objects.create(
        organisation=made.organisation, author="iemand", register=about.register, person=about.person, declaration=about
    )
    return made


def closed_campaign(organisation, **values):
    made = campaign(organisation, state="closed", closed_on=LONG_AGO, **values)
    Invitee.objects.create(
        organisation=organisation,
        campaign=made,
        person=official(organisation),
        answered_at=timezone.now(),
        route="account",
    )
    return made


def replaced_version(organisation):
    code = regulation(organisation)
    version(code, "2", in_force_on=LONG_AGO)
    return version(code, "1", in_force_on=date(2001, 1, 1))


def past_ceremony(organisation, **values):
    made = ceremony(organisation, starts_on=LONG_AGO, **values)
    on_list(made, official(organisation))
    return made


MADE = {
    "outside_positions_officials": lambda body: with_a_draft(position(body, official(body, **LEFT), ends_on=LONG_AGO)),
    "outside_positions_office_holders": lambda body: assessment(position(body, holder(body, **LEFT), ends_on=LONG_AGO)),
    "position_incomes": lambda body: income(body, executive(body, **LEFT), year=2008, told_on=LONG_AGO),
    "gifts_officials": lambda body: old_gift(body, official(body, **LEFT)),
    "gifts_office_holders": lambda body: old_gift(body, holder(body, **LEFT)),
    "interests_officials": lambda body: interest(body, official(body, **LEFT), ends_on=LONG_AGO),
    "interests_office_holders": lambda body: interest(body, holder(body, **LEFT), ends_on=LONG_AGO),
    "prohibited_acts_officials": lambda body: act(body, official(body, **LEFT), ends_on=LONG_AGO),
    "prohibited_acts_office_holders": lambda body: act(body, holder(body, **LEFT), ends_on=LONG_AGO),
    "nothing_officials": lambda body: nothing(body, official(body, **LEFT)),
    "nothing_office_holders": lambda body: nothing(body, holder(body, **LEFT)),
    "deputies": lambda body: deputy(body, official(body, **LEFT), ends_on=LONG_AGO),
    "oaths_officials": lambda body: oath(body, official(body, **LEFT), taken_on=LONG_AGO),
    "oaths_office_holders": lambda body: oath(body, holder(body, **LEFT), taken_on=LONG_AGO),
    "ceremonies_officials": lambda body: past_ceremony(body),
    "ceremonies_office_holders": lambda body: past_ceremony(body, for_office_holders=True),
    "designations": lambda body: designation(body, ended_on=LONG_AGO),
    "screenings_officials": lambda body: screening(body, official(body, **LEFT), done_on=LONG_AGO),
    "screenings_office_holders": lambda body: screening(body, holder(body, **LEFT), done_on=LONG_AGO),
    "departures_officials": lambda body: departure(body, official(body, **LEFT), left_on=LONG_AGO),
    "departures_office_holders": lambda body: departure(body, holder(body, **LEFT), left_on=LONG_AGO),
    "abstentions": lambda body: abstention(
        body, holder(body, **LEFT), meeting(body, "Verhuur", held_on=LONG_AGO).subjects.get(), recorded_on=LONG_AGO
    ),
    "exemptions_officials": lambda body: exemption(
        body, official(body, **LEFT), granted_on=LONG_AGO, holds_until=LONG_AGO
    ),
    "exemptions": lambda body: exemption(body, holder(body, **LEFT), granted_on=LONG_AGO, holds_until=LONG_AGO),
    "meetings": lambda body: meeting(body, "Verhuur", held_on=LONG_AGO),
    "secrecy": lambda body: secrecy(body, **LIFTED | {"imposed_on": LONG_AGO, "lifted_on": LONG_AGO}),
    "exclusions": lambda body: exclusion(
        body, secrecy(body, imposed_by="representative"), starts_on=LONG_AGO, ends_on=LONG_AGO
    ),
    "regulation_versions": replaced_version,
    "campaigns": closed_campaign,
    "campaigns_office_holders": lambda body: closed_campaign(body, for_office_holders=True),
    "people_officials": lambda body: official(body, **LEFT),
    "people_office_holders": lambda body: holder(body, **LEFT),
    "hidings_officials": lambda body: hiding(body, official(body)),
    "hidings_office_holders": lambda body: hiding(body, holder(body)),
}
STAYS = {"exclusions": [ImposedSecrecy]}  # the secrecy goes by a rule of its own, with what exclusions it has
HOLDING = (
    Declaration,
    Draft,
    OutsidePosition,
    Assessment,
    PositionIncome,
    FinancialInterest,
    ProhibitedAct,
    NothingToDeclare,
    Deputy,
    Oath,
    Ceremony,
    Attendance,
    Designation,
    Screening,
    Departure,
    Abstention,
    Exemption,
    Exclusion,
    ImposedSecrecy,
    Campaign,
    Invitee,
    Hiding,
)


def test_each_kind_stands_once_in_the_list_and_in_the_selection_list():
    assert len(KINDS) == len(KEPT) == len(SELECTION_LIST.proposals)
    assert KINDS.keys() == SELECTION_LIST.proposals.keys() == MADE.keys()
    for kind in KEPT:
        line = SELECTION_LIST.proposals[kind.key].line
        assert line is None or line.start in ("", *kind.starts)


@pytest.mark.parametrize("key", MADE)
def test_of_each_kind_a_record_is_due_and_goes_with_everything_of_it(key, organisation):
    for start in KINDS[key].starts:
        rule(organisation, key, start=start, in_force_from=date(2020, 1, 1 + KINDS[key].starts.index(start)))
    MADE[key](organisation)

    made = executed(organisation, drawn_up(organisation, side=KINDS[key].side))

    assert list(made.records.values_list("kind", "fate")) == [(key, Fate.DESTROYED)]
    assert [model for model in HOLDING if model.objects.exists()] == STAYS.get(key, [])
    assert set(RegulationVersion.objects.values_list("label", flat=True)) <= {"2"}
    assert not made.records.filter(words__contains="%").exists()


@pytest.mark.parametrize("key", MADE)
def test_every_start_of_each_kind_finds_it(key, organisation):
    MADE[key](organisation)

    found = {}
    for number, start in enumerate(KINDS[key].starts):
        numbers = due_with(organisation, key, start=start, in_force_from=date(2020, 1, 1 + number))
        found[start] = (numbers.in_all, numbers.due, numbers.unknown)

    assert found == dict.fromkeys(KINDS[key].starts, (1, 1, 0))


class TestEndOfService:
    """The end of the service of a person, of whom somebody declared something."""

    def due(self, organisation):
        return due_with(organisation, "gifts_officials", start="service").due

    def test_who_left_long_ago(self, organisation):
        old_gift(organisation, official(organisation, **LEFT))

        assert self.due(organisation) == 1

    @pytest.mark.parametrize(
        "values",
        [
            {"ended_on": None},
            {"started_on": None, "ended_on": today() + timedelta(days=30)},
            {"started_on": None, "ended_on": today() - timedelta(days=30)},
        ],
    )
    def test_who_is_here_or_left_lately(self, organisation, values):
        old_gift(organisation, official(organisation, **values))

        assert self.due(organisation) == 0

    def test_who_came_back_under_another_number(self, organisation):
        old_gift(organisation, official(organisation, email="Jan@proef.example", **LEFT))
        official(organisation, email="jan@proef.example")

        assert self.due(organisation) == 0

    def test_who_left_again_counts_from_then(self, organisation):
        old_gift(organisation, official(organisation, email="jan@proef.example", **LEFT))
        again = official(organisation, email="JAN@proef.example", started_on=None, ended_on=today())
        assert self.due(organisation) == 0
        Person.objects.filter(pk=again.pk).update(ended_on=LONG_AGO + timedelta(days=1))

        row = KINDS["gifts_officials"].rows("service").get()

        assert row.began == LONG_AGO + timedelta(days=1)

    def test_others_without_an_address_do_not_count(self, organisation):
        old_gift(organisation, official(organisation, email="", **LEFT))
        official(organisation, email="")

        assert self.due(organisation) == 1

    @pytest.mark.parametrize("ended_on", [None, today() + timedelta(days=1), today() - timedelta(days=1)])
    def test_an_office_that_runs_on_or_ended_lately(self, organisation, ended_on):
        person = official(organisation, **LEFT)
        old_gift(organisation, person)
        Mandate.objects.create(organisation=organisation, person=person, office="raadslid", ended_on=ended_on)

        assert self.due(organisation) == 0

    def test_those_of_another_body_do_not_count(self, organisation, other_organisation):
        from openintegriteit.core.tenancy import organisation_scope

        old_gift(organisation, official(organisation, email="jan@proef.example", **LEFT))
        with organisation_scope(other_organisation.pk):
            official(other_organisation, email="jan@proef.example")

        assert self.due(organisation) == 1


class TestEndOfADeclaration:
    """The last day, or the withdrawal: the later of both."""

    @pytest.mark.parametrize(
        ("values", "began"),
        [
            ({"ends_on": LONG_AGO}, LONG_AGO),
            ({"withdrawn_on": LONG_AGO, "withdrawn_because": "Fout."}, LONG_AGO),
            (
                {"ends_on": LONG_AGO, "withdrawn_on": date(2011, 1, 1), "withdrawn_because": "Fout."},
                date(2011, 1, 1),
            ),
            ({}, None),
        ],
    )
    def test_it_begins(self, organisation, values, began):
        position(organisation, official(organisation), **values)

        assert KINDS["outside_positions_officials"].rows("end").get().began == began

    def test_what_ends_in_the_future_has_not_begun(self, organisation):
        position(organisation, official(organisation), ends_on=today() + timedelta(days=1))

        numbers = due_with(organisation, "outside_positions_officials", start="end")

        assert (numbers.due, numbers.unknown) == (0, 1)


def test_a_meeting_goes_after_the_abstentions_from_its_subjects(organisation):
    MADE["abstentions"](organisation)
    rule(organisation, "meetings", start="day")

    first = executed(organisation, drawn_up(organisation, side="office_holders"))
    assert list(first.records.values_list("fate", "because")) == [(Fate.PASSED_OVER, "in_use")]
    rule(organisation, "abstentions", start="day")
    executed(organisation, drawn_up(organisation, "abstentions", side="office_holders"))
    executed(organisation, drawn_up(organisation, "meetings", side="office_holders"))

    assert not Meeting.objects.exists()


def test_a_hold_on_one_of_the_invited_keeps_the_campaign(organisation):
    from openintegriteit.retention.tests.test_lists import hold

    made = closed_campaign(organisation)
    hold(organisation, person=made.invitees.get().person)

    numbers = due_with(organisation, "campaigns")

    assert (numbers.due, numbers.held) == (0, 1)


def test_the_public_site_forgets_the_record_and_keeps_a_mark(organisation):
    """Also where the term is shorter than what the site shows."""
    person = holder(organisation)
    declared = old_gift(organisation, person, starts_on=today() - timedelta(days=100))
    bring_up_to_date(Organisation.objects.get(), today())
    assert Entry.objects.get().content != {}
    rule(organisation, "gifts_office_holders", months=1)

    executed(organisation, drawn_up(organisation, side="office_holders"))
    bring_up_to_date(Organisation.objects.get(), today())

    line = Entry.objects.get()
    assert (line.pk, line.content, line.title, line.person) == (declared.pk, {}, "", None)
    assert not any(change.content for change in EntryChange.objects.all())
    assert "record.destroyed" in CONCERNED


def test_counts_are_exact(organisation):
    for days in (0, 1, 2):
        old_gift(organisation, starts_on=latest_beginning(60, today()) + timedelta(days=days))
    old_gift(organisation, starts_on=None)

    numbers = due_with(organisation, "gifts_officials")

    assert (numbers.in_all, numbers.due, numbers.held, numbers.unknown) == (4, 1, 0, 1)
