"""Mail is written with the change it tells about, tried until it is gone, and never names anybody in a log."""

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.messages import tasks
from openintegriteit.messages.models import Message
from openintegriteit.messages.operations import FIRST_WAIT, MOST_ATTEMPTS, attempt, queue_message, send_due
from openintegriteit.messages.queries import stuck_message_count

RECIPIENT = "ontvanger@proef.example"


def queue(actor, recipient=RECIPIENT):
    return queue_message(actor=actor, recipient=recipient, subject="Over\nuw rol", body="Beste Ontvanger,\n")


class Sink:
    """A mail server that keeps what it gets, or refuses it."""

    def __init__(self):
        self.refusal = ""
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def server(settings):
    """A real mail server on a free port of this machine; Django sends through it."""
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    yield sink
    controller.stop()


# -- Writing


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_a_mail_is_handed_to_the_worker_once_the_change_is_stored(coordinator):
    with transaction.atomic():
        message = queue(coordinator)
        assert not DBTaskResult.objects.exists()
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [str(coordinator.organisation_id), str(message.pk)]
    assert RECIPIENT not in str(task.args_kwargs)


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_a_change_that_fails_writes_no_mail(coordinator):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(coordinator)
        1 / 0  # noqa: B018
    assert not Message.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_a_subject_is_one_line(coordinator):
    assert queue(coordinator).subject == "Over uw rol"


# -- Sending


@pytest.mark.django_db
def test_the_worker_sends_and_forgets_the_text(coordinator):
    message = queue(coordinator)
    assert tasks.deliver.func(str(coordinator.organisation_id), str(message.pk)) is True

    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        ([RECIPIENT], "Over uw rol", "Beste Ontvanger,\n")
    ]
    message.refresh_from_db()
    assert message.sent_at is not None
    assert message.body == ""


@pytest.mark.django_db
def test_a_mail_is_sent_once_however_often_it_is_tried(coordinator):
    message = queue(coordinator)
    now = timezone.now()
    assert [attempt(message.pk, now), attempt(message.pk, now), send_due(now)] == [True, False, 0]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_mail_that_another_worker_has_in_hand_is_left_alone(coordinator):
    # given a worker that was killed after its claim
    message = queue(coordinator)
    now = timezone.now()
    Message.objects.update(attempts=1, next_attempt_at=now + FIRST_WAIT)
    # then it is sent again only when that attempt must have ended
    assert attempt(message.pk, now) is False
    assert attempt(message.pk, now + FIRST_WAIT) is True


@pytest.mark.django_db
@pytest.mark.database
def test_all_bodies_get_their_mail(coordinator, other_organisation):
    queue(coordinator)
    with organisation_scope(other_organisation.pk):
        Message.objects.create(
            organisation=other_organisation, recipient="b@x.example", subject="S", next_attempt_at=timezone.now()
        )
    assert send_due(timezone.now()) == 2
    assert sorted(sent.to[0] for sent in mail.outbox) == ["b@x.example", RECIPIENT]


@pytest.mark.django_db
def test_sent_mail_is_forgotten_after_a_month(coordinator):
    message = queue(coordinator)
    now = timezone.now()
    attempt(message.pk, now)
    send_due(now + timedelta(days=29))
    assert Message.objects.count() == 1
    send_due(now + timedelta(days=31))
    assert Message.objects.count() == 0


# -- A real mail server


@pytest.mark.django_db
def test_a_mail_arrives_at_a_mail_server(server, coordinator):
    assert attempt(queue(coordinator).pk, timezone.now()) is True
    [(recipients, content)] = server.mails
    assert recipients == [RECIPIENT]
    assert "Subject: Over uw rol" in content
    assert "Beste Ontvanger," in content


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", ["550 no such mailbox", "451 try later", "421 closing"])
def test_a_refused_mail_stays_and_goes_out_later(server, coordinator, capsys, caplog, refusal):
    # given a mail server that refuses
    server.refusal = refusal
    message, now = queue(coordinator), timezone.now()
    # when
    assert attempt(message.pk, now) is False
    # then it stays, with its text, and the log does not name the recipient
    message.refresh_from_db()
    assert (message.attempts, message.sent_at, message.body) == (1, None, "Beste Ontvanger,\n")
    assert message.next_attempt_at == now + timedelta(minutes=5)
    assert stuck_message_count() == 1
    assert RECIPIENT not in caplog.text + "".join(capsys.readouterr())
    # when the server is well again
    server.refusal = ""
    assert send_due(now + timedelta(minutes=4)) == 0
    assert send_due(now + timedelta(minutes=5)) == 1
    assert len(server.mails) == 1
    assert stuck_message_count() == 0


