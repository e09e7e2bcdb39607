"""What is kept beside a record: added, never changed, and withdrawn with a reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.tenancy import TenantModel


class KeptThing(TenantModel):
    """A thing with its name and where it is kept. Each kind has its own constraint that a withdrawal tells why."""

    title = models.CharField(_("what it is"), max_length=200)
    place = models.CharField(_("where it is kept"), max_length=300)
    author = models.CharField(_("by"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_why = models.CharField(_("why withdrawn"), max_length=300, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_web_address(self) -> bool:
        """Whether the place is an address that a browser can open."""
        return self.place.startswith(("https://", "http://"))
