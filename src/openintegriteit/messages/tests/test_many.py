"""Many mails and links at once: one statement for all, and fair to other bodies and other jobs."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages import operations
from openintegriteit.messages.links import link_about, make_link, make_links, open_link
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.messages.operations import Letter, queue_messages, send_due
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WEEK = timedelta(days=7)


def letters(number, word="brief"):
    return [Letter(f"{word}{index}@proef.example", word, "Tekst") for index in range(number)]


def test_many_mails_are_written_at_once_without_a_task_each(
    organisation, coordinator, django_assert_num_queries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic(), django_assert_num_queries(1):
        assert queue_messages(actor=coordinator, letters=letters(50)) == 50

    assert not DBTaskResult.objects.exists()
    assert send_due(timezone.now()) == 50
    assert len(mail.outbox) == 50


def test_of_each_body_a_run_sends_so_many_and_the_next_run_the_others(
    organisation, other_organisation, coordinator, monkeypatch
):
    monkeypatch.setattr(operations, "MOST_AT_ONCE", 3)
    queue_messages(actor=coordinator, letters=letters(5))
    with organisation_scope(other_organisation.pk):
        queue_messages(actor=console_actor(other_organisation.pk), letters=letters(1, "ander"))

    assert [send_due(timezone.now()) for _run in range(3)] == [4, 2, 0]
    assert not Message.objects.filter(sent_at__isnull=True).exists()


def test_many_links_end_the_ones_before_them(organisation, coordinator, django_assert_num_queries):
    people = [PersonFactory(organisation=organisation) for _number in range(20)]
    before = make_link(actor=coordinator, person=people[0], purpose="proef:1", valid_for=WEEK)
    other = make_link(actor=coordinator, person=people[0], purpose="proef:2", valid_for=WEEK)

    with django_assert_num_queries(2):
        secrets = make_links(actor=coordinator, people=people, purpose="proef:1", valid_for=WEEK)

    assert open_link(before, "proef:1") is None
    assert open_link(other, "proef:2") is not None
    assert {open_link(secrets[person.pk], "proef:1").person for person in people} == set(people)
    assert OneTimeLink.objects.count() == 22


def test_a_link_that_has_ended_is_known_within_its_family_only(organisation, coordinator):
    person = PersonFactory(organisation=organisation)
    secret = make_link(actor=coordinator, person=person, purpose="proef:1", valid_for=WEEK)
    OneTimeLink.objects.update(expires_at=timezone.now())

    assert link_about(secret, "proef:").is_open() is False
    assert link_about(secret, "anders:") is None
