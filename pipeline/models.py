"""The contract: every table of the database, one class a table.

`normalize` and `link` write these records, `load` stores them. The DDL, the comments and the data
dictionary are generated from the classes (`pipeline/schema.py`), so a column is described here and
nowhere else. A class docstring and a field description read "French / English". What `extract`
writes before is in `pipeline/extracted.py`.

Amounts are euros with two decimals. An unknown is None, never 0 and never "".
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pipeline.kinds import (
    DecidedBy,
    DocumentKind,
    PageKind,
    Relation,
    Role,
    RowKind,
    Severity,
    Stage,
    StatedKind,
    Status,
    Verdict,
)

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


class Territory(Record):
    """Territoire signataire (collectivité) / Signing territory (local authority)."""

    primary_key = ("territory_id",)
    territory_id: NonEmpty = Field(description="SIREN de la collectivité / SIREN of the authority")
    name: str = Field(description="Nom officiel, sans article / Official name, without article")
    short_name: str | None = Field(None, description="Nom d'usage ou sigle / Usual name or acronym")
    kind: str | None = Field(
        None, description="Nature : métropole, département, commune… / Kind of authority"
    )
    department_code: str | None = Field(None, description="Code département / Department code")
    region_code: str | None = Field(None, description="Code région INSEE / INSEE region code")


class Document(Record):
    """Document source (convention, avenant, appel, rapport) / Source document."""

    primary_key = ("document_id",)
    foreign_keys = {"territory_id": "territory"}
    document_id: NonEmpty = Field(
        description="Identifiant tiré du nom de fichier / Slug of the file name"
    )
    territory_id: str | None = Field(None, description="Territoire signataire / Signing territory")
    kind: DocumentKind = Field(description="Nature du document / Kind of document")
    title: str | None = Field(None, description="Titre de l'acte / Title of the act")
    amends_document_id: str | None = Field(
        None, description="Convention que l'avenant modifie / Convention that the avenant amends"
    )
    copy_of: str | None = Field(
        None,
        description="Acte dont ce fichier est une copie ; les actions ne comptent que là / "
        "Act that this file is a copy of; the actions count only there",
    )
    period_start: int | None = Field(
        None, description="Première année de la période / First year of the period"
    )
    period_end: int | None = Field(
        None, description="Dernière année de la période / Last year of the period"
    )
    exercise: str | None = Field(
        None, description="Exercice financé par l'acte / Exercise that the act funds"
    )
    signed_on: date | None = Field(None, description="Date de signature / Date of signature")
    received_on: date | None = Field(
        None, description="Tampon du contrôle de légalité / Stamp of the legality control"
    )
    deliberation_ref: str | None = Field(
        None, description="Numéro de délibération / Reference of the deliberation"
    )
    deliberation_on: date | None = Field(
        None, description="Date de délibération / Date of the deliberation"
    )
    state_representative: str | None = Field(
        None,
        description="Représentant de l'État (personne), s'il est nommé / "
        "The State's representative, where named",
    )
    beneficiary: str | None = Field(
        None, description="Bénéficiaire chef de file / Lead beneficiary"
    )
    beneficiary_representative: str | None = Field(
        None, description="Représentant du bénéficiaire / The beneficiary's representative"
    )
    siret: str | None = Field(
        None, description="SIRET écrit dans l'acte / SIRET as written in the act"
    )
    programme: str | None = Field(None, description="Programme budgétaire / Budget programme")
    programme_named: Literal["title", "text"] | None = Field(
        None,
        description="Où l'acte nomme le Logement d'abord / Where the act names Logement d'abord",
    )
    budget_action: str | None = Field(None, description="Action budgétaire / Budget action")
    activity_code: str | None = Field(None, description="Activité de programmation / Activity code")
    pce_account: str | None = Field(None, description="Compte PCE / PCE account")
    iban_masked: str | None = Field(None, description="IBAN masqué / Masked IBAN")
    iban_valid: bool | None = Field(
        None, description="Clé de l'IBAN exacte / IBAN checksum is right"
    )
    rib_masked: str | None = Field(
        None, description="RIB masqué / Masked French account number (RIB)"
    )
    rib_valid: bool | None = Field(None, description="Clé du RIB exacte / RIB key is right")
    bic: str | None = Field(None, description="Code BIC / BIC code")
    filename: str = Field(description="Nom du fichier / File name")
    sha256: str = Field(description="Empreinte du fichier / Hash of the file")
    page_first: int = Field(
        1, description="Page du fichier où l'acte commence / Page of the file where the act begins"
    )
    page_count: int = Field(description="Nombre de pages / Number of pages")
    ocr_page_count: int = Field(description="Pages lues par OCR / Pages read by OCR")
    extractor_version: str = Field(description="Version de l'extracteur / Extractor version")


class DocumentFact(Record):
    """Ce que le texte dit de l'acte, et où : valeur de chaque colonne de document /
    What the text says of the act, and where: the value of each column of document."""

    primary_key = ("document_id", "name")
    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    name: NonEmpty = Field(description="Colonne de document / Column of document")
    value: str = Field(description="Valeur, telle que lue / Value, as read")
    page: OnPage
    x0: Left
    top: Top
    x1: Right
    bottom: Bottom


class Signatory(Record):
    """Partie à l'acte / Party to the act."""

    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    role: Role = Field(description="Rôle : État, bénéficiaire, partenaire / Role")
    organisation: str | None = Field(None, description="Organisation / Organisation")
    representative: str | None = Field(
        None, description="Personne qui représente / Person who represents"
    )
    office: str | None = Field(None, description="Qualité du représentant / Office held")


