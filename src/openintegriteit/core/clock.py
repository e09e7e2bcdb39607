"""The day as people in the Netherlands know it. Instants are stored in UTC."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today's date on the Europe/Amsterdam calendar (the project's time zone)."""
    return timezone.localdate()
