"""What people type, or put in an address, to do harm: it is refused with words or shown as text, on every page."""

import pytest
from django import forms

from openintegriteit.accountability.documents import annual_report
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation, Person, Position
from openintegriteit.tests.architecture.pages import PAGES
from openintegriteit.tests.architecture.test_role_matrix import address, client_of
from openintegriteit.tests.security.forms import form_of, valid_values

SCRIPT = "<script>alert(1)</script>"
TEXT = f"=1+1 {SCRIPT} {{{{7*7}}}} \x01\x1b[31m\u202e\ufffe #import $x$ \\write18{{ls}} [[a]]\n\n"
TEXT += '- "><img src=x onerror=alert(1)>\n- javascript:alert(1)'
LETTERHEAD = {"letterhead": f"={SCRIPT}\n<img src=x>", "accent_colour": ""}  # short lines; nothing but a colour fits
RAW = (SCRIPT.encode(), b"<img src=x")
NUMBERS = ("-1", "1e999999999", "NaN", "9" * 5000, "²", "2147483648", "9223372036854775808", "0,001")
DATES = ("0000-01-01", "10000-01-01", "31-02-2026", "99999999999", "²")
KEYS = ("a\x00b", "9" * 5000, SCRIPT)
# The ends of the calendar are dates like any other; a report has days that fit its year.
EARLIEST, LATEST = "0001-01-01", "9999-12-31"
WITH_RULES = {
    "finished_on",
    "reference_date",
    "last_day",
    "noted_on",
    "opens_on",
    "answer_before",
    "dated_on",
    "day",
    "followed_up_on",
    "answered_on",
    "confirmed_on",
    "evaluated_on",
    "granted_on",
    "holds_until",
    "designated_since",
}
ANSWERS = {"activity", *(f"programme:activity_{page}" for page in ("answer", "new", "edit"))}  # called off: tell why
DECIDED = {"taken_over": "no", "taken_over_on": "2026-01-01"}  # by whom and why belong to what was decided
IN_THE_PAST = dict.fromkeys(("left_on", "talk_on", "reminded_on"), "2026-01-01")
OF_RETENTION = {"adopted_on": "2026-01-01", "keeps_for_ever": "True", "length": "", "start": ""}  # these fit together
OF_SECRECY = {"kind": "document", "imposed_by": "committee", "committee_of": "representative", "ground": "5.1.2.b"}
OF_SECRECY |= dict.fromkeys(("imposed_on", "marked_on", "given_on", "lifted_on"), "2026-01-01")  # these fit together
OF_SECRECY |= {"given_to_committee_on": ""}  # a committee imposed it
IN_ADDRESSES = (
    "?formaat=csv",
    "?formaat=xlsx",
    "?formaat=ods",
    "?pagina=999999999999999999999999&sorteer=-%00;drop&poging=%C2%B2&zoek=%00" + "a+" * 2000,
    "?jaar=99999999999999&stand=x&soort=%27&pijler=9e9&rubriek=x&eigenaar=%25_%5c&wie=x&afdeling=%00&schrijf&kleur=%00",
    "?zoek=" + "%25" * 60,
    f"?zoek=script&poging={'9' * 5000}&pagina={'9' * 5000}",
)
SENT_TO = {
    "declaration": "vraag/",  # others: to the page itself
    "accountability:section": "bewaren/",
    "activity": "gehouden/",
    "measure": "bericht/",
}
ELSEWHERE = {
    "accountability:dates",  # the row of the tests has days that fit no year
    "oaths:ceremony_invite",  # nobody is chosen by itself once the day has gone by: registers/oaths/tests
    "oaths:send",  # nobody owes a statement: registers/oaths/tests
    "abstentions:new_exemption",  # asks somebody of one kind: registers/abstentions/tests
    "declarations:deputy_new",  # nobody of the list of people has an account that decides: registers/declarations/tests
    "departures:new",  # the last day is the one of the list of people: registers/departures/tests
}
CHANGING = [name for name, page in PAGES.items() if page.kind == "roles" and not page.posts]
pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


@pytest.fixture
def body(db):
    made = Organisation.objects.create(name=f"Gemeente {SCRIPT}", kind="municipality", host="testserver")
    with organisation_scope(made.pk):
        Position.objects.create(organisation=made, title="Nog niet aangewezen")
        Person.objects.create(organisation=made, personnel_number="lid", family_name="Lid", kind="elected_member")
    return made


@pytest.fixture
def browser(body):
    """Somebody with every role, to whom every page is open."""
    return client_of(body, *Role)


def addresses_of(name, body):
    """Where a form is shown, and where it is sent."""
    shown = address(name, body)
    return shown, shown + SENT_TO.get(name, "")