@pytest.mark.django_db
def test_waits_grow_and_end(settings, coordinator):
    # given no mail server at all (the port is that of no service)
    backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 1}}
    settings.MAILERS = {"default": backend}
    message, moment, waits = queue(coordinator), timezone.now(), []
    for _attempt in range(MOST_ATTEMPTS):
        assert send_due(moment) == 0
        message.refresh_from_db()
        waits.append((message.next_attempt_at - moment) // timedelta(minutes=5))
        moment = message.next_attempt_at
    assert waits == [1, 3, 9, 27, 81, 243, 729, 2187]
    assert attempt(message.pk, moment + timedelta(days=30)) is False
    message.refresh_from_db()
    assert message.attempts == MOST_ATTEMPTS


# -- The technical administrator


@pytest.fixture
def stuck(coordinator):
    message = queue(coordinator)
    Message.objects.update(attempts=MOST_ATTEMPTS, body="geheim van de inhoud")
    return message


@pytest.mark.django_db
def test_the_technical_administrator_sees_what_did_not_go_out_but_never_the_text(client_as, stuck):
    page = client_as(Role.TECHNICAL_ADMINISTRATOR).get("/werk/post/").content.decode()
    assert RECIPIENT in page
    assert "Over uw rol" in page
    assert "geheim van de inhoud" not in page


@pytest.mark.django_db
def test_mail_that_goes_as_it_should_is_not_listed(client_as, coordinator):
    queue(coordinator)
    client = client_as(Role.TECHNICAL_ADMINISTRATOR)
    assert RECIPIENT not in client.get("/werk/post/").content.decode()


@pytest.mark.django_db
def test_trying_again_gives_all_attempts_back(client_as, stuck):
    client = client_as(Role.TECHNICAL_ADMINISTRATOR)
    assert client.post(f"/werk/post/{stuck.pk}/opnieuw/").status_code == 302
    assert send_due(timezone.now()) == 1
    assert Entry.objects.get().action == "message.tried_again"


@pytest.mark.django_db
def test_discarding_removes_it(client_as, stuck):
    client = client_as(Role.TECHNICAL_ADMINISTRATOR)
    assert client.post(f"/werk/post/{stuck.pk}/weg/").status_code == 302
    assert not Message.objects.exists()
    assert Entry.objects.get().action == "message.discarded"
    assert client.post(f"/werk/post/{stuck.pk}/weg/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.TECHNICAL_ADMINISTRATOR])
def test_nobody_else_sees_it(client_as, stuck, role):
    client = client_as(role)
    answers = [client.get("/werk/post/"), client.post(f"/werk/post/{stuck.pk}/opnieuw/")]
    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.django_db
@pytest.mark.database
def test_mail_of_another_body_does_not_exist_here(client_as, other_organisation):
    with organisation_scope(other_organisation.pk):
        theirs = Message.objects.create(
            organisation=other_organisation,
            recipient="b@x.example",
            subject="S",
            attempts=3,
            next_attempt_at=timezone.now(),
        )
    client = client_as(Role.TECHNICAL_ADMINISTRATOR)
    assert "b@x.example" not in client.get("/werk/post/").content.decode()
    assert client.post(f"/werk/post/{theirs.pk}/weg/").status_code == 404


@pytest.mark.django_db
@pytest.mark.database
def test_a_mail_that_another_worker_claims_at_that_very_moment_goes_out_once(server, coordinator):
    message, now, others = queue(coordinator), timezone.now(), []

    def let_the_other_go_first(execute, sql, parameters, many, context):
        if sql.startswith("UPDATE") and not others:
            others.append("at work")
            others.append(attempt(message.pk, now))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(let_the_other_go_first):
        assert attempt(message.pk, now) is False

    assert others == ["at work", True]
    assert len(server.mails) == 1