class Article(Record):
    """Article de l'acte ; '0' est le préambule / Article of the act; '0' is the preamble."""

    primary_key = ("document_id", "number")
    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    number: NonEmpty = Field(description="Numéro, p. ex. 2.2.1 / Number, e.g. 2.2.1")
    title: str | None = Field(None, description="Titre / Title")
    parent_number: str | None = Field(None, description="Article parent / Parent article")
    position: int = Field(description="Rang dans l'acte / Rank in the act")
    text: str | None = Field(None, description="Texte intégral / Full text")
    page_first: int = Field(description="Première page / First page")
    page_last: int = Field(description="Dernière page / Last page")
    x0: float | None = Field(
        None, description="Gauche du titre, en points / Left of the heading, in points"
    )
    top: float | None = Field(None, description="Haut du titre / Top of the heading")
    x1: float | None = Field(None, description="Droite du titre / Right of the heading")
    bottom: float | None = Field(None, description="Bas du titre / Bottom of the heading")


class StatedAmount(Record):
    """Somme écrite dans un article / Sum that an article states in prose."""

    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    article_number: NonEmpty = Field(description="Article qui l'énonce / Article that states it")
    kind: StatedKind = Field(description="Nature de la somme / Kind of sum")
    exercise: str | None = Field(None, description="Exercice concerné / Exercise concerned")
    amount_eur: Euros = Field(description="Montant en euros / Amount in euros")
    quote: str = Field(description="Phrase citée / Quoted sentence")
    page: OnPage


class StatedEnd(Record):
    """Fin d'une action qu'un article énonce : « La fiche 6 est achevée » /
    End of an action that an article states."""

    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    article_number: str | None = Field(
        None,
        description="Article qui l'énonce ; NULL pour un tableau de correspondance / "
        "Article that states it; NULL for a table of correspondence",
    )
    reference_key: str | None = Field(
        None,
        description="Référence de l'action, comme action.reference_key / "
        "Reference of the action, as action.reference_key",
    )
    name: str | None = Field(
        None,
        description="Sinon son intitulé, entre guillemets dans l'article / "
        "Else its name, in quotation marks in the article",
    )
    quote: str = Field(description="Phrase citée / Quoted sentence")
    page: OnPage


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


