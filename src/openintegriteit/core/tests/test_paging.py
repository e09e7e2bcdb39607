"""Pages and order from values in the address."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.paging import MOST_FOUND, found_page, page_of, sort_from

ALLOWED = {"naam": "name", "laatst": ("last_run_at", "name")}


@pytest.fixture
def jobs(db):
    ScheduledJob.objects.bulk_create(ScheduledJob(name=f"job {number:02}") for number in range(25))
    return ScheduledJob.objects.order_by("name")


@pytest.mark.parametrize(
    ("asked", "number", "first"),
    [
        ("2", 2, "job 10"),
        (None, 1, "job 00"),
        ("", 1, "job 00"),
        ("zes", 1, "job 00"),
        ("0", 3, "job 20"),
        ("-1", 3, "job 20"),
        ("99999999999999999999", 3, "job 20"),
        ("9" * 5000, 1, "job 00"),
    ],
)
def test_any_page_number_gives_a_page_that_exists(jobs, asked, number, first):
    page = page_of(jobs, asked, per_page=10)

    assert page.number == number
    assert page.object_list[0].name == first


def test_one_query_counts_and_one_fetches(jobs, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(list(page_of(jobs, "3", per_page=10))) == 5


@pytest.mark.parametrize(
    "order", [("name",), ("-name",), (F("last_run_at").asc(nulls_last=True), "pk"), ("-last_run_at", "-pk")]
)
def test_all_pages_together_are_the_whole_list_in_its_order(jobs, order):
    jobs.filter(name__lt="job 10").update(last_run_at=timezone.now())
    ordered = jobs.order_by(*order)

    told = [row for number in range(1, 7) for row in page_of(ordered, str(number), per_page=5)]

    assert told == [*ordered, *ordered[20:]]  # beyond the end stands the last page


def test_the_last_page_passes_by_no_row_before_it(jobs):
    with CaptureQueriesContext(connection) as asked:
        list(page_of(jobs, "3", per_page=10))

    assert "OFFSET" not in asked[-1]["sql"]


def test_one_query_finds_and_counts(jobs, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = found_page(jobs, "3", per_page=10)

    assert page.paginator.count == 25
    assert page.object_list == [job.pk for job in jobs][20:]
    assert not page.paginator.more


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "more"), [(MOST_FOUND, False), (MOST_FOUND + 1, True)])
def test_a_search_holds_a_thousand_and_says_that_there_is_more(db, rows, more):
    ScheduledJob.objects.bulk_create(ScheduledJob(name=f"job {number:05}") for number in range(rows))

    page = found_page(ScheduledJob.objects.order_by("name"), "99999")

    assert (page.paginator.count, page.paginator.num_pages, page.number) == (MOST_FOUND, 20, 20)
    assert page.paginator.more is more


def test_no_rows_give_one_empty_page(db):
    page = page_of(ScheduledJob.objects.order_by("name"), "4")

    assert (page.number, page.paginator.num_pages, list(page)) == (1, 1, [])


@pytest.mark.parametrize(
    ("asked", "value", "order_by"),
    [
        ("naam", "naam", ("name", "pk")),
        ("-naam", "-naam", ("-name", "-pk")),
        ("laatst", "laatst", ("last_run_at", "name", "pk")),
        ("-laatst", "-laatst", ("-last_run_at", "-name", "-pk")),
        (None, "-laatst", ("-last_run_at", "-name", "-pk")),
        ("lease_holder", "-laatst", ("-last_run_at", "-name", "-pk")),
        ("--naam", "-laatst", ("-last_run_at", "-name", "-pk")),
    ],
)
def test_only_listed_names_sort(asked, value, order_by):
    sort = sort_from(asked, ALLOWED, default="-laatst")

    assert (sort.value, sort.order_by) == (value, order_by)
