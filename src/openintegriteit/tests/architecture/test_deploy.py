"""What `deploy/` starts is what the console knows, with no more rights than it needs."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from openintegriteit.config.console import parser

DEPLOY = Path(__file__).parents[4] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
CONTAINER = (DEPLOY / "Containerfile").read_text()
HARDENED = {
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "SystemCallFilter": "@system-service",
    "User": "openintegriteit",
}


def settings_of(unit):
    lines = (line.partition("=") for line in unit.read_text().splitlines() if not line.startswith(("#", "[")))
    found = {}
    for name, _equals, value in lines:
        found.setdefault(name, value)
    return found


def instructions(name):
    """The arguments of each instruction with this name, with continued lines joined."""
    return re.findall(rf"^{name} (.*)$", CONTAINER.replace("\\\n", " "), re.MULTILINE)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_is_there_with_few_rights(unit):
    says = settings_of(unit)

    command = re.search(r"bin/openintegriteit (.*?)'?$", says["ExecStart"]).group(1)
    assert parser().parse_args(shlex.split(command)).command
    assert {name: says.get(name) for name in HARDENED} == HARDENED


def test_the_timer_starts_a_unit_that_is_there():
    timers = list(DEPLOY.glob("*.timer"))

    assert timers
    assert all(timer.with_suffix(".service") in UNITS for timer in timers)


def test_the_container_runs_as_nobody_in_particular_and_from_a_plain_image():
    assert {image.split()[0] for image in instructions("FROM")} == {"python:3.13-slim"}
    assert instructions("USER") == ["10001:10001"]
    assert "--require-hashes" in CONTAINER
    assert not re.search(r"https?://(?!127\.0\.0\.1)|--index-url|--trusted-host", CONTAINER)


def test_the_container_starts_a_command_that_is_there_and_asks_after_its_health():
    [entrypoint], [command] = instructions("ENTRYPOINT"), instructions("CMD")

    assert entrypoint == '["openintegriteit"]'
    assert parser().parse_args(re.findall(r'"([^"]*)"', command)).command
    assert "/healthz" in instructions("HEALTHCHECK")[0]


def test_the_container_compiles_the_texts_of_every_app():
    asked = re.search(r"for file in \$\((find .*?)\)", CONTAINER).group(1)

    found = subprocess.run(shlex.split(asked), cwd=DEPLOY.parent, capture_output=True, text=True, check=True).stdout

    assert {DEPLOY.parent / line for line in found.split()} == set(settings.PACKAGE_DIR.rglob("*.po"))
