"""Links in mails of the demonstration lead to the port that is served, also from the processes that `serve` starts."""

import os
import socket
import subprocess
import sys

import pytest

SERVE = """
import os, sys
from openintegriteit.config.console import run
os.environ["DJANGO_SETTINGS_MODULE"] = "openintegriteit.config.settings"
run(["serve", "--port", sys.argv[1]])  # the port is taken, so this comes back
from django.conf import settings
print(settings.SITE_ADDRESS, os.environ.get("OPENINTEGRITEIT_ADDRESS"))
"""


def address_in_mails(tmp_path, **variables):
    """The port, and where links lead: by the settings, and as the processes that are started are told."""
    environment = {"PATH": os.environ["PATH"], "OPENINTEGRITEIT_DATA_DIR": str(tmp_path)}
    environment |= {f"OPENINTEGRITEIT_{name}": value for name, value in variables.items()}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-c", SERVE, str(port)]
        printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return port, printed.splitlines()[-1].split()


def test_the_demonstration_names_the_port_that_is_served(tmp_path):
    port, addresses = address_in_mails(tmp_path, DEMO="1")

    assert addresses == [f"http://localhost:{port}"] * 2


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({"DEMO": "1", "ADDRESS": "http://voorbeeld.example"}, "http://voorbeeld.example"),
        ({"SECRET_KEY": "abcdefghij" * 6, "HOSTS": "integriteit.proef.example"}, "https://integriteit.proef.example"),
    ],
)
def test_an_address_that_was_set_and_a_real_installation_keep_theirs(tmp_path, variables, address):
    _port, addresses = address_in_mails(tmp_path, **variables)

    assert addresses[0] == address
