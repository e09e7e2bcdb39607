"""Reports on the console: the overview of a part of a year, and what is said to a call that names none."""

import pytest

from openintegriteit.config.console import run

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def set_up_already(monkeypatch):
    monkeypatch.setattr("openintegriteit.config.console.django.setup", lambda: None)


def test_the_overview_of_a_half_year_is_written(organisation, tmp_path, capsys) -> None:
    file = tmp_path / "halfjaar.html"

    assert run(["report", "period", "--period", "2026-h1", "--format", "html", "--output", str(file)]) == 0

    assert "eerste halfjaar van 2026" in file.read_text()
    assert f"De tussenstand van 2026-h1 staat in {file}." in capsys.readouterr().out


@pytest.mark.parametrize("part", [[], ["--period", "2026-h3"], ["--period", "eerste halfjaar"], ["--period", "2026"]])
def test_what_names_no_part_of_a_year_is_told_how_to_name_one(organisation, tmp_path, capsys, part) -> None:
    file = tmp_path / "deel.html"

    assert run(["report", "period", *part, "--format", "html", "--output", str(file)]) == 1

    assert "2026-h1" in capsys.readouterr().err
    assert not file.exists()


def test_an_annual_report_has_no_part(organisation, tmp_path, capsys) -> None:
    call = ["report", "annual", "--period", "2026-h1", "--output", str(tmp_path / "jaar.pdf")]

    assert run(call) == 1

    assert "report period --period" in capsys.readouterr().err
