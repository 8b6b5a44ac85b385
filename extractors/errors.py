"""What a reader raises when a document cannot be read."""


class UnreadableDocument(Exception):
    """A document that cannot be read; costs this document, never the run.

    `reason` says in French what is wrong, `advice` what to do about it, `english` both in English;
    all are whole sentences for people who run the program, without its vocabulary.
    """

    def __init__(self, reason: str, advice: str, english: str) -> None:
        super().__init__(f"{reason} {advice}")
        self.reason = reason
        self.advice = advice
        self.english = english


class UnreadablePage(UnreadableDocument):
    """A page that cannot be read; costs this page, never the document."""
