"""From a record to the public site: at once, with its history, and gone when it has to be."""

import csv
import io
import json
import time
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry as LogEntry
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import OrganisationKind, PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.models import Regulation, RegulationVersion
from openintegriteit.publication import operations, printing
from openintegriteit.publication.files import BUILDS, building, public_folder, put_online
from openintegriteit.publication.models import Entry, EntryChange, Publication
from openintegriteit.publication.publishing import publish, publish_all, publish_changes
from openintegriteit.publication.tests.conftest import site_files
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.tests.factories import income, position

pytestmark = pytest.mark.database
REGISTER = "/registers/nevenfuncties-politieke-ambtsdragers/"
DATA = "/open-data/nevenfuncties-politieke-ambtsdragers"


def test_what_an_elected_member_declares_is_public_in_every_form(declared, site) -> None:
    page = site(f"{REGISTER}index.html")

    assert "Anouk Dijkema" in page and "Stichting De Brug" in page
    data = json.loads(site(f"{DATA}.json"))
    assert [(entry["id"], entry["where"], entry["paid"]) for entry in data["entries"]] == [
        (str(declared.declaration_id), "Stichting De Brug", False)
    ]
    rows = list(csv.DictReader(io.StringIO(site(f"{DATA}.csv").removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Kenmerk"], row["Functie"], row["Betaald"]) for row in rows] == [
        (str(declared.declaration_id), "Penningmeester", "nee")
    ]
    heads, line = read_workbook((public_folder() / f"site{DATA}.ods").read_bytes()).sheets[0].rows
    told = dict(zip(heads.cells, line.cells, strict=False))
    assert (told["Kenmerk"], told["Naam"], told["Betaald"]) == (str(declared.declaration_id), "Anouk Dijkema", "nee")
    assert f"{REGISTER}nevenfuncties-politieke-ambtsdragers.pdf" in site_files()


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        (OrganisationKind.MUNICIPALITY, "Gemeentewet, artikel 12, 41b, 67 en 81e"),
        (OrganisationKind.PROVINCE, "Provinciewet, artikel 11, 40b, 66 en 79e"),
        (OrganisationKind.WATER_BOARD, "Waterschapswet, artikel 32, 44k, 48 en 51ae"),
    ],
)
def test_the_register_names_the_article_of_its_kind_of_body(organisation, declared, site, kind, article) -> None:
    organisation.kind = kind
    organisation.save()

    assert article in site(f"{REGISTER}index.html")


def test_no_more_is_public_than_the_law_asks(organisation, member, site) -> None:
    position(organisation, member, detail={"hours_a_week": 37, "touches_duties": "Geheim verband"})

    everything = site(f"{REGISTER}index.html") + site(f"{DATA}.json")

    assert "37" not in json.dumps(json.loads(site(f"{DATA}.json"))["entries"][0]["role"])
    assert "Geheim verband" not in everything
    assert "hours" not in everything
    assert member.personnel_number not in everything


def test_what_officials_declare_is_not_on_the_site(organisation, site) -> None:
    official = PersonFactory(organisation=organisation, kind=PersonKind.OFFICIAL, family_name="Ambtenaar")
    position(organisation, official)

    assert "Ambtenaar" not in site(f"{REGISTER}index.html") + site(f"{DATA}.json")


def test_a_change_tells_what_was_and_what_is(organisation, declared, site) -> None:
    site("/index.html")
    OutsidePosition.objects.update(role="Voorzitter")

    told = site(f"{REGISTER}wijzigingen/index.html")

    assert "<del>Penningmeester</del> → <ins>Voorzitter</ins>" in told
    changes = json.loads(site(f"{DATA}-wijzigingen.json"))
    assert [change["what"] for change in changes] == ["added", "changed"] or [change["what"] for change in changes] == [
        "changed",
        "added",
    ]


