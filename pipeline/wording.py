"""The words that people read for the codes of the database: French, then English."""

from decimal import Decimal

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "event": {
        "first": ("premier exercice connu", "first known exercise"),
        "new": ("nouvelle", "new"),
        "continued": ("poursuivie", "continued"),
        "renamed": ("reformulée", "reworded"),
        "split": ("divisée", "split"),
        "merged": ("fusionnée", "merged"),
        "unfunded": ("sortie du financement", "no longer funded"),
        "refunded": ("financée à nouveau", "funded again"),
        "ended": ("sans suite", "ended"),
    },
    "status": {
        "planned": ("prévue", "planned"),
        "in_progress": ("en cours", "in progress"),
        "renewed": ("reconduite", "renewed"),
        "increased": ("renforcée", "increased"),
        "modified": ("modifiée", "modified"),
        "done": ("réalisée", "done"),
        "abandoned": ("abandonnée", "abandoned"),
        "unknown": ("non précisé", "not stated"),
    },
    "severity": {
        "error": ("erreur", "error"),
        "warning": ("à vérifier", "to check"),
        "info": ("information", "information"),
    },
    "stage": {
        "requested": ("demandé", "requested"),
        "planned": ("prévu", "planned"),
        "granted": ("accordé", "granted"),
        "spent": ("dépensé", "spent"),
        "previous": ("obtenu auparavant", "obtained before"),
        "total_cost": ("coût total", "total cost"),
        "carry_over": ("reliquat", "carried over"),
    },
    "stated": {
        "grant": ("subvention", "grant"),
        "eligible_cost": ("coût éligible", "eligible cost"),
        "carry_over": ("reliquat", "carried over"),
        "total": ("total", "total"),
        "other": ("autre somme", "other sum"),
    },
    "kind": {
        "call": ("appel", "call"),
        "convention": ("convention", "convention"),
        "avenant": ("avenant", "amendment (avenant)"),
        "report": ("rapport", "report"),
    },
    "relation": {
        "continues": ("continue", "continues"),
        "splits": ("se divise", "splits"),
        "merges": ("fusionne", "merges"),
    },
    "decided_by": {
        "auto": ("rapprochement", "matcher"),
        "human": ("une personne", "a person"),
        "document": ("le document", "the document"),
    },
    "change": {
        "original": ("d'origine", "original"),
        "modified": ("modifié", "modified"),
        "replaced": ("remplacé", "replaced"),
        "completed": ("complété", "completed"),
        "repealed": ("abrogé", "repealed"),
    },
    "role": {
        "state": ("État", "State"),
        "beneficiary": ("bénéficiaire", "beneficiary"),
        "partner": ("partenaire", "partner"),
    },
}


def words(kind: str, code: str | None) -> tuple[str, str]:
    """French and English for a code, or for several joined by " + "; a code without words is
    shown as it is, no code is empty."""
    pairs = [WORDS[kind].get(part, (part, part)) for part in (code or "").split(" + ")]
    return " + ".join(french for french, _ in pairs), " + ".join(english for _, english in pairs)


def euros(amount: Decimal | None) -> str:
    """1940000 -> '1 940 000 €', with blanks that do not break."""
    if amount is None:
        return "—"
    whole = amount == amount.to_integral_value()
    figure = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return figure.replace(",", "\u202f").replace(".", ",") + "\u00a0€"
