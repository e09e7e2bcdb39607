"""Numbers of a part of a year, told so roughly that no small number can be read or computed back.

Later somebody knows the exact number of the whole year, and a hiding that looked safe in July no longer is: the year
less the first half tells the second half. Hiding cells as `disclosure` does cannot help, because what comes later is
not there yet to hide. So a part of a year is told in steps of ten, always, whatever the number is.

That is enough for half-years within a year, quarters within a half-year and months within a quarter, all told side by
side: whoever subtracts steps from the total of the year keeps a range. It shrinks to one number only where every part
lies at the same end of its step, and there a small number is nought or nine, never one to four (the tests try all).
"""

STEP = 10


def band_of(number: int) -> tuple[int, int]:
    """The lowest and the highest number of the step in which a count lies. Raises ValueError for a negative count."""
    if number < 0:
        raise ValueError("A count cannot be negative.")
    lowest = number // STEP * STEP
    return lowest, lowest + STEP - 1
