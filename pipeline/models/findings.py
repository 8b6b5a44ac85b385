"""What is contradictory in the documents, or doubtful in their reading."""

from pydantic import Field

from pipeline.kinds import Severity
from pipeline.models.record import NonEmpty, Record


class Finding(Record):
    """Contradiction des documents ou lecture incertaine /
    Contradiction of the documents, or doubtful reading."""

    primary_key = ("finding_id",)
    finding_id: NonEmpty = Field(description="Identifiant stable / Stable identifier")
    rule: NonEmpty = Field(description="Règle / Rule")
    severity: Severity = Field(description="Gravité / Severity")
    document_id: str | None = Field(None, description="Document / Document")
    action_id: str | None = Field(None, description="Action / Action")
    article_number: str | None = Field(None, description="Article / Article")
    page: int | None = Field(None, description="Page / Page")
    message: str = Field(description="Message en français / Message, in French")
    expected: str | None = Field(None, description="Valeur attendue / Expected value")
    observed: str | None = Field(None, description="Valeur observée / Observed value")