def test_of_an_amount_that_was_corrected_is_told_only_that_it_changed(organisation, site) -> None:
    alderman = PersonFactory(organisation=organisation, kind="executive_member")
    told = income(organisation, alderman, year=today().year - 1, outcome="public", amount="7654.00", told_on=today())
    data = "/open-data/inkomsten-uit-nevenfuncties"
    assert "7.654" in site("/registers/inkomsten-uit-nevenfuncties/index.html")
    type(told).objects.update(amount="1234.00")

    page = site("/registers/inkomsten-uit-nevenfuncties/wijzigingen/index.html")
    json_file, csv_file = site(f"{data}-wijzigingen.json"), site(f"{data}-wijzigingen.csv")

    assert "Inkomsten: veranderd" in page and "Inkomsten: veranderd" in csv_file
    assert {"field": "Inkomsten", "before": None, "after": None} in [
        field for change in json.loads(json_file) for field in change["fields"]
    ]
    assert not any(amount in page + json_file + csv_file for amount in ("7654", "7.654", "1234", "1.234"))


def test_who_became_another_kind_of_person_is_not_public_any_more(organisation, site) -> None:
    alderman = PersonFactory(organisation=organisation, kind="executive_member", family_name="Overstap")
    income(organisation, alderman, year=today().year - 1, outcome="public", amount="7654.00", told_on=today())
    position(organisation, alderman)
    gift(organisation, alderman)
    pages = [
        f"/registers/{slug}/index.html"
        for slug in (
            "inkomsten-uit-nevenfuncties",
            "nevenfuncties-politieke-ambtsdragers",
            "geschenken-politieke-ambtsdragers",
        )
    ]
    assert all("Overstap" in site(page) for page in pages)

    type(alderman).objects.filter(pk=alderman.pk).update(kind="elected_member")
    assert ["Overstap" in site(page) for page in pages] == [False, True, True]
    type(alderman).objects.filter(pk=alderman.pk).update(kind="official")
    assert not any("Overstap" in site(page) for page in pages)


def test_of_what_is_withdrawn_only_the_identifier_stays(actor_with, organisation, declared, site) -> None:
    site("/index.html")
    declaration = declared.declaration
    clerk = actor_with(Role.CLERK)
    declarations.withdraw(actor=clerk, declaration=declaration, expected_version=1, reason="Vergissing")

    everything = site(f"{REGISTER}index.html") + site(f"{REGISTER}wijzigingen/index.html") + site(f"{DATA}.json")

    assert "Dijkema" not in everything and "De Brug" not in everything
    assert json.loads(site(f"{DATA}.json"))["not_shown"] == [
        {"id": str(declaration.pk), "removed_on": today().isoformat()}
    ]
    assert "Verwijderd" in site(f"{REGISTER}wijzigingen/index.html")
    entry = Entry.objects.get()
    assert (entry.content, entry.title, entry.person) == ({}, "", None)
    assert {str(change.content) for change in EntryChange.objects.all()} == {"{}"}
    assert "Dijkema" not in str(list(Entry.objects.values())) + str(list(EntryChange.objects.values()))


def test_a_position_that_ended_stays_for_the_term_of_the_body(organisation, member, site) -> None:
    Publication.objects.create(organisation=organisation, shown_for_months=3)
    with time_machine.travel(date(2026, 7, 31), tick=False):
        position(organisation, member, ends_on=date(2026, 4, 30))
        position(organisation, member, detail={"where": "Net te oud"}, ends_on=date(2026, 4, 29))

        page = site(f"{REGISTER}index.html")

    assert "Stichting De Brug" in page and "30 april 2026" in page
    assert "Net te oud" not in page


def test_who_left_office_goes_after_the_term(organisation, member, declared, site) -> None:
    Publication.objects.create(organisation=organisation, shown_for_months=0)
    member.ended_on = today() - timedelta(days=1)
    member.save()

    assert "Dijkema" not in site(f"{REGISTER}index.html")


def test_an_office_is_named_as_the_person_holds_it_today(organisation, member, declared, site) -> None:
    member.mandates.create(organisation=organisation, office="Fractievoorzitter", started_on=date(2022, 3, 30))

    assert "Fractievoorzitter" in site(f"{REGISTER}index.html")


def hidden(actor, entry, **values):
    given = {"whole_person": False, "reason": "Bedreiging", "hidden_until": today() + timedelta(days=30)}
    return operations.hide(actor=actor, identifier=uuid.uuid4(), entry=entry, **given | values)


