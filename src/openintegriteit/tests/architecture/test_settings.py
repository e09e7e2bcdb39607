"""Outside demo mode the product does not start on unsafe settings, and says what to do."""

import os
import subprocess
import sys

import pytest

SECRET = "een-geheim-van-meer-dan-vijftig-tekens-0123456789-abcdefghijklmnop"
SHOW = """
from openintegriteit.config import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, hasattr(s, "SECURE_HSTS_SECONDS"), s.DEBUG)
"""


def start(tmp_path, **variables):
    """Read the settings in a process of its own, with these variables only."""
    environment = {"PATH": os.environ["PATH"], "OPENINTEGRITEIT_DATA_DIR": str(tmp_path / "data")}
    environment |= {f"OPENINTEGRITEIT_{name}": value for name, value in variables.items()}
    return subprocess.run([sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({}, "OPENINTEGRITEIT_SECRET_KEY ontbreekt of is te kort"),
        ({"SECRET_KEY": "kort"}, "OPENINTEGRITEIT_SECRET_KEY ontbreekt of is te kort"),
        ({"SECRET_KEY": "a" * 60}, "OPENINTEGRITEIT_SECRET_KEY ontbreekt of is te kort"),
        ({"SECRET_KEY": SECRET, "HOSTS": "*"}, "OPENINTEGRITEIT_HOSTS mag geen * bevatten"),
        ({"SECRET_KEY": SECRET, "HOSTS": "een.example,.proef.example"}, "geen naam die met een punt begint"),
        ({"SECRET_KEY": SECRET, "REST_MINUTES": "0"}, "een heel getal van 5 tot en met 480"),
        ({"SECRET_KEY": SECRET, "REST_MINUTES": "lang"}, "een heel getal van 5 tot en met 480"),
        ({"SECRET_KEY": SECRET, "DATABASE_URL": "mysql://x/y"}, "OPENINTEGRITEIT_DATABASE_URL is geen adres"),
    ],
)
def test_unsafe_settings_stop_the_start(tmp_path, variables, message):
    outcome = start(tmp_path, **variables)

    assert outcome.returncode == 1
    assert message in outcome.stderr


def test_safe_settings_start_with_cookies_for_https_only(tmp_path):
    outcome = start(tmp_path, SECRET_KEY=SECRET, HOSTS="integriteit.proef.example")

    assert outcome.stdout.split() == ["__Host-session", "__Host-csrftoken", "True", "True", "False"]


def test_the_policy_for_content_names_no_other_host_and_nothing_unsafe(settings):
    sources = {source for allowed in settings.SECURE_CSP.values() for source in allowed}

    assert sources == {"'self'", "'none'", "data:"}


def test_the_demonstration_keeps_a_secret_of_its_own(tmp_path):
    first, second = tmp_path / "een", tmp_path / "twee"

    outcomes = [start(folder, DEMO="1") for folder in (first, second)]

    assert [outcome.stdout.split() for outcome in outcomes] == [["session", "csrftoken", "False", "False", "False"]] * 2
    secrets = [folder / "data" / "demo-secret-key" for folder in (first, second)]
    assert secrets[0].read_text() != secrets[1].read_text()
    assert oct(secrets[0].stat().st_mode & 0o777) == "0o600"
