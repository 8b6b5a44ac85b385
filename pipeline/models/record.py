"""What every table of the database is made of: the record, its types, columns of several tables."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Euros = Annotated[Decimal, Field(max_digits=14, decimal_places=2)]
NonEmpty = Annotated[str, StringConstraints(min_length=1)]

# columns of several tables
InDocument = Annotated[NonEmpty, Field(description="Document / Document")]
InTable = Annotated[NonEmpty, Field(description="Tableau / Table")]
OnPage = Annotated[int, Field(description="Page / Page")]
Left = Annotated[float, Field(description="Gauche, en points / Left, in points")]
Top = Annotated[float, Field(description="Haut, en points / Top, in points")]
Right = Annotated[float, Field(description="Droite, en points / Right, in points")]
Bottom = Annotated[float, Field(description="Bas, en points / Bottom, in points")]


class Record(BaseModel):
    """A row of a table; the subclasses are the tables."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    primary_key: ClassVar[tuple[str, ...]] = ()
    foreign_keys: ClassVar[dict[str, str]] = {}
