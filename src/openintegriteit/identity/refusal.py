"""Saying no, in words for the person who asked."""


class Refused(Exception):
    """A change of accounts or roles that a rule forbids. The message is translated and says why."""
