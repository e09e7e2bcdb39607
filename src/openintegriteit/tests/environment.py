"""The environment in which the settings are read when tests run; loaded by pytest before anything else."""

import os
import tempfile

os.environ["OPENINTEGRITEIT_DEMO"] = "1"  # plain http for the test client and the browser
os.environ["OPENINTEGRITEIT_DATA_DIR"] = tempfile.mkdtemp(prefix="openintegriteit-tests-")
os.environ.setdefault("OPENINTEGRITEIT_LOG_LEVEL", "WARNING")
