"""Once a day a signed checkpoint leaves the machine, and the console compares what was kept with the log of now."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from openintegriteit.config import checkpoints
from openintegriteit.config.checkpoints import sign_checkpoints, verify_all
from openintegriteit.config.console import run
from openintegriteit.core.roles import Actor, console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.event_log.operations import record
from openintegriteit.messages.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def as_installed(monkeypatch):
    """The console within a test: the framework has been set up already."""
    monkeypatch.setattr("openintegriteit.config.console.django.setup", lambda: None)


@pytest.fixture
def noor(organisation):
    return Actor("1", "Noor", organisation.pk)


def write(actor, number):
    for index in range(number):
        record(actor=actor, action="measure.created", subject="programme.measure", label=f"regel {index}")


def files(settings):
    return sorted((settings.DATA_DIR / "checkpoints").glob("*"))


def behind_its_back(*statements):
    """What somebody with access to the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER event_log_no_update")
            cursor.execute("DROP TRIGGER event_log_no_delete")
        else:
            cursor.execute("ALTER TABLE event_log_entry DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement)


def verify(capsys, *options):
    code = run(["event-log", "verify", *options])
    return code, capsys.readouterr().out


class TestSigning:
    """The job of the worker."""

    def test_each_chain_once_a_day_whoever_asks_how_often(self, organisation, noor, settings):
        write(noor, 3)
        with organisation_scope(None):
            record(actor=console_actor(None), action="backup.made", subject="backup")

        assert [sign_checkpoints(NOW), sign_checkpoints(NOW + timedelta(hours=9))] == [2, 0]
        (file,) = files(settings)
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        assert file.name == "controlepunten-2026-11-25.jsonl"
        assert {(line["chain"], line["length"]) for line in lines} == {(str(organisation.pk), 3), ("installation", 1)}
        assert sign_checkpoints(NOW + timedelta(days=1)) == 2
        assert len(files(settings)) == 2

    def test_the_day_is_that_of_the_netherlands(self, noor, settings):
        write(noor, 1)

        sign_checkpoints(datetime(2026, 7, 1, 22, 30, tzinfo=UTC))

        assert files(settings)[0].name == "controlepunten-2026-07-02.jsonl"

    def test_an_empty_log_has_none(self, organisation, settings):
        assert sign_checkpoints(NOW) == 0
        assert files(settings) == []

    def test_a_mail_for_each_body_with_its_own_chain_only(self, organisation, other_organisation, noor, settings):
        settings.CHECKPOINT_MAIL = "ict@proef.example"
        write(noor, 2)
        with organisation_scope(None):
            record(actor=console_actor(None), action="backup.made", subject="backup")
        with organisation_scope(other_organisation.pk):
            write(Actor("2", "Ali", other_organisation.pk), 1)
        verify_all()

        sign_checkpoints(NOW)
        sign_checkpoints(NOW)

        mail = Message.objects.get()
        assert mail.recipient == "ict@proef.example"
        assert str(organisation.pk) in mail.body
        assert '"installation"' in mail.body
        assert str(other_organisation.pk) not in mail.body
        assert "klopte bij de laatste controle" in mail.body
        with organisation_scope(other_organisation.pk):
            assert str(organisation.pk) not in Message.objects.get().body

    def test_the_mail_says_when_the_log_is_not_right(self, organisation, noor, settings):
        settings.CHECKPOINT_MAIL = "ict@proef.example"
        write(noor, 3)
        behind_its_back("UPDATE event_log_entry SET action = 'x' WHERE number = 2")
        verify_all()

        sign_checkpoints(NOW)

        assert "LET OP: het logboek klopt niet vanaf regel 2" in Message.objects.get().body

    def test_a_disk_that_refuses_leaves_the_day_open(self, noor, settings, tmp_path):
        write(noor, 1)
        (tmp_path / "checkpoints").write_text("een bestand waar de map moet komen")

        with pytest.raises(OSError):
            sign_checkpoints(NOW)

        assert Chain.objects.get().checkpointed_on is None
        assert not Message.objects.exists()


class TestVerifying:
    """`event-log verify --checkpoint`."""

    @pytest.fixture
    def kept(self, noor, settings, tmp_path):
        """A checkpoint of the third line, kept elsewhere; two more lines came after it."""
        settings.CHECKPOINT_DIR = tmp_path / "elders"
        write(noor, 3)
        sign_checkpoints(NOW)
        write(noor, 2)
        return str(tmp_path / "elders")

    def test_a_log_that_grew_holds_it(self, kept, capsys):
        code, told = verify(capsys, "--checkpoint", kept)

        assert (code, "Alle 1 controlepunten kloppen" in told) == (0, True)
        assert Chain.objects.get().verified_entries == 5

    def test_a_log_that_was_cut_off_is_caught(self, kept, capsys, organisation):
        behind_its_back("DELETE FROM event_log_entry WHERE number > 2")
        last = Entry.objects.order_by("-number").first()
        Chain.objects.update(length=2, last_hash=last.hash)

        assert verify(capsys)[0] == 0  # the chain itself holds
        code, told = verify(capsys, "--checkpoint", kept)

        assert code == 1
        assert "regel 3) noemt een regel die er niet meer is" in told

    def test_a_log_that_was_made_anew_is_caught(self, kept, capsys, noor):
        behind_its_back("DELETE FROM event_log_entry")
        Chain.objects.update(length=0, last_hash="0" * 64)
        write(Actor("9", "Iemand anders", noor.organisation_id), 9)

        assert verify(capsys)[0] == 0
        code, told = verify(capsys, "--checkpoint", kept)

        assert code == 1
        assert "noemt een andere inhoud van die regel" in told

    def test_one_changed_line_is_named_first(self, kept, capsys):
        behind_its_back("UPDATE event_log_entry SET actor_label = 'Ali' WHERE number = 2")

        code, told = verify(capsys, "--checkpoint", kept)

        assert code == 1
        assert "regel 2 is veranderd" in told

    def test_a_checkpoint_that_was_changed_is_caught(self, kept, capsys, settings):
        (file,) = settings.CHECKPOINT_DIR.iterdir()
        file.write_text(file.read_text().replace('"length": 3', '"length": 4'))

        code, told = verify(capsys, "--checkpoint", str(file))

        assert code == 1
        assert "heeft een ondertekening die niet klopt" in told

    def test_after_a_new_key_the_old_public_key_is_given(self, kept, capsys):
        run(["event-log", "public-key"])
        old = capsys.readouterr().out.strip()
        checkpoints.key_file().unlink()
        run(["event-log", "public-key"])
        new = capsys.readouterr().out.strip()
        assert new != old

        assert verify(capsys, "--checkpoint", kept)[0] == 1
        assert verify(capsys, "--checkpoint", kept, "--public-key", new)[0] == 1
        assert verify(capsys, "--checkpoint", kept, "--public-key", new, "--public-key", old)[0] == 0

    def test_one_body_is_compared_with_its_own(self, kept, capsys, organisation, other_organisation):
        assert verify(capsys, "--checkpoint", kept, "--organisation", organisation.name)[0] == 0
        assert run(["event-log", "verify", "--checkpoint", kept, "--organisation", other_organisation.name]) == 1
        assert "geen controlepunt van deze organisatie" in capsys.readouterr().err

    @pytest.mark.parametrize("options", [("--checkpoint", "/nergens"), ("--checkpoint", "{kept}", "--public-key", "x")])
    def test_a_wrong_call_says_what_to_do(self, kept, capsys, options):
        assert run(["event-log", "verify", *(option.format(kept=kept) for option in options)]) == 1
        assert "Traceback" not in capsys.readouterr().err


def test_the_console_makes_one_now(noor, settings, capsys):
    write(noor, 1)

    assert run(["event-log", "checkpoint"]) == 0
    assert "1 controlepunten van vandaag staan in" in capsys.readouterr().out
    assert run(["event-log", "checkpoint"]) == 0
    assert "stonden al" in capsys.readouterr().out


def test_a_spoiled_key_is_refused_with_words(noor, settings, capsys):
    write(noor, 1)
    checkpoints.key_file().write_text("onzin")

    for command in (["event-log", "checkpoint"], ["event-log", "public-key"]):
        assert run(command) == 1
        assert "Zet de goede terug" in capsys.readouterr().err


def test_every_chain_keeps_its_outcome(noor, other_organisation):
    write(noor, 2)
    started = timezone.now()

    outcomes = verify_all()

    assert [outcome.first_bad for outcome in outcomes] == [None, None, None]
    assert Chain.objects.get().verified_at >= started