def test_a_line_goes_out_of_sight_for_safety_without_a_word_about_why(actor_with, organisation, declared, site) -> None:
    site("/index.html")
    hidden(actor_with(Role.CLERK), Entry.objects.get())

    page = site(f"{REGISTER}index.html")
    everything = page + site(f"{REGISTER}wijzigingen/index.html") + site(f"{DATA}.json") + site(f"{DATA}.csv")

    assert "Eén regel staat hier tijdelijk niet" in page
    assert "Dijkema" not in everything + site("/open-data/popolo.json") and "Bedreiging" not in everything
    assert json.loads(site(f"{DATA}.json"))["not_shown"] == [{"id": str(declared.declaration_id), "removed_on": None}]


def test_everything_about_a_person_goes_out_of_sight_at_once(actor_with, organisation, member, declared, site) -> None:
    position(organisation, member, detail={"where": "Werkplaats"})
    site("/index.html")

    hidden(actor_with(Role.CLERK), Entry.objects.first(), whole_person=True)
    position(organisation, member, detail={"where": "Later opgegeven"})

    page = site(f"{REGISTER}index.html")
    assert "Dijkema" not in page and "3 regels staan hier tijdelijk niet" in page


def test_it_comes_back_on_its_day_by_itself(actor_with, organisation, declared, site) -> None:
    site("/index.html")
    hidden(actor_with(Role.CLERK), Entry.objects.get(), hidden_until=today() + timedelta(days=2))

    with time_machine.travel(today() + timedelta(days=2), tick=False):
        assert "Dijkema" in site(f"{REGISTER}index.html")


def test_it_can_be_brought_back_before_that(actor_with, organisation, declared, site) -> None:
    site("/index.html")
    clerk = actor_with(Role.CLERK)
    hiding = hidden(clerk, Entry.objects.get())

    operations.show_again(actor=clerk, hiding=hiding)
    operations.show_again(actor=clerk, hiding=hiding)

    assert "Dijkema" in site(f"{REGISTER}index.html")
    assert LogEntry.objects.filter(action="publication.shown_again").count() == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HR, Role.SECRETARY, Role.ELECTED_MEMBER])
def test_who_does_not_keep_the_register_takes_nothing_out_of_sight(actor_with, declared, site, role) -> None:
    site("/index.html")
    entry = Entry.objects.get()
    hiding = hidden(actor_with(Role.CLERK), entry)

    with pytest.raises(PermissionDenied):
        hidden(actor_with(role), entry)
    with pytest.raises(PermissionDenied):
        operations.show_again(actor=actor_with(role), hiding=hiding)


def test_what_an_office_holder_was_offered_is_public_without_amounts_and_private_givers(
    organisation, member, site
) -> None:
    gift(organisation, member, detail={"giver_organisation": "", "giver_person": "Jan Gever", "value": "77.50"})
    official = PersonFactory(organisation=organisation, family_name="Ambtenaar")
    gift(organisation, official)

    page = site("/registers/geschenken-politieke-ambtsdragers/index.html")

    assert "Anouk Dijkema" in page and "een particulier" in page
    everything = page + site("/open-data/geschenken-politieke-ambtsdragers.json") + site("/open-data/popolo.json")
    assert "Jan Gever" not in everything and "77.50" not in everything and "Ambtenaar" not in everything


def test_who_declared_reads_on_the_page_where_it_is_public(client_as, actor_with, organisation, declared, site) -> None:
    site("/index.html")
    address = reverse("declaration", args=[declared.declaration_id])
    clerk = client_as(Role.CLERK)

    assert f'href="{REGISTER}#{declared.declaration_id}"' in clerk.get(address).content.decode()

    hidden(actor_with(Role.CLERK), Entry.objects.get())
    assert f'href="{REGISTER}' not in clerk.get(address).content.decode()


def regulation(organisation, title="Gedragscode", *, is_public=True, **version):
    made = Regulation.objects.create(
        organisation=organisation, title=title, kind="code_of_conduct", is_public=is_public, note="Alleen intern"
    )
    given = {"in_force_on": date(2024, 1, 1), "adopted_on": date(2023, 12, 12), "text": "Artikel 1\n\n- Een\n- Twee"}
    RegulationVersion.objects.create(organisation=organisation, regulation=made, **given | version)
    return made


def test_a_public_code_stands_there_in_full_and_as_a_document(organisation, site) -> None:
    code = regulation(organisation)

    page = site(f"/regelingen/{code.pk}/index.html")

    assert "Artikel 1" in page and "Alleen intern" not in page
    assert f"/regelingen/{code.pk}.pdf" in site_files()
    assert "Gedragscode" in site("/regelingen/index.html")


