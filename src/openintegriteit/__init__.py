"""Open Integriteit: integrity management for Dutch public bodies."""

__version__ = "0.1.0"
