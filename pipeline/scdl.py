"""The grants of a database in the official schema SCDL "subventions" 2.1.1, one row a grant.

A required field that no document and no reference states leaves its grant out, with the reason:
nothing is invented. https://schema.data.gouv.fr/scdl/subventions/2.1.1
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
from stdnum.fr import siret

from pipeline.query import rows_of
from pipeline.wording import short

REQUIRED = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "nomBeneficiaire",
    "idBeneficiaire",  # free only for grants in kind to associations; these are in money
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "notificationUE",
    "pourcentageSubvention",
)
FIELDS = (
    *REQUIRED[:3],
    "referenceDecision",
    *REQUIRED[3:5],
    "rnaBeneficiaire",
    *REQUIRED[5:10],
    "idRAE",
    *REQUIRED[10:],
    "dispositifAide",
)
LONGEST_TEXT = 256
SENTENCE = re.compile(r"[^.\n]*\bvers(?:é|ée|ement|ements)\b[^.\n]*\.?", re.IGNORECASE)
ON_PAYMENT = re.compile(r"\b(?:versements?|paiements?)\b", re.IGNORECASE)
# « règlement (UE) n° 1407/2013 », « aide de minimis »: an act must say it where it applies
DE_MINIMIS = re.compile(r"de minimis|1407/2013|2023/2831", re.IGNORECASE)

ACTS = """
SELECT d.document_id, coalesce(d.amends_document_id, d.document_id) AS convention, d.exercise,
       d.title, d.signed_on, d.beneficiary, t.department_code,
       -- the SIRET of somebody else is nobody's answer
       CASE WHEN NOT EXISTS (
           SELECT 1 FROM finding AS f
           WHERE f.document_id = d.document_id AND f.rule = 'siret_mismatch'
       ) THEN d.siret END AS siret,
       -- a new total is no second grant
       CASE WHEN x.document_id IS NULL THEN m.stated_grant ELSE x.complement END AS amount,
       x.document_id IS NOT NULL AS follows,
       (SELECT min(f.rule) FROM finding AS f
        WHERE f.document_id = d.document_id
            AND f.rule IN ('draft', 'other_programme', 'state_absent')) AS doubt,
       last_year(d.exercise) AS last_year,
       (SELECT count(DISTINCT organisation) FROM signatory AS s
        WHERE s.document_id = d.document_id AND s.role = 'beneficiary') AS beneficiaries
FROM document AS d
JOIN document_money AS m USING (document_id)
LEFT JOIN amended_exercise AS x USING (document_id)
LEFT JOIN territory AS t USING (territory_id)
WHERE d.kind IN ('convention', 'avenant') AND d.copy_of IS NULL
ORDER BY d.document_id
"""
ARTICLES = """ -- of the act, then of the convention that it amends
SELECT title, text FROM article
WHERE document_id IN ($document, $convention) AND NOT is_annexed(number)
ORDER BY document_id <> $document, position, number
"""
REASONS = {  # why a required field cannot be known, in French and in English
    "nomAttribuant": (
        "Aucun attribuant pour ce département dans data/reference/grantors.csv.",
        "No grantor for this department in data/reference/grantors.csv.",
    ),
    "idAttribuant": (
        "Pas de SIRET exact de l'attribuant dans data/reference/grantors.csv.",
        "No right SIRET of the grantor in data/reference/grantors.csv.",
    ),
    "dateConvention": (
        "Aucune date de signature lue dans l'acte.",
        "No date of signature was read in the act.",
    ),
    "nomBeneficiaire": (
        "Aucun bénéficiaire lu dans l'acte.",
        "No beneficiary was read in the act.",
    ),
    "idBeneficiaire": (
        "L'acte n'écrit pas de SIRET du bénéficiaire, ou sa clé est fausse, ou c'est un autre.",
        "The act writes no SIRET of the beneficiary, or its key is wrong, or it is another's.",
    ),
    "objet": ("L'acte n'a pas de titre lisible.", "The act has no legible title."),
    "montant": (
        "Aucune subvention énoncée pour l'exercice de l'acte.",
        "No grant is stated for the exercise of the act.",
    ),
    "conditionsVersement": (
        "Aucun article ne dit comment la subvention est versée.",
        "No article says how the grant is paid.",
    ),
    "datesPeriodeVersement": (
        "Signature ou exercice inconnu : pas de période de versement.",
        "Signature or exercise unknown: no period of payment.",
    ),
    "pourcentageSubvention": (
        "Plusieurs bénéficiaires : la part de chacun n'est pas énoncée.",
        "Several beneficiaries: the share of each is not stated.",
    ),
}


FOLLOWS = (
    "Un autre acte accorde déjà des crédits pour cet exercice, et le complément n'est pas énoncé.",
    "Another act grants money for this exercise already, and what is added is not stated.",
)
DOUBTS = {  # findings that leave open whether the act grants anything, in both languages
    "draft": ("Le document se dit projet.", "The document calls itself a draft."),
    "other_programme": (
        "L'acte est peut-être d'un autre programme.",
        "The act may be of another programme.",
    ),
    "state_absent": (
        "L'État n'est pas partie à l'acte.",
        "The State is no party to the act.",
    ),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant of one act. `values` holds every field of the schema ('' where free and unknown);
    `missing` maps the required fields that cannot be known to the reason."""

    document_id: str
    values: dict[str, str]
    missing: dict[str, str]