def test_a_regulation_that_is_not_marked_stays_within(organisation, site) -> None:
    regulation(organisation, "Protocol intern", is_public=False)

    assert "Protocol intern" not in site("/regelingen/index.html") + site("/open-data/regelingen.json")


def test_the_next_version_takes_the_place_of_the_one_before(organisation, site) -> None:
    code = regulation(organisation, text="De eerste tekst")
    site("/index.html")
    RegulationVersion.objects.create(
        organisation=organisation, regulation=code, label="2", in_force_on=today(), text="De tweede tekst"
    )

    page = site(f"/regelingen/{code.pk}/index.html")

    assert "De tweede tekst" in page and "De eerste tekst" not in page
    assert "<del>1</del> → <ins>2</ins>" in site("/regelingen/wijzigingen/index.html")


def test_the_sitemap_names_the_documents_of_its_category(organisation, site) -> None:
    code = regulation(organisation)
    identifier = "https://identifier.overheid.nl/tooi/id/gemeente/gm0000"
    operations.publication_of(organisation.pk)
    assert "diwoo:Document" not in site("/sitemaps/sitemap-regelingen.xml")
    Publication.objects.update(tooi=identifier)

    sitemap = site("/sitemaps/sitemap-regelingen.xml")

    assert f"<loc>https://testserver/regelingen/{code.pk}.pdf</loc>" in sitemap
    assert f'<diwoo:publisher resource="{identifier}">Gemeente Proef</diwoo:publisher>' in sitemap
    assert "https://identifier.overheid.nl/tooi/def/thes/kern/c_aab6bfc7" in sitemap
    assert "/sitemaps/sitemapindex-diwoo-infocat002.xml" in site("/robots.txt")


def test_the_index_names_every_file_with_its_format_licence_and_day(organisation, declared, site) -> None:
    index = json.loads(site("/open-data/index.json"))

    named = {file["address"].removeprefix("https://testserver") for file in index["files"]}
    assert named == {name for name in site_files() if name.startswith("/open-data/")} - {
        "/open-data/index.json",
        "/open-data/index.html",
    }
    assert all(file["format"] and file["licence"] and file["updated"] and file["bytes"] for file in index["files"])
    assert "AVG" in index["privacy_notice"]


def test_popolo_ties_people_to_where_they_have_a_position(organisation, member, declared, site) -> None:
    data = json.loads(site("/open-data/popolo.json"))

    assert [person["name"] for person in data["persons"]] == ["Anouk Dijkema"]
    there = {item["id"]: item["name"] for item in data["organizations"]}
    ties = {(there[tie["organization_id"]], tie["role"]) for tie in data["memberships"]}
    assert ties == {("Gemeente Proef", "volksvertegenwoordiger"), ("Stichting De Brug", "Penningmeester")}


def test_the_catalogue_has_a_distribution_for_each_file(organisation, declared, site) -> None:
    catalogue = json.loads(site("/open-data/dcat.jsonld"))

    addresses = {
        form["dcat:downloadURL"]["@id"] for data in catalogue["dcat:dataset"] for form in data["dcat:distribution"]
    }
    index = json.loads(site("/open-data/index.json"))
    assert addresses == {file["address"] for file in index["files"] if not file["address"].endswith("dcat.jsonld")}


def test_names_with_any_character_come_through_whole(organisation, site) -> None:
    name = "Ö'Brien <b>&\"☃"
    person = PersonFactory(
        organisation=organisation, given_name="Özlem", family_name=name, kind=PersonKind.EXECUTIVE_MEMBER
    )
    position(organisation, person, detail={"where": "=HYPERLINK(1)"})

    assert "<b>" not in site(f"{REGISTER}index.html")
    assert json.loads(site(f"{DATA}.json"))["entries"][0]["name"] == f"Özlem {name}"
    assert "\n=HYPERLINK" not in site(f"{DATA}.csv") and ";=HYPERLINK" not in site(f"{DATA}.csv")


def test_two_bodies_never_see_each_others_lines(organisation, other_organisation, declared) -> None:
    organisation.refresh_from_db()
    publish(organisation)
    with organisation_scope(other_organisation.pk):
        publish(other_organisation)

    assert "Dijkema" in (public_folder() / "testserver" / REGISTER.strip("/") / "index.html").read_text()
    assert "Dijkema" not in (public_folder() / "ander.example" / REGISTER.strip("/") / "index.html").read_text()
    assert not (public_folder() / "site").exists()


