"""What a file of an existing register may hold: the columns that every register has, and what a register adds.

A register tells in a `RegisterFile` what its own columns are; `registers.intake` reads the file and brings it in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.spreadsheets.columns import Column, Value
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.organisations.importers.columns import PEOPLE_COLUMNS
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Details, Outcome, RegisterKey

type Values = Mapping[str, Any]
type Problem = tuple[str, str]  # the key of a column, and what is wrong there in a sentence

# What a file says stays Dutch, whatever the language of the screen.
OUTCOMES = (
    (Outcome.ALLOWED, "toegestaan"),
    (Outcome.CONDITIONS, "toegestaan onder voorwaarden"),
    (Outcome.FORBIDDEN, "niet toegestaan"),
)
_PEOPLE = {column.key: column for column in PEOPLE_COLUMNS}
WHO = (
    replace(
        _PEOPLE["personnel_number"],
        required=False,
        help=gettext_lazy("The number in the list of people. Leave it empty where you write a mail address."),
    ),
    replace(
        _PEOPLE["email"],
        help=gettext_lazy("The mail address in the list of people, where you do not know the personnel number."),
    ),
)
DECLARED = Column(
    "declared_on",
    "Opgegeven op",
    "date",
    synonyms=("Datum opgave", "Gemeld op", "Datum melding", "Meldingsdatum"),
    help=gettext_lazy("The day on which somebody declared it. Left out, it is today."),
    example="14-01-2025",
)
TOUCHES_DUTIES = Column(
    "touches_duties",
    "Hoe het het werk raakt",
    max_length=2000,
    synonyms=("Raakt het werk", "Raakvlak", "Relatie met werk", "Relatie met functie"),
    example="Niet",
)
# From when until when something that lasts was so.
LASTING = (
    Column("starts_on", "Sinds", "date", synonyms=("Begindatum", "Vanaf", "Startdatum", "Ingangsdatum"), example=""),
    Column("ends_on", "Tot", "date", synonyms=("Einddatum", "Tot en met", "Geëindigd op"), example=""),
)
DECISION = (
    Column(
        "outcome",
        "Besluit",
        "choice",
        choices=OUTCOMES,
        synonyms=("Beslissing", "Uitkomst", "Akkoord"),
        help=gettext_lazy("What was decided elsewhere. Leave it empty where nobody decided, and for office holders."),
        example="toegestaan onder voorwaarden",
    ),
    Column("decided_on", "Besloten op", "date", synonyms=("Datum besluit", "Besluitdatum"), example="03-02-2025"),
    Column(
        "decided_by",
        "Besloten door",
        max_length=200,
        synonyms=("Beslisser", "Beslist door", "Akkoord door"),
        example="M. de Wit",
    ),
    Column(
        "reasons",
        "Reden",
        max_length=4000,
        synonyms=("Redenen", "Motivering", "Toelichting besluit", "Reden besluit"),
        help=gettext_lazy("Why this was decided. A decision needs it."),
        example="Het raakt het werk niet.",
    ),
    Column(
        "conditions",
        "Voorwaarden",
        max_length=4000,
        synonyms=("Voorwaarde", "Afspraken"),
        help=gettext_lazy("Only with “toegestaan onder voorwaarden”."),
        example="Geen werk voor leveranciers.",
    ),
    Column(
        "review_on",
        "Opnieuw bekijken op",
        "date",
        synonyms=("Herbeoordelen op", "Evalueren op", "Evaluatiedatum"),
        example="01-02-2027",
    ),
)
OF_DECISION = tuple(column.key for column in DECISION)


def no_problems(*_row: Any) -> Iterator[Problem]:
    """Nothing that the columns themselves do not ask."""
    return iter(())


def _always(_values: Values) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register as a file holds it.

    `slug` names it in addresses and `sheet` its sheet, in Dutch; `listed` is the name of the page with its list. `own`:
    the columns of the register. `identity`: the keys of those that tell one declaration of a person from another; what
    is the same there is the same declaration. `problems` says what is wrong between columns, and `problems_of` what is
    for this person in this kind of body. `whole` makes the details of what was read, `asking` gives what says whether
    an official needs a decision about a row, and `words` tells details in words, as decisions keep them.
    """

    register: RegisterKey
    slug: str
    listed: str
    sheet: str
    model: type[Details]
    own: tuple[Column, ...]
    identity: tuple[str, ...]
    words: Callable[[Any], list[tuple[str, str]]]
    problems: Callable[[Values], Iterator[Problem]] = no_problems
    problems_of: Callable[[Values, Person, str], Iterator[Problem]] = no_problems
    whole: Callable[[Values], dict[str, Any]] = dict
    asking: Callable[[], Callable[[Values], bool]] = lambda: _always

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns of the file, in the order of the template."""
        return (*WHO, DECLARED, *self.own, *DECISION)

    def told(self, values: Values) -> tuple[str, str]:
        """What a row declares and what was decided about it, in words."""
        names = {field.name for field in self.model._meta.concrete_fields}
        details = self.model(**{name: value for name, value in values.items() if name in names})
        return str(details), str(Outcome(values["outcome"]).label) if values["outcome"] else ""

    def key_of(self, person: UUID, details: Values) -> UUID:
        """The key of a declaration that is brought in: that of the same declaration in every file."""
        told = "|".join(_plain(details[name]) for name in self.identity)
        return uuid5(person, f"{self.register}|{told}")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else plain(str(value))


def decision_problems(values: Values, *, is_decided: bool, day: date) -> Iterator[Problem]:
    """What is wrong with a decision that was taken elsewhere; `is_decided`: somebody decides, `day` is today."""
    told = [key for key in OF_DECISION if values[key]]
    if not is_decided:
        if told:
            yield told[0], _("nobody decides about what this person declares here. Leave this empty.")
        return
    outcome = values["outcome"]
    if not outcome:
        if told:
            yield "outcome", _("this row tells of a decision. Write what was decided, or leave its columns empty.")
        return
    if not values["decided_on"]:
        yield "decided_on", _("write on what day this was decided.")
    elif values["decided_on"] > day:
        yield "decided_on", _("this day has not come yet.")
    elif values["declared_on"] and values["decided_on"] < values["declared_on"]:
        yield "decided_on", _("this day lies before the day on which it was declared. Correct one of the two.")
    if not values["reasons"]:
        yield "reasons", _("write why this was decided.")
    if outcome == Outcome.CONDITIONS and not values["conditions"]:
        yield "conditions", _("write the conditions, or choose another decision.")
    if outcome != Outcome.CONDITIONS and values["conditions"]:
        yield "conditions", _("conditions belong to “toegestaan onder voorwaarden”. Choose that, or leave this empty.")
    if values["review_on"] and values["decided_on"] and values["review_on"] <= values["decided_on"]:
        yield "review_on", _("this day has to lie after the day of the decision.")
