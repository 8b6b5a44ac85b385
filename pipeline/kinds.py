"""The closed lists of words that models use."""

from typing import Literal

PageKind = Literal["prose", "ruled_table", "unruled_table", "form", "scan", "blank"]
RowKind = Literal["body", "total", "section", "replaced"]
DocumentKind = Literal["call", "convention", "avenant", "report"]
Status = Literal[
    "planned", "in_progress", "renewed", "increased", "modified", "done", "abandoned", "unknown"
]
Stage = Literal["requested", "planned", "granted", "spent", "previous", "total_cost", "carry_over"]
StatedKind = Literal["grant", "eligible_cost", "carry_over", "total", "other"]
Change = Literal["replaced", "completed", "modified", "repealed", "added", "renumbered"]
Relation = Literal["continues", "splits", "merges"]
DecidedBy = Literal["auto", "human", "document"]
Verdict = Literal["positive", "negative", "unsure"]
Severity = Literal["error", "warning", "info"]
Role = Literal["state", "beneficiary", "partner"]
