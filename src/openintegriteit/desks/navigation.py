"""The main menu: the thread norm, measure, act, account; each role sees only its own entries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from openintegriteit.accountability.permissions import POLICY as ACCOUNTABILITY
from openintegriteit.accountability.sections import office_names
from openintegriteit.campaigns.permissions import POLICY as CAMPAIGNS
from openintegriteit.coordination.permissions import POLICY as COORDINATION
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, PermissionPolicy
from openintegriteit.desks.permissions import POLICY as DESKS
from openintegriteit.event_log.permissions import POLICY as EVENT_LOG
from openintegriteit.figures.permissions import POLICY as FIGURES
from openintegriteit.identity.permissions import POLICY as IDENTITY
from openintegriteit.messages.permissions import POLICY as MESSAGES
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.permissions import POLICY as ORGANISATIONS
from openintegriteit.policy.permissions import POLICY as NORMS
from openintegriteit.programme.models import Measure
from openintegriteit.programme.permissions import POLICY as PROGRAMME
from openintegriteit.publication.permissions import POLICY as PUBLICATION
from openintegriteit.registers.abstentions.permissions import POLICY as ABSTENTIONS
from openintegriteit.registers.declarations.permissions import POLICY as DECLARATIONS
from openintegriteit.registers.designations.permissions import POLICY as DESIGNATIONS
from openintegriteit.registers.oaths.permissions import POLICY as OATHS
from openintegriteit.registers.secrecy.permissions import POLICY as SECRECY
from openintegriteit.retention.permissions import POLICY as RETENTION

MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Item:
    """A page of the menu, and who may open it. In the label the names of the body's offices are filled in."""

    label: str | Promise
    url_name: str
    policy: PermissionPolicy
    action: str = "view"


MENU: tuple[tuple[str | Promise, tuple[Item, ...]], ...] = (
    (
        "",
        (
            Item(gettext_lazy("My desk"), "desks:home", DESKS),
            Item(gettext_lazy("My rules and codes"), "policy:my_rules", NORMS, "read"),
            Item(gettext_lazy("My declarations"), "declarations:mine", DECLARATIONS, "declare"),
            Item(gettext_lazy("Declarations to decide about"), "declarations:to_decide", DECLARATIONS, "agree"),
            Item(gettext_lazy("My meetings"), "abstentions:mine", ABSTENTIONS, "attend"),
            Item(gettext_lazy("Year calendar"), "desks:calendar", DESKS, "calendar"),
        ),
    ),
    (
        pgettext_lazy("main menu", "Norm"),
        (
            Item(gettext_lazy("What the law asks"), "policy:obligations", NORMS),
            Item(gettext_lazy("Where we stand on the law"), "accountability:legal_position", NORMS),
            Item(gettext_lazy("Regulations and codes"), "policy:regulations", NORMS),
            Item(gettext_lazy("Policy plan"), "policy:plans", NORMS),
            Item(gettext_lazy("Campaigns"), "campaigns:campaigns", CAMPAIGNS),
        ),
    ),
    (
        pgettext_lazy("main menu", "Measure"),
        (
            Item(gettext_lazy("Figures"), "figures:figures", FIGURES),
            Item(gettext_lazy("Findings"), "programme:findings", PROGRAMME),
        ),
    ),
    (
        pgettext_lazy("main menu", "Act"),
        (
            Item(gettext_lazy("Measures"), "programme:measures", PROGRAMME, "view_measures"),
            Item(gettext_lazy("Activities"), "programme:activities", PROGRAMME),
            Item(gettext_lazy("Working groups"), "programme:working_groups", PROGRAMME),
            Item(gettext_lazy("Advice"), "coordination:advices", COORDINATION),
        ),
    ),
    (
        pgettext_lazy("main menu", "Registers"),
        (
            Item(gettext_lazy("Outside positions"), "outside_positions:positions", DECLARATIONS, "view_list"),
            Item(gettext_lazy("Financial interests"), "interests:interests", DECLARATIONS, "view_list"),
            Item(gettext_lazy("Gifts"), "gifts:gifts", DECLARATIONS, "view_list"),
            Item(gettext_lazy("Prohibited acts"), "prohibited_acts:acts", DECLARATIONS, "view_list"),
            Item(gettext_lazy("Deputies"), "declarations:deputies", DECLARATIONS, "name_all_deputies"),
            Item(gettext_lazy("Designated positions"), "designations:designations", DESIGNATIONS),
            Item(gettext_lazy("Oaths and statements"), "oaths:owing", OATHS),
            Item(gettext_lazy("Screening"), "screening:owing", DECLARATIONS, "view_list"),
            Item(gettext_lazy("Departures"), "departures:unrecorded", DECLARATIONS, "view_list"),
            Item(gettext_lazy("Meetings and abstentions"), "abstentions:meetings", ABSTENTIONS),
            Item(gettext_lazy("Secrecy"), "secrecy:list", SECRECY),
            Item(gettext_lazy("Declarations per year"), "overview:year", DECLARATIONS, "view_officials"),
            Item(gettext_lazy("Reading in registers"), "intake:start", DECLARATIONS, "record"),
        ),
    ),
    (
        pgettext_lazy("main menu", "Account"),
        (
            Item(gettext_lazy("Annual reports"), "accountability:reports", ACCOUNTABILITY),
            Item(gettext_lazy("Interim overviews"), "accountability:periods", ACCOUNTABILITY),
            Item("{council_questions}", "accountability:newest_questions", ACCOUNTABILITY),
            Item(gettext_lazy("Public site"), "publication:overview", PUBLICATION),
            Item(gettext_lazy("Read in a year"), "accountability:import", ACCOUNTABILITY, "import_year"),
        ),
    ),
    (
        pgettext_lazy("main menu", "Administration"),
        (
            Item(gettext_lazy("People"), "organisations:people", ORGANISATIONS),
            Item(gettext_lazy("Units"), "organisations:units", ORGANISATIONS),
            Item(gettext_lazy("Organisation"), "organisations:body", ORGANISATIONS),
            Item(gettext_lazy("Roles and invitations"), "identity:people", IDENTITY),
            Item(gettext_lazy("Colour of the organisation"), "identity:house_style", IDENTITY, "house_style"),
            Item(
                gettext_lazy("House style of documents"),
                "organisations:house_style",
                ORGANISATIONS,
                "view_house_style",
            ),
            Item(gettext_lazy("Keeping and destroying"), "retention:overview", RETENTION),
            Item(gettext_lazy("Mail that did not go out"), "messages:stuck", MESSAGES),
            Item(gettext_lazy("Event log"), "event_log:entries", EVENT_LOG),
        ),
    ),
)


