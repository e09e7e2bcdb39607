"""An existing register from a spreadsheet: whole or not at all, once, about the right people, and never executed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.spreadsheets.keeping import packed, unpacked
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.workbook import Row, Sheet, Workbook
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Decision, Declaration
from openintegriteit.registers.declarations.operations import IsOver, end
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.gifts.models import Gift
from openintegriteit.registers.gifts.tests.factories import rule
from openintegriteit.registers.intake import bringing_in
from openintegriteit.registers.intake.models import Intake, StagedRow
from openintegriteit.registers.outside_positions.tests.factories import position
from openintegriteit.retention.tests.factories import drawn_up, executed
from openintegriteit.retention.tests.factories import rule as retention_rule

pytestmark = [pytest.mark.django_db, pytest.mark.database]
POSITIONS = ("Persnr", "E-mailadres", "Nevenfunctie", "Bij", "Bezoldigd", "Begindatum", "Einddatum", "Schoenmaat")
DECIDED = ("Besluit", "Datum besluit", "Besloten door", "Reden", "Voorwaarden", "Opnieuw bekijken op")


def sent(browser, slug, content, name="register.xlsx"):
    """Upload a file, keep our guess of its columns, and give the address and what the form of the preview sends."""
    answer = browser.post(reverse("intake:upload", args=[slug]), {"file": SimpleUploadedFile(name, content)})
    identifier = re.search(r"/([0-9a-f]{32})/kolommen/$", answer.url).group(1)
    form = browser.get(answer.url).context["form"]
    return reverse("intake:preview", args=[slug, identifier]), {
        field.html_name: field.value() or "" for field in form.head_fields
    }


def confirmed(browser, where, data):
    page = browser.get(where, data)
    assert page.status_code == 200, page.content.decode()
    return page, browser.post(where, data | {"fingerprint": page.context["plan"].fingerprint})


def table(heads, *rows):
    return Table("Nevenfuncties", heads, rows)


@pytest.fixture
def samira(organisation):
    return PersonFactory(organisation=organisation, personnel_number="1001", email="s.elamrani@proef.example")


def test_positions_come_with_decisions_that_were_taken_elsewhere_and_only_once(client_as, samira):
    decided = ("toegestaan onder voorwaarden", date(2025, 2, 3), "M. de Wit", "Klein", "Niet op dinsdag")
    rows = [
        ("1001", "", "Penningmeester", "De Brug", "nee", date(2020, 1, 1), None, 38, *decided, date(2030, 1, 1)),
        ("", "S.ElAmrani@proef.example", "Trainer", "De Club", "ja", date(2019, 1, 1), date(2020, 1, 1), 38),
        ("1001", "", "Bestuurslid", "De Wijk", "nee", None, None, 38),
        ("1001", "", "bestuurslid", "de  wijk", "nee", None, None, 38),
    ]
    content = write([table(POSITIONS + DECIDED, *rows)], "xlsx")
    browser = client_as("hr")

    page, answer = confirmed(browser, *sent(browser, "nevenfuncties", content))

    plan = page.context["plan"]
    assert (len(plan.rows), plan.decided, plan.known, plan.twice) == (3, 1, 0, 1)
    assert plan.unused_columns == ("Schoenmaat",)
    assert "3 opgaven" in browser.get(answer.url).content.decode()
    told = {row.title: row for row in Declaration.objects.select_related("outside_position")}
    assert sorted(told) == ["Bestuurslid, De Wijk", "Penningmeester, De Brug", "Trainer, De Club"]
    assert {title: row.awaits_decision for title, row in told.items()} == {
        "Bestuurslid, De Wijk": True,
        "Penningmeester, De Brug": False,
        "Trainer, De Club": False,  # it stopped
    }
    decision = Decision.objects.get()
    assert (decision.outcome, decision.decided_on, decision.decided_by) == (
        "conditions",
        date(2025, 2, 3),
        "M. de Wit",
    )
    assert decision.brought_in_by and decision.about["Wat u daar doet"] == "Penningmeester"
    assert told["Penningmeester, De Brug"].review_on == date(2030, 1, 1)
    assert not StagedRow.objects.exists()
    entries = Entry.objects.filter(action="declaration.brought_in")
    assert entries.count() == 3
    assert not {"Penningmeester", "De Brug"} & {
        word for entry in entries for word in re.split(r"\W+", str(vars(entry)))
    }
    shown = browser.get(reverse("declaration", args=[told["Penningmeester, De Brug"].pk])).content.decode()
    assert "Elders besloten" in shown

    again = browser.get(*sent(browser, "nevenfuncties", write([table(POSITIONS + DECIDED, *rows)], "ods"), "x.ods"))

    assert (again.context["plan"].rows, again.context["plan"].known) == ((), 3)
    assert Declaration.objects.count() == 3


def test_nobody_brings_in_a_decision_about_themselves(organisation):
    user, row = somebody(organisation, Role.HR, personnel_number="1001")
    browser = Client()
    browser.force_login(user)
    PersonFactory(organisation=organisation, personnel_number="7", email=row.email.upper())
    decided = ("toegestaan", date(2025, 2, 3), "M. de Wit", "Klein", "", None)
    own = ("7", "", "Penningmeester", "De Brug", "nee", None, None, 38)

    page, undecided = (
        browser.get(*sent(browser, "nevenfuncties", write([told], "xlsx")))
        for told in (table(POSITIONS + DECIDED, (*own, *decided)), table(POSITIONS, own))
    )

    (error,) = page.context["plan"].errors
    assert "besluit over uzelf" in error.problem and "collega" in error.problem
    assert len(undecided.context["plan"].rows) == 1


def test_what_was_read_in_as_over_does_not_come_back_without_a_decision(organisation, samira):
    user, _row = somebody(organisation, Role.HR)
    browser = Client()
    browser.force_login(user)
    row = ("1001", "", "Trainer", "De Club", "ja", date(2019, 1, 1), date(2020, 1, 1), 38)
    confirmed(browser, *sent(browser, "nevenfuncties", write([table(POSITIONS, row)], "xlsx")))
    made = Declaration.objects.get()
    where = reverse("declarations:end", args=[made.pk])

    later = browser.post(where, {"version": made.version, "ends_on": "2030-01-01"})
    earlier = browser.post(where, {"version": made.version, "ends_on": "2019-12-01"})

    assert (later.status_code, earlier.status_code) == (422, 302)
    assert "opnieuw" in later.content.decode()
    made.refresh_from_db()
    assert made.ends_on == date(2019, 12, 1)
    with pytest.raises(IsOver):
        end(
            actor=acting(user, organisation),
            declaration=made,
            expected_version=made.version,
            ends_on=date(2030, 1, 1),
        )


def test_gifts_ask_consent_by_the_rule_of_their_day(client_as, organisation, samira):
    rule(organisation, in_force_from=date(2024, 1, 1), limit=Decimal(50))
    lines = [
        "Personeelsnummer;Soort;Wat;Gever;Waarde;Datum;Waar;Wat ermee gebeurde",
        "1001;geschenk;Fles wijn;De Hoop;€ 12,50;10-01-2025;op het werk;aangenomen",
        "1001;uitnodiging;Etentje;De Hoop;75;11-01-2025;;aangenomen",
    ]
    browser = client_as("hr")

    confirmed(browser, *sent(browser, "geschenken", "\n".join(lines).encode(), "gift.csv"))
    assert Gift.objects.exclude(regime=F("declaration__regime"), offered_on=F("declaration__starts_on")).count() == 0

    told = Declaration.objects.order_by("starts_on").select_related("gift")
    assert [(row.title, row.gift.value, row.gift.received_at, row.asks_decision) for row in told] == [
        ("Fles wijn, De Hoop", Decimal("12.50"), "work", False),
        ("Etentje, De Hoop", Decimal("75.00"), "", True),
    ]


def test_what_was_destroyed_after_its_term_stays_out_unless_somebody_asks_for_it(client_as, organisation, samira):
    lines = [
        "Personeelsnummer;Soort;Wat;Gever;Waarde;Datum;Waar;Wat ermee gebeurde;Opgegeven op",
        "1001;geschenk;Fles wijn;De Hoop;12,50;10-01-2010;op het werk;aangenomen;11-01-2010",
        "1001;geschenk;Pen;De Hoop;2,50;10-01-2026;op het werk;aangenomen;11-01-2026",
    ]
    browser, content = client_as("hr"), "\n".join(lines).encode()
    confirmed(browser, *sent(browser, "geschenken", content, "gift.csv"))
    retention_rule(organisation)
    executed(organisation, drawn_up(organisation))
    assert [row.title for row in Declaration.objects.all()] == ["Pen, De Hoop"]

    where, data = sent(browser, "geschenken", content, "gift.csv")
    page = browser.get(where, data)
    assert [row.values["what"] for row, _day in page.context["plan"].destroyed] == ["Fles wijn"]
    assert (page.context["plan"].rows, page.context["plan"].known) == ((), 1)
    text = page.content.decode()
    assert "vernietigd" in text and date_format(today(), "SHORT_DATE_FORMAT") in text

    confirmed(browser, where, data | {"opnieuw": "on"})
    assert Declaration.objects.filter(title="Fles wijn, De Hoop").exists()
    taken_in = Entry.objects.filter(action="declarations.taken_in").order_by("number")
    assert [entry.details["destroyed_before"] for entry in taken_in] == [0, 1]


def test_the_clerk_reads_in_interests_of_office_holders_and_finds_no_official(client_as, organisation, samira):
    PersonFactory(organisation=organisation, kind="elected_member", personnel_number="r1", email=samira.email)
    lines = ["E-mail;Soort belang;Wat;Bedrijf", f"{samira.email};effecten of aandelen;Aandelen;De Hoop"]
    browser = client_as("clerk")

    confirmed(browser, *sent(browser, "belangen", "\n".join(lines).encode(), "b.csv"))

    held = Declaration.objects.get()
    assert (held.person.personnel_number, held.regime, held.asks_decision) == ("r1", "office_holders", False)
    refused = browser.get(
        *sent(browser, "belangen", b"Persnr;Soort belang;Wat;Bedrijf\n1001;ander belang;Grond;Hier", "b.csv")
    )
    assert refused.status_code == 422 and "1001" in refused.content.decode()


def test_mistakes_are_named_by_row_and_nothing_is_read_in(client_as, organisation, other_organisation, samira):
    with organisation_scope(other_organisation.pk):
        PersonFactory(organisation=other_organisation, personnel_number="777", email="vreemd@ander.example")
    for number in ("2001", "2002"):
        PersonFactory(organisation=organisation, personnel_number=number, email="samen@proef.example")
    lines = [
        "Persnr;E-mail;Functie;Organisatie;Betaald;Sinds;Tot;Opgegeven op;Besluit;Reden",
        "1001;;Penningmeester;De Brug;nee;;;;;",
        "777;;Penningmeester;De Brug;nee;;;;;",
        ";vreemd@ander.example;Penningmeester;De Brug;nee;;;;;",
        ";samen@proef.example;Penningmeester;De Brug;nee;;;;;",
        "2001;s.elamrani@proef.example;Penningmeester;De Brug;nee;;;;;",
        ";;Penningmeester;De Brug;nee;;;;;",
        "1001;;Penningmeester;De Brug;misschien;;;;;",
        "1001;;;De Brug;nee;;;;;",
        "1001;;Penningmeester;De Brug;nee;01-02-2020;01-01-2020;01-01-2190;;",
        "1001;;Penningmeester;De Brug;nee;;;;toegestaan;",
    ]
    browser = client_as("hr")

    page = browser.get(*sent(browser, "nevenfuncties", "\n".join(lines).encode(), "n.csv"))

    found = [(error.row, error.column) for error in page.context["plan"].errors]
    assert page.status_code == 422
    assert found == [
        (3, "Personeelsnummer"),
        (4, "E-mail"),
        (5, "E-mail"),
        (6, "E-mail"),
        (7, "Personeelsnummer"),
        (8, "Betaald"),
        (9, "Functie"),
        (10, "Opgegeven op"),
        (10, "Tot"),
        (11, "Besloten op"),
        (11, "Reden"),
    ]
    where = page.request["PATH_INFO"]
    data = {field.html_name: field.value() or "" for field in page.context["form"].head_fields}
    refused = browser.post(where, data | {"fingerprint": page.context["plan"].fingerprint})
    assert refused.status_code == 422
    assert not Declaration.objects.exists() and not Intake.objects.exists()


def test_what_was_declared_here_is_recognised_and_a_formula_stays_text(client_as, organisation, samira):
    position(organisation, samira, detail={"role": "Penningmeester", "where": "De Brug"})
    lines = [
        "Persnr;Functie;Organisatie;Betaald",
        "1001;Penningmeester;DE BRUG;nee",
        '1001;"=HYPERLINK(""http://kwaad.example"")";@SUM(A1);nee',
    ]
    browser = client_as("hr")

    page, _answer = confirmed(browser, *sent(browser, "nevenfuncties", "\n".join(lines).encode(), "n.csv"))

    assert page.context["plan"].known == 1
    assert Declaration.objects.filter(title='=HYPERLINK("http://kwaad.example"), @SUM(A1)').count() == 1
    exported = browser.get(reverse("outside_positions:positions"), {"formaat": "csv"}).content.decode()
    assert "'=HYPERLINK" in exported and ";=HYPERLINK" not in exported


def test_a_worker_that_is_killed_leaves_nothing_out_and_makes_nothing_twice(client_as, organisation, monkeypatch):
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    people = [PersonFactory(organisation=organisation, personnel_number=f"9{number}") for number in range(5)]
    rows = [(person.personnel_number, "Lid", "De Club", "nee") for person in people]
    content = write([table(("Persnr", "Functie", "Organisatie", "Betaald"), *rows)], "csv")
    browser = client_as("hr")
    where, data = sent(browser, "nevenfuncties", content, "n.csv")
    _page, answer = confirmed(browser, where, data)
    assert not Declaration.objects.exists()
    intake = Intake.objects.get()

    bringing_in._batch(intake.pk)
    assert Declaration.objects.count() == 2
    assert "2 van de 5" in browser.get(answer.url).content.decode()
    busy = browser.post(*sent(browser, "nevenfuncties", content, "n.csv"))
    assert busy.url == reverse("intake:start")
    assert client_as("hr").get(answer.url).status_code == 404
    people[4].kind = "elected_member"
    people[4].save()
    assert bringing_in.bring_in_due() == 1
    bringing_in.bring_in(intake.pk)
    bringing_in.bring_in(intake.pk)

    intake.refresh_from_db()
    assert (intake.rows, intake.done, intake.passed_over) == (5, 4, 1)
    assert intake.finished_at and not StagedRow.objects.exists()
    assert browser.post(where, data | {"fingerprint": "x"}).url == answer.url
    assert Declaration.objects.count() == 4


def test_the_template_reads_as_a_file_without_rows(client_as, samira):
    browser = client_as("clerk")
    for slug in ("nevenfuncties", "geschenken", "belangen"):
        content = browser.get(reverse("intake:template", args=[slug, "ods"])).content
        page = browser.get(*sent(browser, slug, content, "t.ods"))
        assert (page.context["plan"].rows, page.context["plan"].errors) == ((), ())
        assert page.context["plan"].warnings


def test_a_workbook_is_kept_as_it_was_read():
    cells = ("a\ud800", 1, 1.5, True, None, date(2026, 1, 2), "2026-01-02")
    workbook = Workbook((Sheet("Blad", (Row(1, cells),), ("B2",)),))

    assert unpacked(packed(workbook)) == workbook
    read = read_workbook(b"a;b\n1;2", name="x.csv")
    assert unpacked(packed(read)) == read


def test_a_register_that_concerns_some_takes_no_rows_about_others(client_as, organisation, samira):
    PersonFactory(organisation=organisation, personnel_number="R01", kind="elected_member")
    heads = ("Persnr", "Handeling", "Waarover", "Met wie", "Besluit")
    act = ("onderhands huren of pachten", "Weiland", "De gemeente")

    def told(role, *row):
        content, browser = write([Table("Verboden handelingen", heads, [row])], "xlsx"), client_as(role)
        return browser.get(*sent(browser, "handelingen", content)).content.decode()

    assert "vraagt deze persoon niets" in told(Role.HR, "1001", *act, "")
    assert "niemand beslist over wat deze persoon hier opgeeft" in told(Role.CLERK, "R01", *act, "toegestaan")
    assert "Weiland, De gemeente" in told(Role.CLERK, "R01", *act, "")
    of_the_province = ("gemachtigde of adviseur in zaken voor Gedeputeerde Staten", *act[1:])
    assert "de wet verbiedt deze handeling niet" in told(Role.CLERK, "R01", *of_the_province, "")
