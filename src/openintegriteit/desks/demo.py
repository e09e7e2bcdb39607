"""The example body: invented people, a full year, and its annual report in four formats."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from openintegriteit.accountability import importers
from openintegriteit.accountability.documents import annual_report
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.workbook.parsing import workbook_from_yaml
from openintegriteit.campaigns.models import Ask, Campaign
from openintegriteit.campaigns.operations import create_campaign
from openintegriteit.campaigns.operations import start as start_campaign
from openintegriteit.campaigns.preparing import prepare
from openintegriteit.coordination.operations import create_advice
from openintegriteit.core.clock import today
from openintegriteit.core.documents import MEDIA_TYPES
from openintegriteit.core.roles import console_actor
from openintegriteit.core.spreadsheets.workbook import Workbook, plain
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.demo_registers import (
    CONTENT,
    add_declarations,
    add_departures,
    add_designations,
    add_meetings,
    add_oaths,
    add_retention,
    add_screenings,
    add_secrecy,
    example_of,
)
from openintegriteit.identity.demo import demo_people
from openintegriteit.organisations.importers import store_people
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanRole, PolicyPlan, Regulation, RegulationVersion
from openintegriteit.policy.operations import change_regulation, change_text
from openintegriteit.policy.operations_plans import add_part, adopt_plan, change_plan
from openintegriteit.policy.plans import content_of
from openintegriteit.policy.reading import kinds_for, subject_of
from openintegriteit.programme.material import add_material
from openintegriteit.programme.models import Activity, Measure, Recurrence
from openintegriteit.programme.operations import change_measure, create_activity
from openintegriteit.programme.recurrence import repeat_activity
from openintegriteit.programme.working_groups import add_evaluation, add_member, create_group
from openintegriteit.registers.rounds.forms import registers_asked
from openintegriteit.registers.rounds.queries import KIND as ROUND

PEOPLE_SHEETS = {"Mensen", "Afdelingen"}
NAME = "Gemeente Voorbeeld"


def build_demo() -> Iterator[str]:
    """Make the example body where it does not exist yet and write its report; yields what to tell.

    Raises PermissionDenied outside demo mode (by way of the example accounts).
    """
    call_command("migrate", verbosity=0)
    organisation = Organisation.objects.filter(name=NAME).first()
    if organisation is None:
        with transaction.atomic():
            organisation = example_body(NAME, "municipality", CONTENT / "example_year.yaml")
            example_advice(organisation, CONTENT / "example_advice.yaml")
            add_reading(organisation)
            add_policy_plan(organisation)
            add_working_group(organisation)
            demo_people(organisation)
            add_designations(organisation)
            add_declarations(organisation)
            add_oaths(organisation)
            add_round(organisation)
            add_screenings(organisation)
            add_departures(organisation)
            add_meetings(organisation)
            add_secrecy(organisation)
            add_retention(organisation)
        yield f"De voorbeeldorganisatie {NAME} is gemaakt, met een vol jaar aan gegevens."
    demo_people(organisation)
    yield "Het jaarverslag staat klaar in deze bestanden:"
    for file in write_reports(organisation):
        yield f"  {shown(file)}"
    yield "Aanmelden: kies op de aanmeldpagina een rol. In het voorbeeld is geen wachtwoord nodig."


@transaction.atomic
def example_body(name: str, kind: str, content: Path, host: str | None = None) -> Organisation:
    """A body with the people and the year of a content file, all of it or nothing."""
    organisation = Organisation.objects.create(name=name, kind=kind, host=host)
    actor = console_actor(organisation.pk)
    workbook = workbook_from_yaml(content)
    people = Workbook(tuple(sheet for sheet in workbook.sheets if sheet.name in PEOPLE_SHEETS))
    year = Workbook(tuple(sheet for sheet in workbook.sheets if sheet.name not in PEOPLE_SHEETS))
    with organisation_scope(organisation.pk):
        store_people(people, actor=actor)
        importers.apply(importers.read_year(year, organisation), actor=actor)
    return organisation


def example_advice(organisation: Organisation, content: Path) -> None:
    """The advice of a content file, in the log of the body."""
    actor = console_actor(organisation.pk)
    with organisation_scope(organisation.pk):
        for values in yaml.safe_load(content.read_text(encoding="utf-8")):
            create_advice(actor=actor, identifier=uuid4(), values=values)


@transaction.atomic
def add_reading(organisation: Organisation) -> Campaign:
    """Texts of regulations, and a campaign that asks to read one of them: a draft, for who looks around to start."""
    actor = console_actor(organisation.pk)
    content = example_of("reading")
    with organisation_scope(organisation.pk):
        for title, texts in content["texts"].items():
            version = RegulationVersion.objects.get(regulation__title=title)
            change_text(actor=actor, version=version, expected_version=version.version, values=texts)
            regulation = Regulation.objects.get(title=title)
            change_regulation(
                actor=actor, regulation=regulation, expected_version=regulation.version, values={"is_public": True}
            )
        about = content["campaign"]
        version = RegulationVersion.objects.select_related("regulation").get(regulation__title=about["regulation"])
        values = {
            "title": about["title"],
            "intro": about["intro"],
            "opens_on": today(),
            "answer_before": today() + timedelta(days=about["days"]),
            "reminder_days": about["reminder_days"],
            "kinds": kinds_for(version.regulation),
        }
        return create_campaign(actor=actor, identifier=uuid4(), values={**values, **subject_of(version)})


@transaction.atomic
def add_round(organisation: Organisation) -> Campaign:
    """A campaign that asks officials whether what they declared still is right, and has been started."""
    actor, key = console_actor(organisation.pk), uuid4()
    content = example_of("round")
    values = {
        "title": content["title"],
        "intro": content["intro"],
        "opens_on": today(),
        "answer_before": today() + timedelta(days=content["days"]),
        "reminder_days": content["reminder_days"],
        "tells_managers": True,
        "asks": Ask.DECLARE,
        "for_office_holders": False,
        "subject_kind": ROUND,
        "subject_key": key,
    }
    with organisation_scope(organisation.pk):
        asked = registers_asked({**values, "registers": content["registers"]})
        campaign = create_campaign(actor=actor, identifier=key, values=asked)
        start_campaign(actor=actor, campaign=campaign, expected_version=campaign.version)
        prepare(campaign.pk, today())
    return campaign


@transaction.atomic
def add_policy_plan(organisation: Organisation) -> None:
    """What stands in the policy plan, settled as it was adopted, and what measures are for."""
    actor = console_actor(organisation.pk)
    content = example_of("plan")
    with organisation_scope(organisation.pk):
        plan = PolicyPlan.objects.get(title=content["title"])
        change_plan(actor=actor, plan=plan, expected_version=plan.version, values=content["texts"])
        for values in content["goals"]:
            add_part(actor=actor, plan=plan, model=PlanGoal, identifier=uuid4(), values=values)
        for values in content["roles"]:
            add_part(actor=actor, plan=plan, model=PlanRole, identifier=uuid4(), values=values)
        for values in content["means"]:
            add_part(actor=actor, plan=plan, model=PlanMeans, identifier=uuid4(), values=values)
        whole = content_of(PolicyPlan.objects.get(pk=plan.pk))
        by, on = plan.adopted_by, plan.adopted_on
        adopt_plan(actor=actor, plan=plan, seen=whole.mark, adopted_by=by, adopted_on=on)
        goals = {number: goal for goal in whole.goals for number in content["carried_by"].get(goal.number, ())}
        for number in {*goals, *content["obligations"]}:
            measure = Measure.objects.known_by_number().get(number=number)
            values = {"goal": goals.get(number), "obligation": content["obligations"].get(number, "")}
            change_measure(actor=actor, measure=measure, expected_version=measure.version, values=values)


@transaction.atomic
def add_working_group(organisation: Organisation) -> None:
    """A working group whose meetings come back every quarter, and the material of a training."""
    actor = console_actor(organisation.pk)
    content = example_of("working_group")
    with organisation_scope(organisation.pk):
        group = create_group(actor=actor, identifier=uuid4(), values=content["group"])
        for member in content["members"]:
            add_member(actor=actor, identifier=uuid4(), group=group, values=member)
        add_evaluation(actor=actor, identifier=uuid4(), group=group, values=content["evaluation"])
        of_group = [{**values, "working_group": group} for values in content["activities"]]
        *_earlier, last = (create_activity(actor=actor, identifier=uuid4(), values=values) for values in of_group)
        repeat_activity(
            actor=actor,
            activity=last,
            expected_version=last.version,
            every=Recurrence.QUARTERLY,
            last=content["repeated_until"],
        )
        about = Activity.objects.get(title=content["material"]["activity"], year=content["material"]["year"])
        for piece in content["material"]["pieces"]:
            add_material(actor=actor, identifier=uuid4(), activity=about, values=piece)


def shown(file: Path) -> Path:
    """A file as one would type it here: by its relative path where it lies below the current directory."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def write_reports(organisation: Organisation) -> list[Path]:
    """The newest annual report in every format, in the data folder; files that are up to date are left as they are."""
    with organisation_scope(organisation.pk):
        report = AnnualReport.objects.latest("year")
        files = []
        for file_format in MEDIA_TYPES:
            name = f"jaarverslag-{plain(organisation.name)}-{report.year}.{file_format}"
            file = Path(settings.DATA_DIR) / name
            content = annual_report(organisation, year=report.year, file_format=file_format)
            if not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)
            files.append(file)
    return files
