"""Rules in words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.retention.models import RetentionRule

MONTHS_OF_A_YEAR = 12


def term_in_words(months: int) -> str:
    """How long a term is: in years where it is whole years, else in months."""
    years, rest = divmod(months, MONTHS_OF_A_YEAR)
    if rest:
        return ngettext("%(number)d month", "%(number)d months", months) % {"number": months}
    return ngettext("%(number)d year", "%(number)d years", years) % {"number": years}


def rule_in_words(rule: RetentionRule | None) -> str:
    """What happens with the records under a rule; without one they stay."""
    if rule is None:
        return _("No rule yet: everything stays")
    if rule.months is None:
        return _("Kept for ever")
    told = {"term": term_in_words(rule.months), "start": rule.get_start_display()}
    return capfirst(_("%(term)s after %(start)s") % told)
