"""Tables without a domain: when the jobs of the worker ran. Reference rows: they belong to the installation."""

from django.db import models


class ScheduledJob(models.Model):
    """When a job last ran, and who is running it until when at the latest (the lease)."""

    name = models.CharField(max_length=100, unique=True)
    last_run_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_holder = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lease_has_holder",
                condition=models.Q(lease_until__isnull=True, lease_holder="")
                | (models.Q(lease_until__isnull=False) & ~models.Q(lease_holder="")),
            )
        ]

    def __str__(self) -> str:
        return self.name
