"""The rule of the body in plain words, in the language of the screen."""

from django.utils.translation import gettext as _

from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.gifts.models import GiftRule
from openintegriteit.ui.amounts import euros


def rule_in_words(rule: GiftRule | None, regime: Regime) -> list[str]:
    """What somebody under the regime may do, a sentence at a time. None: the body has no rule."""
    if rule is None:
        return [_no_rule(regime)]
    lines = [_limit_of_officials(rule) if regime == Regime.OFFICIALS else _limit_of_office_holders(rule)]
    if rule.never_at_home:
        lines.append(_("Never let anything be sent to your home."))
    if rule.exempt:
        lines.append(_("You need not declare this: %(exempt)s") % {"exempt": rule.exempt})
    if rule.source:
        lines.append(_("You find this in: %(source)s") % {"source": rule.source})
    return lines


def _no_rule(regime: Regime) -> str:
    if regime == Regime.OFFICIALS:
        return _("Your organisation has not recorded a rule here. So you accept nothing without consent.")
    return _("Your organisation has not recorded a rule here. The code of conduct says what you may keep.")


def _limit_of_officials(rule: GiftRule) -> str:
    if not rule.limit:
        return _("You accept nothing without consent.")
    limit = {"limit": euros(rule.limit)}
    if rule.consent_below_limit:
        return _("You accept nothing without consent. Is it worth more than %(limit)s? Then refuse it.") % limit
    return _("Up to %(limit)s you may keep a gift without consent. Is it worth more? Then you need consent.") % limit


def _limit_of_office_holders(rule: GiftRule) -> str:
    if not rule.limit:
        return _("You keep nothing. Refuse it, return it, or give it to your organisation.")
    limit = {"limit": euros(rule.limit)}
    return (
        _("Up to %(limit)s you may keep a gift. Refuse or return what is worth more, or give it to your organisation.")
        % limit
    )
