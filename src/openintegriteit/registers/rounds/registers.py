"""The registers that a round can ask about, with their pages."""

from collections.abc import Mapping
from typing import Any

from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.declarations.pages import RegisterPages
from openintegriteit.registers.gifts.views import PAGES as GIFTS
from openintegriteit.registers.interests.views import PAGES as INTERESTS
from openintegriteit.registers.outside_positions.views import PAGES as OUTSIDE_POSITIONS
from openintegriteit.registers.prohibited_acts.views import PAGES as PROHIBITED_ACTS

PAGES: Mapping[str, RegisterPages[Any]] = {
    RegisterKey.OUTSIDE_POSITIONS: OUTSIDE_POSITIONS,
    RegisterKey.GIFTS: GIFTS,
    RegisterKey.INTERESTS: INTERESTS,
    RegisterKey.PROHIBITED_ACTS: PROHIBITED_ACTS,
}
