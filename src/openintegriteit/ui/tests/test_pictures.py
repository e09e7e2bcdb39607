"""Charts on pages: drawn by the worker, asked for once."""

from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from openintegriteit.core.documents.chart import BarChart, Series
from openintegriteit.ui.pictures import draw, picture_of

HOSTILE = "</text><script>alert(1)</script>"
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_picture_is_asked_for_once_and_shown_when_it_is_drawn():
    body, chart = uuid4(), BarChart("Meldingen", "Jaar", ("2024", "2025"), (Series("meldingen", (2, 3)),))

    pictures = [picture_of(chart, body=body) for _visit in range(3)]
    (task,) = DBTaskResult.objects.all()
    draw.call(*task.args_kwargs["args"])

    assert [picture.svg for picture in pictures] == ["", "", ""]
    assert picture_of(chart, body=body).svg.startswith("<svg")


def test_the_words_in_a_picture_are_words():
    body = uuid4()
    series = (Series(HOSTILE, (2, 3)), Series(f"{HOSTILE} 2", (1, 1)))
    chart = BarChart(HOSTILE, HOSTILE, (HOSTILE, f"{HOSTILE} 2"), series, unit=HOSTILE)

    picture_of(chart, body=body)
    (task,) = DBTaskResult.objects.all()
    draw.call(*task.args_kwargs["args"])

    assert "<script" not in picture_of(chart, body=body).svg
