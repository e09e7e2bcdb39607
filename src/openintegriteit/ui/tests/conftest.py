"""The face stands on the ground floor: its tests fill the frame themselves and know no app above."""

from copy import deepcopy

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def frame_without_the_apps_above(settings: Settings) -> None:
    """Leave out the context processors of other apps."""
    templates = deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [
        "django.template.context_processors.request",
        "openintegriteit.ui.context_processors.product",
    ]
    settings.TEMPLATES = templates
