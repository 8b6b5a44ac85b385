"""The contract: every table of the database, one class a table.

`normalize` and `link` write these records, `load` stores them. The DDL, the comments and the data
dictionary are generated from the classes (`pipeline/schema.py`), so a column is described here and
nowhere else. A class docstring and a field description read "French / English". What `extract`
writes before is in `pipeline/extracted.py`.

Amounts are euros with two decimals. An unknown is None, never 0 and never "".
"""

from pipeline.models.actions import (
    Action,
    ActionPilot,
    Funding,
    Mention,
    Organisation,
    OrganisationAlias,
)
from pipeline.models.annexes import AnnexColumn, AnnexTable, Cell
from pipeline.models.documents import (
    Article,
    Document,
    DocumentFact,
    Furniture,
    HiddenArea,
    PageRecord,
    Signatory,
    StatedAmount,
    StatedChange,
    StatedFate,
    Territory,
)
from pipeline.models.findings import Finding
from pipeline.models.links import CandidatePair, Judgement, Lineage, Link
from pipeline.models.record import Record

TABLES: tuple[type[Record], ...] = (
    Territory,
    Document,
    DocumentFact,
    Signatory,
    Article,
    StatedAmount,
    StatedChange,
    StatedFate,
    PageRecord,
    Furniture,
    HiddenArea,
    AnnexTable,
    AnnexColumn,
    Cell,
    Organisation,
    OrganisationAlias,
    Action,
    ActionPilot,
    Funding,
    Mention,
    Link,
    CandidatePair,
    Lineage,
    Judgement,
    Finding,
)  # in an order that satisfies the foreign keys
