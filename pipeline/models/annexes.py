"""The tables of an act's annexes as they stand: their columns and cells."""

from pydantic import Field

from pipeline.kinds import RowKind
from pipeline.models.record import Bottom, InDocument, InTable, Left, NonEmpty, Record, Right, Top


class AnnexTable(Record):
    """Tableau d'annexe, coupures de page réparées / Annex table, page breaks healed."""

    primary_key = ("table_id",)
    foreign_keys = {"document_id": "document"}
    table_id: NonEmpty = Field(description="Identifiant du tableau / Table identifier")
    document_id: InDocument
    annex: str | None = Field(None, description="Numéro d'annexe / Annex number")
    title: str | None = Field(None, description="Titre du tableau / Title of the table")
    page_first: int = Field(description="Première page / First page")
    page_last: int = Field(description="Dernière page / Last page")
    row_count: int = Field(
        description="Lignes hors en-tête et intertitres / Rows besides head and section titles"
    )
    column_count: int = Field(description="Nombre de colonnes / Number of columns")
    extractor: str = Field(description="Lecteur retenu / Reader that was kept")
    agreement: float | None = Field(
        None,
        description="Part des cellules sur lesquelles deux lecteurs s'accordent ; vide où le "
        "dessin et les totaux du tableau n'admettent qu'une lecture / Share of cells on which two "
        "readers agree; empty where the table's drawing and totals leave one reading only",
    )
    characters: int = Field(
        description="Caractères dans l'emprise du tableau / Characters inside the table's area"
    )
    characters_in_cells: int = Field(
        description="Caractères rendus dans les cellules / Characters that ended in cells"
    )


class AnnexColumn(Record):
    """Colonne d'un tableau et champ qui l'explique / Column of a table and its field."""

    primary_key = ("table_id", "column_index")
    foreign_keys = {"table_id": "annex_table"}
    table_id: InTable
    column_index: int = Field(description="Colonne, à partir de 1 / Column, from 1")
    header: str | None = Field(None, description="Intitulé / Heading")
    field: str | None = Field(
        None, description="Champ reconnu ; NULL si rien n'explique / Field; NULL where unexplained"
    )
    exercise: str | None = Field(
        None, description="Exercice que l'intitulé nomme / Exercise that the heading names"
    )
    similarity: float | None = Field(
        None, description="Ressemblance au vocabulaire, 0 à 1 / Likeness to the vocabulary, 0 to 1"
    )
    unit: int = Field(
        1,
        description="Euros que vaut 1 dans la colonne : 1000 si elle est en k€ / "
        "Euros that 1 stands for in the column: 1000 where it is in k€",
    )
    adds_up: str | None = Field(
        None,
        description="Colonnes dont elle est la somme sur chaque ligne, p. ex. 3+4+5 / "
        "Columns that it adds up on every row, e.g. 3+4+5",
    )


class Cell(Record):
    """Cellule d'un tableau d'annexe / Cell of an annex table."""

    primary_key = ("table_id", "row_index", "column_index")
    foreign_keys = {"table_id": "annex_table"}
    table_id: InTable
    row_index: int = Field(description="Ligne, à partir de 1 / Row, from 1")
    column_index: int = Field(description="Colonne, à partir de 1 / Column, from 1")
    header: str | None = Field(None, description="Intitulé de la colonne / Column heading")
    text: str | None = Field(None, description="Texte / Text")
    bold: bool = Field(description="En gras / In bold")
    row_kind: RowKind = Field(
        description="Ligne ordinaire, total, version remplacée par la suivante, ou texte sur toute "
        "la largeur sous la dernière ligne / "
        "Entry, totals row, wording that the next row replaces, or text across below the last row"
    )
    section: str | None = Field(
        None, description="Intertitre au-dessus de la ligne / Section title above the row"
    )
    page: int = Field(description="Page où la cellule commence / Page where the cell begins")
    x0: Left
    top: Top
    x1: Right
    bottom: Bottom
    confidence: float | None = Field(None, description="Confiance de l'OCR / OCR confidence")
    note: str | None = Field(
        None, description="Notes que la cellule appelle / Notes that the cell calls"
    )