def grants(connection: duckdb.DuckDBPyConnection, reference_dir: Path | None) -> list[Grant]:
    """A grant for every convention and avenant; grantors come from `grantors.csv`, if any."""
    grantors = _grantors(reference_dir)
    found = []
    for act in rows_of(connection, ACTS):
        acts = {"document": act["document_id"], "convention": act["convention"]}
        articles = connection.execute(ARTICLES, acts).fetchall()
        name, number = grantors.get(act["department_code"], ("", ""))
        values = dict.fromkeys(FIELDS, "") | {
            "nomAttribuant": name,
            "idAttribuant": checked_siret(number),
            "dateConvention": _text(act["signed_on"]),
            "nomBeneficiaire": act["beneficiary"] or "",
            "idBeneficiaire": checked_siret(act["siret"]),
            "objet": short(act["title"], LONGEST_TEXT) if act["title"] else "",
            "montant": "" if act["doubt"] else _text(act["amount"]),
            "nature": "aide en numéraire",
            "conditionsVersement": _payment(articles),
            "datesPeriodeVersement": _period(act["signed_on"], act["last_year"]),
            "notificationUE": "oui" if _says_de_minimis(articles) else "non",
            "pourcentageSubvention": "1.00" if act["beneficiaries"] <= 1 else "",
        }
        missing = {field: REASONS[field][0] for field in REQUIRED if not values[field]}
        if act["doubt"]:
            missing["montant"] = DOUBTS[act["doubt"]][0]
        elif act["follows"] and not values["montant"]:
            missing["montant"] = FOLLOWS[0]
        found.append(Grant(act["document_id"], values, missing))
    return found


def checked_siret(number: str | None) -> str:
    """The 14 digits of `number`; '' when it is none or its key is wrong."""
    compact = re.sub(r"\D", "", number or "")
    return compact if siret.is_valid(compact) else ""


def _grantors(reference_dir: Path | None) -> dict[str, tuple[str, str]]:
    path = reference_dir / "grantors.csv" if reference_dir else None
    if path is None or not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {r["department_code"]: (r["name"], r["siret"]) for r in csv.DictReader(file)}


def _payment(articles: list[tuple[str | None, str | None]]) -> str:
    """The first sentence on payment, from an article on payment before any other."""
    on_payment = [a for a in articles if ON_PAYMENT.search(a[0] or "")]
    for _, text in [*on_payment, *articles]:
        if found := SENTENCE.search(text or ""):
            return short(found[0], LONGEST_TEXT)
    return ""


def _period(signed_on: date | None, last_year: int | None) -> str:
    """From the signature to the end of the exercise: the act sets no day of payment."""
    if signed_on is None or last_year is None or last_year < signed_on.year:
        return ""
    return f"{signed_on}/{last_year}-12-31"


def _says_de_minimis(articles: list[tuple[str | None, str | None]]) -> bool:
    return any(DE_MINIMIS.search(text or "") for _, text in articles)


def _text(value: date | Decimal | None) -> str:
    return "" if value is None else str(value)