def valid_values_in(body, form):
    """The values that a form accepts; its choices are rows of the body, read when they are asked for."""
    with organisation_scope(body.pk):
        return valid_values(form)


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def spoiled(field):
    """Values that the field must refuse, or can do without."""
    match field:
        case forms.DateField():
            return DATES
        case forms.IntegerField() | forms.DecimalField():
            return NUMBERS
        case forms.ModelChoiceField() | forms.ChoiceField() | forms.UUIDField():
            return KEYS
        case _:
            return ("a\x00b",)


@pytest.mark.parametrize("name", CHANGING)
def test_what_no_field_can_hold_is_shown_again(name, browser, body):
    addresses = addresses_of(name, body)
    form, where = form_of(browser.get(addresses[0])), addresses[1]
    values = valid_values_in(body, form) if form else {}
    attempts = [(field, value) for field in values for value in spoiled(form.fields[field])]

    answers = {(field, value): browser.post(where, values | {field: value}) for field, value in attempts}

    assert {
        attempt: answer.status_code for attempt, answer in answers.items() if answer.status_code not in (302, 409, 422)
    } == {}
    assert [attempt for attempt, answer in answers.items() if SCRIPT.encode() in answer.content] == []


NAMES_OF_PEOPLE = ("manager", "owner_person", "person", "personnel_number")  # these must be somebody's


def hostile(name, field, value, day):
    """What to put in a field instead of `value`."""
    if isinstance(field, forms.DateField) and name not in WITH_RULES:
        return day
    if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
        return TEXT
    if type(field) is forms.CharField and name not in NAMES_OF_PEOPLE:
        return f"{value or ''}\t={SCRIPT}\x01"[: field.max_length]
    return value


@pytest.mark.parametrize(("day", "parameters"), [(EARLIEST, ("",)), (LATEST, ("", *IN_ADDRESSES))])
def test_what_a_field_can_hold_is_text_on_every_page_and_in_every_file(day, parameters, browser, body):
    addresses, refused = {name: addresses_of(name, body) for name in PAGES}, []
    for name in CHANGING:
        where, sent_to = addresses[name]
        form = form_of(browser.get(where))
        if form is None or name in ELSEWHERE:
            continue
        if form.is_multipart():  # asks for a file: organisations/tests/test_house_style.py
            continue
        values = valid_values_in(body, form)
        harm = {key: hostile(key, field, values.get(key), day) for key, field in form.fields.items()}
        harm |= DECIDED if "taken_over" in harm else {}
        harm |= {"theme": "overig"} if name == "coordination:advice_edit" else {}  # the row of the tests has none
        harm |= {"asker_kind": "person"} if "asker_kind" in harm else {}  # somebody, because there is a name
        harm |= {"starts_on": "2026-01-01"} if name.startswith("gifts:") else {}  # a day that has come
        harm |= {"taken_on": "2026-01-01", "starts_on": "2026-01-01"} if name.startswith("oaths:") else {}
        harm |= {"done_on": "2026-01-01", "valid_until": LATEST} if name.startswith("screening:") else {}
        harm |= IN_THE_PAST | {"months": 12} if name.startswith("departures:") else {}
        harm |= OF_SECRECY if name.startswith("secrecy:") else {}
        harm |= {"person": "lid"} if name == "secrecy:exclude" else {}  # only a member can be excluded
        harm |= {"given_on": ""} if name == "secrecy:edit" else {}  # the representative body imposed that of the tests
        harm |= {"ended_on": LATEST} if name.endswith(":rule_edit") else {}
        harm |= {"ends_on": LATEST} if name == "declarations:deputy_end" else {}  # not before the first day
        harm |= OF_RETENTION if name.startswith("retention:rule") else {}
        harm |= {"kind": "gifts_officials"} if name == "retention:hold_new" else {}  # a kind or a person
        harm |= {"expected_until": LATEST} if "expected_until" in harm else {}  # a day to come
        harm |= {"in_force_from": LATEST} if "in_force_from" in harm else {}  # later than that of the row
        harm |= LETTERHEAD if "letterhead" in harm else {}
        harm |= {"status": "called_off"} if name in ANSWERS else {}  # with the reason that stands there
        stored = browser.post(sent_to, {key: value for key, value in harm.items() if value is not None})
        refused += [] if stored.status_code in (302, 409) else [(name, form_of(stored).errors)]
    assert refused == []

    bad = []
    for name, (where, _sent_to) in addresses.items():
        for asked in parameters:
            answer = browser.get(where + asked)
            harmful = "html" in answer.get("Content-Type", "") and any(raw in content(answer) for raw in RAW)
            if answer.status_code >= 500 or harmful:
                bad.append((name, asked, answer.status_code))
    assert bad == []
    with organisation_scope(body.pk):
        year = AnnualReport.objects.get(texts__isnull=False).year
        files = {name: annual_report(body, year=year, file_format=name) for name in ("html", "pdf", "docx", "odt")}
    assert b"&lt;script&gt;" in files["html"]
    assert SCRIPT.encode() not in files["html"]
