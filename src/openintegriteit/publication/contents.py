"""Everything that a body makes public. A new register adds itself to the list."""

from openintegriteit.accountability.published import ANNUAL_REPORTS
from openintegriteit.core.contracts import PublicRegister
from openintegriteit.policy.published import REGULATIONS
from openintegriteit.registers.gifts.published import TO_OFFICE_HOLDERS
from openintegriteit.registers.outside_positions.published import (
    INCOME_OF_OFFICE_HOLDERS,
    OF_DESIGNATED_OFFICIALS,
    OF_OFFICE_HOLDERS,
)

REGISTERS: tuple[PublicRegister, ...] = (
    OF_OFFICE_HOLDERS,
    INCOME_OF_OFFICE_HOLDERS,
    OF_DESIGNATED_OFFICIALS,
    TO_OFFICE_HOLDERS,
    REGULATIONS,
    ANNUAL_REPORTS,
)
BY_KEY = {register.key: register for register in REGISTERS}
