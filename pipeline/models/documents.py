"""An act: who signed it, its pages and articles, the sums and ends that these state."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from pipeline.kinds import Change, DocumentKind, PageKind, Role, StatedKind
from pipeline.models.record import (
    Bottom,
    Euros,
    InDocument,
    Left,
    NonEmpty,
    OnPage,
    Record,
    Right,
    Top,
)


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
    amount_eur: Euros = Field(
        description="Montant en euros ; une même somme peut être redite, ne pas additionner "
        "(funding_by_territory) / Amount in euros; one sum may be told again, do not add up "
        "(funding_by_territory)"
    )
    quote: str = Field(description="Phrase citée / Quoted sentence")
    page: OnPage


class StatedFate(Record):
    """Ce qu'un article dit de la suite d'une action : « La fiche 6 est achevée », « L'action 2 est
    maintenue » / What an article says of what becomes of an action: its end, or that it goes on."""

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
    kept: bool = Field(
        False, description="Dite maintenue, et non achevée / Said to go on, and not to end"
    )
    quote: str = Field(description="Phrase citée / Quoted sentence")
    page: OnPage


class StatedChange(Record):
    """Ce qu'un article d'avenant change à un article de la convention, dans l'ordre du texte / What
    an article of an avenant changes in an article of the convention, in the order of the text."""

    foreign_keys = {"document_id": "document"}
    document_id: InDocument
    article_number: str = Field(
        description="Article de l'avenant qui l'énonce / Article of the avenant that states it"
    )
    rank: int = Field(
        description="Rang dans l'article de l'avenant / Rank within the article of the avenant"
    )
    number: str = Field(description="Article modifié / Article changed")
    change: Change = Field(description="Ce que l'avenant en fait / What the avenant does to it")
    removed: str | None = Field(
        None,
        description="Mots retirés ; NULL si le changement n'en cite pas / "
        "Words taken out; NULL where the change quotes none",
    )
    added: str | None = Field(
        None,
        description="Texte écrit à leur place, à celle de l'article ou à sa suite, ou nouveau "
        "numéro de l'article ; NULL s'il est abrogé / Text written in their place, in that of "
        "the article or behind it, or the article's new number; NULL where repealed",
    )
    quote: str = Field(description="Phrase citée / Quoted sentence")
    page: OnPage


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