@dataclass(slots=True)
class Entry:
    """A page in the menu as the frame shows it; `count` is what is late there, "99+" when there are more."""

    label: str
    url: str
    current: bool
    count: str = ""
    count_label: str = ""


@dataclass(slots=True)
class Group:
    """A part of the thread with its pages."""

    title: str
    entries: list[Entry] = field(default_factory=list)


def navigation_for(actor: Actor, organisation: Organisation, path: str) -> list[Group]:
    """The groups and entries that the actor may open, with how many measures are late (at most one query)."""
    groups, names = [], office_names(organisation.kind)
    for title, items in MENU:
        entries = list(_entries(items, actor, names))
        if entries:
            groups.append(Group(str(title), entries))
    _mark_longest_match(groups, path)
    return groups


def _entries(items: tuple[Item, ...], actor: Actor, names: dict[str, Any]) -> Iterator[Entry]:
    for item in items:
        if item.policy.allows(actor, item.action):
            entry = Entry(capfirst(str(item.label).format(**names)), reverse(item.url_name), current=False)
            if item.url_name == "programme:measures":
                entry.count, entry.count_label = _late_measures(), _("late")
            yield entry


def _late_measures() -> str:
    """How many measures are late, counted no further than the menu tells it: every page pays for this."""
    late = Measure.objects.overdue(today()).order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if late > MOST_COUNTED else str(late or "")


def _mark_longest_match(groups: list[Group], path: str) -> None:
    """The entry whose address is the longest beginning of this one is where one is; the desk only itself."""
    desk = reverse("desks:home")
    listed = (entry for group in groups for entry in group.entries)
    entries = [entry for entry in listed if path == entry.url or (path.startswith(entry.url) and entry.url != desk)]
    if entries:
        max(entries, key=lambda entry: len(entry.url)).current = True
