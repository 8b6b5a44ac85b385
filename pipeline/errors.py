"""Errors for people."""


class FiliationError(Exception):
    """What is wrong, where, and what to do, in one French line; the command ends with code 1."""
