"""A mail server that hangs, drops the line or is not there: mail waits, and nothing else waits for mail."""

import socket
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages import tasks
from openintegriteit.messages.models import Message
from openintegriteit.messages.operations import FIRST_WAIT, queue_message, send_due

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PATIENCE = 0.5  # seconds that the tests give a server


class Listener:
    """A server that takes calls and says nothing, hangs up, or hangs up after its greeting."""

    def __init__(self, manner):
        self.manner, self.calls = manner, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                call, _address = self.socket.accept()
            except OSError:
                return
            self.calls.append(call)
            if self.manner == "greets and drops":
                call.sendall(b"220 proef ESMTP\r\n")
            if self.manner != "hangs":
                call.close()

    def close(self):
        self.socket.close()
        for call in self.calls:
            call.close()


@pytest.fixture(params=["hangs", "drops", "greets and drops"])
def listener(request, settings):
    with closing(Listener(request.param)) as server:
        options = {"host": "127.0.0.1", "port": server.port, "timeout": PATIENCE}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        yield server


@pytest.fixture
def mails(coordinator, other_organisation):
    """Three mails that are due, of two bodies."""
    for number in range(2):
        queue_message(actor=coordinator, recipient=f"p{number}@proef.example", subject="Over", body="Beste Ontvanger,")
    with organisation_scope(other_organisation.pk):
        Message.objects.create(
            organisation=other_organisation, recipient="b@x.example", subject="S", next_attempt_at=timezone.now()
        )


def waiting(organisation):
    with organisation_scope(organisation.pk):
        return sorted(Message.objects.values_list("attempts", flat=True).filter(sent_at__isnull=True))


def test_one_mail_a_round_is_tried_and_the_others_lose_no_attempt(
    listener, mails, organisation, other_organisation, caplog, capsys
):
    now = timezone.now()

    assert send_due(now) == 0

    assert len(listener.calls) == 1
    assert sorted(waiting(organisation) + waiting(other_organisation)) == [0, 0, 1]
    assert set(Message.objects.values_list("body", flat=True)) == {"Beste Ontvanger,"}
    assert "@" not in caplog.text + "".join(capsys.readouterr())


def test_each_round_tries_another_and_all_go_out_once_the_server_is_well(
    listener, mails, organisation, other_organisation, settings, mailoutbox
):
    now = timezone.now()
    for minute in range(3):
        assert send_due(now + timedelta(minutes=minute)) == 0
    assert waiting(organisation) + waiting(other_organisation) == [1, 1, 1]

    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    assert send_due(now + FIRST_WAIT + timedelta(minutes=3)) == 3

    assert len(mailoutbox) == 3


def test_the_task_of_one_mail_ends_without_an_error(listener, mails, organisation):
    message = Message.objects.first()

    assert tasks.deliver.func(str(organisation.pk), str(message.pk)) is False

    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (1, None)


def deliver_all(organisation):
    return [tasks.deliver.func(str(organisation.pk), str(pk)) for pk in Message.objects.values_list("pk", flat=True)]


def test_tasks_that_wait_behind_a_lost_mail_server_end_at_once_and_lose_no_attempt(listener, mails, organisation):
    assert deliver_all(organisation) == [False, False]

    assert len(listener.calls) == 1
    assert waiting(organisation) == [0, 1]


def test_each_round_is_the_one_probe_and_a_server_that_is_back_takes_mail_at_once(
    listener, mails, organisation, coordinator, settings, mailoutbox
):
    now = timezone.now()
    deliver_all(organisation)
    send_due(now)
    deliver_all(organisation)
    assert len(listener.calls) == 2

    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    send_due(now)
    new = queue_message(actor=coordinator, recipient="n@proef.example", subject="Nieuw", body="Beste Ontvanger,")

    assert tasks.deliver.func(str(organisation.pk), str(new.pk)) is True
    assert mailoutbox[-1].to == ["n@proef.example"]