class Action(Record):
    """Une action telle qu'un document l'énonce pour un exercice /
    One action as one document states it for one exercise."""

    primary_key = ("action_id",)
    foreign_keys = {"document_id": "document", "territory_id": "territory"}
    action_id: NonEmpty = Field(description="Identifiant / Identifier")
    document_id: InDocument
    territory_id: str | None = Field(None, description="Territoire / Territory")
    exercise: str | None = Field(None, description="Exercice / Exercise")
    table_id: str | None = Field(None, description="Tableau d'origine / Table of origin")
    row_index: int | None = Field(None, description="Ligne du tableau / Row of the table")
    reference: str | None = Field(
        None, description="Référence donnée par le document / Reference given by the document"
    )
    reference_key: str | None = Field(
        None,
        description="La référence réduite à ce qui s'en compare : « FA n° 3 » et « Fiche 3 » → 3 / "
        "What of the reference is compared: 'FA n° 3' and 'Fiche 3' → 3",
    )
    funded: bool | None = Field(
        None, description="L'AMI paie pour cet exercice / The AMI pays in this exercise"
    )
    pilot_raw: str | None = Field(None, description="Pilote, tel qu'écrit / Pilot, as written")
    label: str | None = Field(None, description="Intitulé / Label")
    objective: str | None = Field(None, description="Objectif / Objective")
    description: str | None = Field(None, description="Description / Description")
    indicators: str | None = Field(
        None, description="Résultats attendus, indicateurs / Expected results, indicators"
    )
    status_raw: str | None = Field(None, description="Statut, tel qu'écrit / Status, as written")
    status: Status = Field("unknown", description="Statut normalisé / Normalised status")
    comment: str | None = Field(None, description="Commentaire / Comment")
    expense_category: str | None = Field(
        None, description="Catégorie de dépense éligible / Eligible expense category"
    )
    theme: str | None = Field(
        None, description="Thème commun aux territoires / Theme shared across territories"
    )
    classified_by: str | None = Field(
        None,
        description="Termes qui ont décidé du thème et de la catégorie, en JSON / "
        "Terms that decided the theme and the category, as JSON",
    )
    section: str | None = Field(
        None, description="Axe ou intertitre du tableau / Section title in the table"
    )
    run_by_beneficiary: bool | None = Field(
        None, description="Portée par le bénéficiaire (gras) / Run by the beneficiary (bold)"
    )
    other: str | None = Field(
        None,
        description="Colonnes qu'aucun champ n'explique, en JSON / "
        "Columns that no field explains, as JSON",
    )
    page: OnPage


class Organisation(Record):
    """Organisation / Organisation."""

    primary_key = ("organisation_id",)
    organisation_id: NonEmpty = Field(description="Identifiant / Identifier")
    name: str = Field(description="Nom / Name")
    kind: str | None = Field(None, description="Nature / Kind")
    territory_id: str | None = Field(
        None, description="Territoire, si elle lui est propre / Territory, if local to it"
    )


class OrganisationAlias(Record):
    """Graphie d'une organisation / Spelling of an organisation."""

    foreign_keys = {"organisation_id": "organisation"}
    alias: NonEmpty = Field(description="Graphie / Spelling")
    territory_id: str | None = Field(
        None, description="Territoire où elle vaut / Territory where it holds"
    )
    organisation_id: NonEmpty = Field(description="Organisation / Organisation")


class ActionPilot(Record):
    """Pilote d'une action / Pilot of an action."""

    primary_key = ("action_id", "organisation_id")
    foreign_keys = {"action_id": "action", "organisation_id": "organisation"}
    action_id: NonEmpty = Field(description="Action / Action")
    organisation_id: NonEmpty = Field(description="Organisation / Organisation")


class Funding(Record):
    """Somme attachée à une action / Sum attached to an action."""

    foreign_keys = {"action_id": "action"}
    action_id: NonEmpty = Field(description="Action / Action")
    exercise: str | None = Field(None, description="Exercice de la somme / Exercise of the sum")
    funder: str | None = Field(
        None,
        description="'AMI' ou financeur ; NULL si non dit / 'AMI' or funder; NULL where not said",
    )
    stage: Stage = Field(description="Étape : demandé, prévu, accordé, dépensé… / Stage of the sum")
    amount_eur: Euros | None = Field(None, description="Montant en euros / Amount in euros")
    raw: str = Field(description="Texte de la cellule / Text of the cell")
    note: str | None = Field(
        None,
        description="Notes que la cellule appelle : réserves, arrondis… / "
        "Notes that the cell calls: conditions, rounding…",
    )
    page: OnPage
    x0: float | None = Field(None, description="Gauche, en points / Left, in points")
    top: float | None = Field(None, description="Haut, en points / Top, in points")
    x1: float | None = Field(None, description="Droite, en points / Right, in points")
    bottom: float | None = Field(None, description="Bas, en points / Bottom, in points")


class Mention(Record):
    """Ce qu'un document dit lui-même de la suite d'une action /
    What a document itself says of an action's continuation."""

    foreign_keys = {"action_id": "action"}
    action_id: NonEmpty = Field(
        description="Action qui porte la mention / Action that carries the mention"
    )
    kind: Literal["comes_from", "becomes", "ended", "moved"] = Field(
        description="Sens de la mention / Direction of the mention"
    )
    reference: str | None = Field(
        None, description="Référence de l'autre action / Reference of the other action"
    )
    name: str | None = Field(
        None,
        description="Intitulé de l'autre action, entre guillemets dans le document / "
        "Name of the other action, in quotation marks in the document",
    )
    quote: str = Field(description="Citation / Quote")
    page: OnPage