def test_another_host_name_leaves_no_site_behind_at_the_old_one(organisation, other_organisation, declared) -> None:
    organisation.refresh_from_db()
    publish(organisation)
    organisation.host = "nieuw.example"
    organisation.save()
    publish(organisation)

    assert {link.name for link in public_folder().iterdir() if link.is_symlink()} == {"nieuw.example"}


def test_publishing_again_changes_no_file_and_records_nothing(organisation, declared, site) -> None:
    site("/index.html")
    before = {name: (public_folder() / "site" / name[1:]).stat().st_mtime_ns for name in site_files()}
    entries = LogEntry.objects.count()

    publish(organisation)

    assert before == {name: (public_folder() / "site" / name[1:]).stat().st_mtime_ns for name in site_files()}
    assert LogEntry.objects.count() == entries
    builds = [entry for entry in (public_folder().parent / BUILDS / str(organisation.pk)).iterdir() if entry.is_dir()]
    assert len(builds) == 2


def test_the_pages_of_a_long_register_do_not_wait_for_its_printed_edition(
    organisation, declared, site, monkeypatch
) -> None:
    monkeypatch.setattr(printing, "AT_ONCE", 0)
    printed = f"{REGISTER}nevenfuncties-politieke-ambtsdragers.pdf"

    page = site(f"{REGISTER}index.html")

    first, second = sorted(
        entry for entry in (public_folder().parent / BUILDS / str(organisation.pk)).iterdir() if entry.is_dir()
    )
    before = (first / REGISTER.strip("/") / "index.html").read_text()
    assert "Stichting De Brug" in before and printed not in before
    assert not (first / printed.strip("/")).exists()
    assert "Stichting De Brug" in page and printed in page
    assert (second / printed.strip("/")).read_bytes().startswith(b"%PDF")
    # printed once, it no longer waits: one build, with all of it
    assert printed in site(f"{REGISTER}index.html")
    assert not first.exists() and second.exists()


def test_nothing_but_the_newest_site_stands_in_the_public_folder(organisation, declared, site) -> None:
    site("/index.html")
    site("/index.html")

    assert [entry.name for entry in public_folder().iterdir()] == ["site"]


def test_a_disk_that_is_full_leaves_the_old_site_as_it_was(organisation, declared, site) -> None:
    before = site("/index.html")

    with building(organisation), pytest.raises(OSError, match=r".+"):
        put_online(organisation, {"index.html": b"half", "x" * 5000: b"a name that no disk takes"})

    assert (public_folder() / "site" / "index.html").read_text() == before


def test_the_log_says_when_something_has_to_be_built(actor_with, organisation, declared) -> None:
    seen: dict = {}
    publish_changes(seen)
    built = Publication.objects.get().built_at
    time.sleep(0.01)
    publish_changes(seen)
    assert Publication.objects.get().built_at == built

    clerk = actor_with(Role.CLERK)
    declarations.withdraw(actor=clerk, declaration=Declaration.objects.get(), expected_version=1, reason="Vergissing")
    publish_changes(seen)

    assert Publication.objects.get().built_at > built
    assert "Dijkema" not in (public_folder() / "site" / f"{DATA}.json".strip("/")).read_text()


def test_what_does_not_concern_the_site_builds_nothing(coordinator, organisation, declared) -> None:
    seen: dict = {}
    publish_changes(seen)
    built = Publication.objects.get().built_at
    with transaction.atomic():
        record(actor=coordinator, action="measure.created", subject="measures")

    publish_changes(seen)

    assert Publication.objects.get().built_at == built


def test_one_body_that_cannot_be_built_does_not_keep_the_others(organisation, other_organisation, declared) -> None:
    blocked = public_folder().parent / BUILDS / str(other_organisation.pk)
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file where a folder should be")

    publish_all()

    assert (public_folder() / "testserver" / "index.html").exists()
    seen: dict = {}
    assert publish_changes(seen) is False
    assert set(seen) == {organisation.pk}
    blocked.unlink()
    assert publish_changes(seen) is True
    assert set(seen) == {organisation.pk, other_organisation.pk}
