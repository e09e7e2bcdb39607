"""The registers that can be brought in from a file, by their name in addresses."""

from collections.abc import Mapping

from openintegriteit.registers.declarations.importers import RegisterFile
from openintegriteit.registers.gifts.importers import FILE as GIFTS
from openintegriteit.registers.interests.importers import FILE as INTERESTS
from openintegriteit.registers.outside_positions.importers import FILE as OUTSIDE_POSITIONS
from openintegriteit.registers.prohibited_acts.importers import FILE as PROHIBITED_ACTS

FILES: Mapping[str, RegisterFile] = {file.slug: file for file in (OUTSIDE_POSITIONS, GIFTS, INTERESTS, PROHIBITED_ACTS)}
BY_REGISTER: Mapping[str, RegisterFile] = {str(file.register): file for file in FILES.values()}