class Link(Record):
    """Lien : l'action cible continue l'action source / Link: the target carries on the source."""

    primary_key = ("source_action_id", "target_action_id")
    foreign_keys = {"source_action_id": "action", "target_action_id": "action"}
    source_action_id: NonEmpty = Field(description="Action antérieure / Earlier action")
    target_action_id: NonEmpty = Field(description="Action postérieure / Later action")
    relation: Relation = Field(
        description="Continue, se divise, fusionne / Continues, splits, merges"
    )
    score: float = Field(description="Probabilité estimée, 0 à 1 / Estimated probability, 0 to 1")
    decided_by: DecidedBy = Field(description="Décidé par / Decided by")
    evidence: str = Field(description="Éléments de preuve, en JSON / Evidence, as JSON")


class CandidatePair(Record):
    """Paire ni liée ni écartée avec assurance /
    Pair neither linked nor rejected with confidence."""

    primary_key = ("source_action_id", "target_action_id")
    foreign_keys = {"source_action_id": "action", "target_action_id": "action"}
    source_action_id: NonEmpty = Field(description="Action antérieure / Earlier action")
    target_action_id: NonEmpty = Field(description="Action postérieure / Later action")
    score: float = Field(description="Probabilité estimée, 0 à 1 / Estimated probability, 0 to 1")
    evidence: str = Field(description="Éléments de preuve, en JSON / Evidence, as JSON")


class Lineage(Record):
    """Filiation : une action à travers les années / Lineage: one action through the years."""

    primary_key = ("lineage_id", "action_id")
    foreign_keys = {"action_id": "action"}
    lineage_id: NonEmpty = Field(description="Filiation / Lineage")
    action_id: NonEmpty = Field(description="Action / Action")
    main: bool = Field(
        description="Filiation où compte l'argent de l'action ; faux pour celles qu'elle absorbe / "
        "Lineage in which the action's money counts; false for those that it absorbs"
    )


class Judgement(Record):
    """Décision humaine sur une paire d'actions / Human decision on a pair of actions."""

    left_territory: NonEmpty = Field(description="Territoire de gauche / Left territory")
    left_exercise: NonEmpty = Field(description="Exercice de gauche / Left exercise")
    left_label: NonEmpty = Field(description="Intitulé de gauche / Left label")
    right_territory: NonEmpty = Field(description="Territoire de droite / Right territory")
    right_exercise: NonEmpty = Field(description="Exercice de droite / Right exercise")
    right_label: NonEmpty = Field(description="Intitulé de droite / Right label")
    judgement: Verdict = Field(description="Verdict / Verdict")
    author: str | None = Field(None, description="Auteur / Author")
    decided_on: date | None = Field(None, description="Date / Date")
    note: str | None = Field(None, description="Note / Note")


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


class PageRecord(Record):
    """Page d'un document : nature et volume de texte /
    Page of a document: kind and amount of text."""

    table_name: ClassVar[str] = "page"
    primary_key = ("document_id", "page")
    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    page: int = Field(description="Numéro de page / Page number")
    kind: PageKind = Field(description="Nature / Kind")
    width: float = Field(description="Largeur, en points / Width, in points")
    height: float = Field(description="Hauteur, en points / Height, in points")
    characters: int = Field(description="Caractères imprimés / Printed characters")
    characters_in_tables: int = Field(description="Dont dans des tableaux / Of which inside tables")
    ocr_confidence: float | None = Field(
        None, description="Confiance moyenne de l'OCR / Mean OCR confidence"
    )


class Furniture(Record):
    """Tampon, note de bas de page, en-tête courant : hors du texte /
    Stamp, footnote, running head: kept apart from the text."""

    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    page: OnPage
    text: str = Field(description="Texte / Text")
    x0: Left
    top: Top
    x1: Right
    bottom: Bottom


class HiddenArea(Record):
    """Coordonnées et comptes bancaires, recouverts sur les images des pages /
    Contacts and bank details, painted over on the pictures of pages."""

    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    page: OnPage
    x0: Left
    top: Top
    x1: Right
    bottom: Bottom


TABLES: tuple[type[Record], ...] = (
    Territory,
    Document,
    DocumentFact,
    Signatory,
    Article,
    StatedAmount,
    StatedEnd,
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
