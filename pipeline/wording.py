"""The words that people read for the codes of the database: French, then English."""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.language import said

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
    "page_kind": {
        "prose": ("de texte", "of prose"),
        "ruled_table": ("de tableau à filets", "of ruled tables"),
        "unruled_table": ("de tableau sans filets", "of tables without rules"),
        "form": ("de fiches", "of forms"),
        "scan": ("sur image", "scanned"),
        "blank": ("sans rien", "blank"),
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
        "added": ("ajouté", "added"),
        "repealed": ("abrogé", "repealed"),
        "renumbered": ("renuméroté", "renumbered"),
    },
    "followed": {  # columns of the tableau de suivi
        "requested": ("demandé", "requested"),
        "planned": ("prévu", "planned"),
        "ami": ("crédits AMI", "AMI money"),
        "spent": ("dépensé", "spent"),
        "carry_over": ("reliquat", "carried over"),
        "cofunders": ("cofinanceurs", "cofunders"),
        "cofinancing": ("cofinancements", "cofunding"),
        "status": ("statut", "status"),
        "event": ("devenir", "what became of it"),
    },
    "evidence": {  # what a link was decided on
        "champ": ("textes proches", "texts alike"),
        "intitule": ("intitulé retrouvé dans l'autre action", "label found in the other action"),
        "libelle": ("lettres de l'intitulé", "letters of the label"),
        "notions": ("notions proches", "notions alike"),
        "sujet": ("sujet de l'intitulé", "subject of the label"),
        "notion_rare": ("notion rare en commun", "rare notion in common"),
        "phrase": (
            "même phrase, seule dans les deux exercices",
            "same sentence, alone in both exercises",
        ),
        "indicateurs": ("indicateurs proches", "indicators alike"),
        "pilotes": ("part de pilotes en commun", "share of pilots in common"),
        "nombres": ("nombre rare en commun", "rare number in common"),
        "noms": ("part de noms propres en commun", "share of proper names in common"),
        "montant": ("même montant", "same amount"),
        "rappel": ("montant antérieur rappelé", "earlier amount recalled"),
        "suite_dite": ("statut d'une action en cours", "status of an action under way"),
        "autre_public": ("publics différents", "other publics"),
        "autre_nature": ("natures différentes", "other natures"),
        "autre_lieu": ("lieux différents", "other places"),
        "autre_repere": ("lot, côté, place ou nom différents", "other lot, side, row or name"),
        "autre_sujet": ("sujets différents", "other subjects"),
        "autre_debut": ("la suite est encore à lancer", "the later one is still to begin"),
        "autre_fin": ("la première est finie", "the earlier one is done"),
        "mots_communs": ("mots communs", "words in common"),
        "notions_communes": ("notions communes", "notions in common"),
        "noms_communs": ("noms communs aux deux", "names in common"),
        "nombres_communs": ("nombres communs", "numbers in common"),
        "pilotes_communs": ("pilotes communs", "pilots in common"),
        "reference": ("même référence", "same reference"),
        "citation": ("citation du document", "quote of the document"),
    },
    "role": {
        "state": ("État", "State"),
        "beneficiary": ("bénéficiaire", "beneficiary"),
        "partner": ("partenaire", "partner"),
    },
}

PREPOSITIONS = {"à", "avec", "dans", "de", "du", "en", "sans"}


def words(kind: str, code: str | None) -> tuple[str, str]:
    """French and English for a code, or for several joined by " + "; a code without words is
    shown as it is, no code is empty."""
    pairs = [WORDS[kind].get(part, (part, part)) for part in (code or "").split(" + ")]
    return " + ".join(french for french, _ in pairs), " + ".join(english for _, english in pairs)


def in_common(items: Iterable[object]) -> str:
    """What two actions have in common, concepts without what sorts them: 'nature_poste' is 'poste',
    and is named once with the concept 'poste'."""
    words = (str(item).removeprefix("nature_").replace("_", " ") for item in items)
    return ", ".join(dict.fromkeys(words))


def euros(amount: Decimal | None) -> str:
    """1940000 -> '1 940 000 €', with blanks that do not break."""
    if amount is None:
        return "—"
    whole = amount == amount.to_integral_value()
    figure = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return figure.replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def agreed(number: int, french: str) -> str:
    """'1 action', '2 documents lus', '0 sortie du financement': a number and a phrase whose words
    agree with it, up to a preposition."""
    words = french.split(" ")
    end = next((i for i, word in enumerate(words) if word in PREPOSITIONS), len(words))
    head = [_plural(word) for word in words[:end]] if number > 1 else words[:end]
    return " ".join([str(number), *head, *words[end:]])


def counted(number: int, french: str, english: str) -> str:
    """`agreed` in the language spoken; in English the first word agrees, with 0 as a plural."""
    first, blank, rest = english.partition(" ")
    return said(
        agreed(number, french), f"{number} {first if number == 1 else _plural(first)}{blank}{rest}"
    )


def _plural(word: str) -> str:
    ending = "" if word[-1] in "sx" else "x" if word.endswith("eau") else "s"
    return word + ending


def short(text: str | None, length: int) -> str:
    """`text` on one line of at most `length` characters."""
    line = " ".join((text or "—").split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def article_called(number: str) -> str:
    """How a message calls an article: "Article 2.1"; number 0 is the preamble."""
    return "Préambule" if number == "0" else f"Article {number}"
