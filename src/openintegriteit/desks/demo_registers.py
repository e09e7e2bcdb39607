"""What stands in the registers of the example body."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.db import transaction
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, Role, console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.queries import actor_for
from openintegriteit.organisations.models import OFFICE_HOLDERS, Organisation, Person, Position
from openintegriteit.registers.abstentions.exempting import record_exemption
from openintegriteit.registers.abstentions.operations import add_meeting, conclude, record_abstention
from openintegriteit.registers.abstentions.rules import subjects_in
from openintegriteit.registers.declarations.models import Details, Regime, RegisterKey
from openintegriteit.registers.declarations.operations import decide, say_nothing
from openintegriteit.registers.declarations.operations_deciders import name_deputy, set_second_look
from openintegriteit.registers.departures.operations import add_rule as add_term
from openintegriteit.registers.departures.operations import record_departure
from openintegriteit.registers.designations.operations import designate
from openintegriteit.registers.details import details_of
from openintegriteit.registers.gifts.operations import add_rule
from openintegriteit.registers.gifts.operations import declare as declare_gift
from openintegriteit.registers.interests.operations import declare as declare_interest
from openintegriteit.registers.oaths.ceremonies import invite, plan_ceremony, record_attendance
from openintegriteit.registers.oaths.models import ForWhom
from openintegriteit.registers.oaths.operations import add_text, record_oath
from openintegriteit.registers.oaths.rules import for_whom_of
from openintegriteit.registers.oaths.texts import TEXTS
from openintegriteit.registers.outside_positions.models import OutsidePosition, Question
from openintegriteit.registers.outside_positions.operations import declare as declare_position
from openintegriteit.registers.outside_positions.operations import record_assessment, record_income, record_intention
from openintegriteit.registers.prohibited_acts.operations import declare as declare_act
from openintegriteit.registers.screening.operations import add_rule as add_screening_rule
from openintegriteit.registers.screening.operations import record_screening
from openintegriteit.registers.secrecy.models import ImposedSecrecy
from openintegriteit.registers.secrecy.operations import exclude, impose, lift, withdraw, withdraw_exclusion
from openintegriteit.retention.counting import count
from openintegriteit.retention.lists import draw_up
from openintegriteit.retention.operations import add_rule as add_retention_rule
from openintegriteit.retention.operations import set_hold

CONTENT = Path(__file__).parent / "content"


def example_of(part: str) -> Any:
    """A part of the example body, as its file holds it."""
    return yaml.safe_load((CONTENT / f"example_{part}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def add_designations(organisation: Organisation) -> None:
    """Positions that were designated, one of them to be looked at again soon."""
    actor = console_actor(organisation.pk)
    with organisation_scope(organisation.pk):
        for told in example_of("designations"):
            review_on = today() + timedelta(days=told["review_in_days"])
            values = {
                **told["values"],
                "position": Position.objects.get(title=told["position"]),
                "review_on": review_on,
            }
            designate(actor=actor, identifier=uuid4(), values=values)


@transaction.atomic
def add_declarations(organisation: Organisation) -> None:
    """What people declared in the registers and what was decided, the rules on gifts, and who decides too."""
    positions = example_of("positions")
    gifts = example_of("gifts")
    interests = example_of("interests")
    prohibited = example_of("prohibited_acts")
    deciding = example_of("deciding")
    incomes = example_of("incomes")
    setter = Actor("", "Voorbeeld", organisation.pk, frozenset({Role.COORDINATOR, Role.CLERK}))
    with organisation_scope(organisation.pk):
        for regime, rules in gifts["rules"].items():
            for values in rules:
                limit = {"limit": Decimal(values["limit"])}
                add_rule(actor=setter, identifier=uuid4(), regime=Regime(regime), values=values | limit)
        for told in positions:
            _add_declaration(organisation, declare_position, told)
        for told in gifts["gifts"]:
            value = told["values"]["value"]
            told["values"]["value"] = None if value is None else Decimal(value)
            _add_declaration(organisation, declare_gift, told)
        for told in interests["interests"]:
            _add_declaration(organisation, declare_interest, told)
        for told in prohibited["acts"]:
            _add_declaration(organisation, declare_act, told)
        for number in prohibited["nothing"]:
            person = Person.objects.get(personnel_number=number)
            say_nothing(
                actor=_recorder(person.full_name, organisation), person=person, register=RegisterKey.PROHIBITED_ACTS
            )
        for register, second_look in deciding["second_look"].items():
            values = {"second_look": second_look}
            set_second_look(actor=setter, register=register, expected_version=1, values=values)
        for told in deciding["proposed"]:
            _add_declaration(organisation, declare_interest, told)
        keeper = Actor("", "Personeelszaken", organisation.pk, frozenset({Role.HR}))
        for told in deciding["deputies"]:
            values = {name: Person.objects.get(personnel_number=told[name]) for name in ("leader", "deputy")}
            values |= {"starts_on": today(), "ends_on": today() + timedelta(days=told["days"])}
            name_deputy(actor=keeper, identifier=uuid4(), values=values)
        for told in incomes:
            person, values = Person.objects.get(personnel_number=told["person"]), told["values"]
            values["amount"] = values["amount"] and Decimal(values["amount"])
            record_income(actor=setter, identifier=uuid4(), person=person, year=told["year"], values=values)


def _recorder(name: str, organisation: Organisation) -> Actor:
    """Who records of officials and office holders alike, such as what somebody declared on paper."""
    return Actor("", name, organisation.pk, frozenset({Role.HR, Role.CLERK}))


def _add_declaration(organisation: Organisation, declare: Callable[..., Details], told: dict[str, Any]) -> None:
    """One declaration as it came in on paper, decided about where somebody did."""
    person = Person.objects.get(personnel_number=told["person"])
    recorder = _recorder(person.full_name, organisation)
    details = declare(actor=recorder, identifier=uuid4(), person=person, values=told["values"])
    declaration = details.declaration
    if (day := told.get("intention")) and isinstance(details, OutsidePosition):
        record_intention(details, actor=recorder, expected_version=details.version, reported_on=day)
    clerk = Actor("", "Griffie", organisation.pk, frozenset({Role.CLERK}))
    for question, values in told.get("weighed", {}).items():
        record_assessment(
            actor=clerk,
            declaration=declaration,
            identifier=uuid4(),
            question=Question(question),
            expected_revision=declaration.revision,
            values=values,
        )
    if decided := told.get("decided"):
        days = decided.pop("review_in_days", None)
        decide(
            actor=_account(Person.objects.get(personnel_number=decided.pop("by")), organisation),
            declaration=declaration,
            expected_version=declaration.version,
            values={**decided, "review_on": today() + timedelta(days=days) if days else None},
            about=dict(details_of(declaration)),
        )


@transaction.atomic
def add_oaths(organisation: Organisation) -> None:
    """The words of the law and of our own statement, and what most people took in them."""
    content = example_of("oaths")
    recorder = _recorder("Personeelszaken en griffie", organisation)
    with organisation_scope(organisation.pk):
        texts = {
            law.for_whom: add_text(
                actor=recorder,
                identifier=uuid4(),
                values={
                    "for_whom": law.for_whom,
                    "label": law.label,
                    "text": law.text,
                    "in_force_from": date(2018, 1, 1),
                },
            )
            for law in TEXTS
            if law.text and organisation.kind in law.bodies
        }
        at_ceremonies = {number for held in content["ceremonies"] for number in held["list"]}
        others = Person.objects.exclude(personnel_number__in=[*content["owing"], *at_ceremonies])
        for person in others.exclude(started_on=None):
            waits = timedelta(days=0 if person.kind in OFFICE_HOLDERS else 14)  # an office begins with the oath
            group, day = for_whom_of(person.kind), min(person.started_on + waits, today())
            text = texts.get(group)
            told = {"taken_on": day, "text": text if text and text.in_force_from <= day else None}
            values = content["groups"][group] | told
            record_oath(actor=recorder, identifier=uuid4(), person=person, values=values)
        first_day = today() + timedelta(days=content["ceremonies"][0]["days"])
        own_words = {"for_whom": ForWhom.OFFICIAL, "in_force_from": first_day, **content["officials_text"]}
        add_text(actor=recorder, identifier=uuid4(), values=own_words)
        for planned in content["ceremonies"]:
            _add_ceremony(recorder, planned)


def _add_ceremony(recorder: Actor, planned: dict[str, Any]) -> None:
    """A ceremony with who is on its list; of one that was held also what they took."""
    values = {**planned["values"], "starts_on": today() + timedelta(days=planned["days"])}
    ceremony = plan_ceremony(actor=recorder, identifier=uuid4(), for_office_holders=False, values=values)
    people = dict(Person.objects.filter(personnel_number__in=planned["list"]).values_list("personnel_number", "pk"))
    invite(actor=recorder, ceremony=ceremony, people=people.values(), now=timezone.now())
    if presence := planned.get("presence"):
        record_attendance(
            actor=recorder,
            ceremony=ceremony,
            expected_version=ceremony.version,
            values=presence,
            said={key: planned["list"][number] for number, key in people.items()},
        )


@transaction.atomic
def add_screenings(organisation: Organisation) -> None:
    """What the body asks beside the law, and what was checked of some people."""
    content = example_of("screening")
    recorder = _recorder("Personeelszaken en griffie", organisation)
    with organisation_scope(organisation.pk):
        for values in content["rules"]:
            add_screening_rule(actor=recorder, identifier=uuid4(), values=values)
        for values in content["screenings"]:
            person = Person.objects.get(personnel_number=values.pop("person"))
            days = values.pop("good_for_days")
            values["valid_until"] = today() + timedelta(days=days) if days else None
            record_screening(actor=recorder, identifier=uuid4(), person=person, values=values)


@transaction.atomic
def add_departures(organisation: Organisation) -> None:
    """What was done about people who left, and for how long the body does not hire them again."""
    content = example_of("departures")
    recorder = _recorder("Personeelszaken en griffie", organisation)
    with organisation_scope(organisation.pk):
        for values in content["terms"]:
            add_term(actor=recorder, identifier=uuid4(), values=values)
        for values in content["departures"]:
            person = Person.objects.get(personnel_number=values.pop("person"))
            record_departure(actor=recorder, identifier=uuid4(), person=person, values=values)


@transaction.atomic
def add_meetings(organisation: Organisation) -> None:
    """Meetings before and after today, an abstention from one of them, and an exemption to look at again soon."""
    content = example_of("abstentions")
    keeper = Actor("", "Griffie en secretarie", organisation.pk, frozenset({Role.CLERK, Role.SECRETARY}))
    with organisation_scope(organisation.pk):
        for told in content["meetings"]:
            values = {
                "body": told["body"],
                "title": told["title"],
                "held_on": today() + timedelta(days=told["days"]),
                "starts_at": time.fromisoformat(told["starts_at"]),
                "subjects": subjects_in("\n".join(told["subjects"])),
            }
            meeting = add_meeting(actor=keeper, identifier=uuid4(), values=values)
            for left in told["abstentions"]:
                record_abstention(
                    actor=keeper,
                    identifier=uuid4(),
                    subject=meeting.subjects.get(place=left["subject"]),
                    person=Person.objects.get(personnel_number=left["person"]),
                    values={"part": left["part"], "reason": left["reason"]},
                )
            if told["concluded"]:
                conclude(actor=keeper, meeting=meeting)
        for told in content["exemptions"]:
            person = Person.objects.get(personnel_number=told["person"])
            review_on = today() + timedelta(days=told["review_in_days"])
            record_exemption(
                actor=keeper, identifier=uuid4(), person=person, values={**told["values"], "review_on": review_on}
            )


@transaction.atomic
def add_secrecy(organisation: Organisation) -> None:
    """Secrecy in each state that the law of a municipality has, and a member who was kept from secret papers."""
    content = example_of("secrecy")
    keeper = Actor("", "Griffie en secretarie", organisation.pk, frozenset({Role.CLERK, Role.SECRETARY}))
    nothing = dict.fromkeys(("marked_on", "given_on", "review_on")) | dict.fromkeys(
        ("committee", "committee_of", "marking"), ""
    )
    with organisation_scope(organisation.pk):
        for told in content:
            days = {name: today() + timedelta(days=number) for name, number in told["days"].items()}
            words = {name: told[name] for name in ("marking", "known_to") if name in told}
            values = {**nothing, **told["values"], **days, **words}
            made = impose(actor=keeper, identifier=uuid4(), values=values)
            if "lifted" in told:
                lifted_on = today() + timedelta(days=told["lifted"]["lifted_on"])
                by = {**told["lifted"], "lifted_on": lifted_on}
                lift(actor=keeper, secrecy=made, expected_version=made.version, values=by)
            if reason := told.get("withdrawn"):
                withdraw(actor=keeper, secrecy=made, expected_version=made.version, reason=reason)
            for excluded in told.get("excluded", ()):
                _add_exclusion(keeper, made, excluded)


def _add_exclusion(keeper: Actor, secrecy: ImposedSecrecy, told: dict[str, Any]) -> None:
    """A member who was kept from secret papers for a time, taken back where it was recorded by mistake."""
    days = {name: today() + timedelta(days=number) for name, number in told["days"].items()}
    person = Person.objects.get(personnel_number=told["person"])
    values = {"person": person, "reference": told["reference"], **days}
    made = exclude(actor=keeper, identifier=uuid4(), secrecy=secrecy, values=values)
    if reason := told.get("withdrawn"):
        withdraw_exclusion(actor=keeper, exclusion=made, expected_version=made.version, reason=reason)


@transaction.atomic
def add_retention(organisation: Organisation) -> None:
    """How long some records are kept, two that are past their term on a list, and a hold."""
    content = example_of("retention")
    setter = Actor("", "Functioneel beheer", organisation.pk, frozenset({Role.FUNCTIONAL_ADMINISTRATOR}))
    with organisation_scope(organisation.pk):
        keeper = actor_for(RoleGrant.objects.in_force().filter(role=Role.COORDINATOR)[0].user, organisation.pk)
        for told in content["designations"]:
            values = {**told["values"], "position": Position.objects.get(title=told["position"])}
            designate(actor=keeper, identifier=uuid4(), values=values)
        for key, values in content["rules"].items():
            add_retention_rule(actor=setter, identifier=uuid4(), kind=KINDS[key], values=values)
        count(KINDS.values())
        draw_up(actor=keeper, identifier=uuid4(), side="officials", keys=["designations"], kinds=KINDS)
        set_hold(actor=keeper, identifier=uuid4(), side="officials", values=content["hold"])


def _account(person: Person, organisation: Organisation) -> Actor:
    """Who acts with the account of a person of the example body. Raises User.DoesNotExist for who has none."""
    return actor_for(User.objects.get(email=person.email), organisation.pk)
