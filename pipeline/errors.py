"""Errors for people."""

from pipeline.language import said


class FiliationError(Exception):
    """What is wrong, where, and what to do, in one line of French and one of English; the command
    shows the line of the language spoken and ends with code 1."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(french, english)
        self.french, self.english = french, english

    def __str__(self) -> str:
        return said(self.french, self.english)
