"""Two imports at the same moment: they come after each other, and the second sees what the first did."""

import threading
from datetime import date

import pytest
from django.db import connection

from openintegriteit.core.spreadsheets.workbook import Row, Sheet, Workbook
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.organisations.importers.applying import PlanChanged, apply_people
from openintegriteit.organisations.importers.plan import Options, make_plan
from openintegriteit.organisations.importers.reading import read_file
from openintegriteit.organisations.importers.records import load_records
from openintegriteit.organisations.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_of_two_imports_at_once_one_is_done_and_the_other_is_previewed_again(coordinator, organisation):
    rows = [Row(1, ("Personeelsnummer", "Achternaam")), *(Row(n, (str(n), f"Naam {n}")) for n in range(2, 202))]
    contents = read_file(Workbook((Sheet("Mensen", tuple(rows)),)))
    options = Options(date(2026, 3, 1))
    expected = make_plan(contents, load_records(), options).fingerprint
    outcomes, start = [], threading.Barrier(2)

    def run():
        try:
            with organisation_scope(organisation.pk):
                start.wait(30)
                apply_people(actor=coordinator, contents=contents, options=options, expected=expected)
                outcomes.append("done")
        except PlanChanged:
            outcomes.append("previewed again")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["done", "previewed again"]
    assert Person.objects.count() == 200
    assert Entry.objects.filter(action="person.created").count() == 200
    assert verify_chain(organisation.pk).first_bad is None
