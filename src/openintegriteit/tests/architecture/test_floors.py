"""The floors of the house hold: no app reaches up or sideways, and the product does not know its tests."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[4]


@pytest.mark.slow
def test_the_contracts_of_the_floors_hold():
    lint = Path(sys.executable).with_name("lint-imports")

    outcome = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.slow
def test_the_product_does_not_import_its_tests():
    graph = grimp.build_graph("openintegriteit", cache_dir=None)
    tests = {module for module in graph.modules if "tests" in module.split(".") or module.endswith(".conftest")}

    reaching = {
        (importer, imported)
        for imported in tests
        for importer in graph.find_modules_that_directly_import(imported)
        if importer not in tests
    }

    assert reaching == set()
