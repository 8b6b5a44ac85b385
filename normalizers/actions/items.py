"""Actions listed in the text: 'Action 1 : Bail glissant – pilote : CCAS – AMI : 20 000 €'.

An entry is an action where each of its sums is said to be somebody's. Of an entry with a sum that
nothing explains, or without label, none is read: a finding tells the page.
"""

import re
from collections.abc import Iterator

from normalizers.actions.action_rows import numbered
from normalizers.actions.answers import Answer, asked_field, payer_asked, state
from normalizers.actions.funding import AMI, PAID_BY_AMI
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part, Statement
from normalizers.actions.payers import is_state
from normalizers.actions.rows import is_total
from normalizers.amounts import read_amounts
from normalizers.exercises import YEARS
from normalizers.references import split_title
from normalizers.terms import PICTOGRAM, fold
from pipeline.extracted import LISTED, ExtractedCell

Told = list[Answer]
MARK = re.compile(r"\s*(?:[^\w\s«(\"]|\d{1,2}\s?[.)°]|[a-z]\s?\))\s+")
# (porteur : La Halte) · , financement AMI : 20 000 €
BRACKETED = re.compile(r"\s*\(([^():]{2,40}:[^()]*)\)[^\S\n]*:?")
PARTED = re.compile(r"\s*\f\s*|\s+[–—-]\s+|\s*[;|\n]\s*|[,.]\s+(?=[^\W\d][^:,.;]{1,39}\s?:\s)")
QUESTION = re.compile(r"(?P<asked>[^\W\d][^:]{1,59}?)\s?:\s*(?P<told>.+)", re.DOTALL)
# Financement 2025 : État (AMI) 42 000 € ; Ville 21 000 € ; soit un coût total de 63 000 €
FINANCED = re.compile(
    r"(?:plan de )?financements?(?: prévu| prévisionnel)?s?|financeurs|budget(?: prévisionnel)?",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\s*(?:,?\s*dont\b|\()")  # 40 000 €, dont État 32 000 € · 30 k€ (AMI 20 k€)
BETWEEN = re.compile(r"^(?:\s|[,;+(]|(?:et|dont)\b)*|[\s:,–-]+$")  # sums, and those who pay them
# 48 000 € de l'État (AMI) · 12 000 € (CCAS) · 9 000 € par la Ville
PAYER_BEHIND = re.compile(
    r"^(?:\s|[(:,–-]|(?:de|par|du|des|au titre d[eu]|la|le|les)\b|[dl]['’])*"
    r"|(?:\s|[),;+&]|\bet\b)*$"
)
NO_PAYER = re.compile(rf"{YEARS.pattern}|^(?:pour|en|sur|au|aux|à)\b")
MARKED = re.compile(rf"^(?:{PICTOGRAM}|[a-z]\))\s+")
WHOLE = "Coût total"
COFUNDING = "Cofinancements"  # asks who else pays, each named before the sum
ALL_OF_THEM = re.compile(
    r"dont|(?:soit )?(?:(?:un |le )?(?:coût|budget|montant) )?total(?: de)?", re.I
)


def read_items(part: Part) -> Iterator[Statement] | None:
    """The actions of a list in the text; None where `part` is none."""
    if part.table.extractor != LISTED:
        return None
    return _statements(part)


def _statements(part: Part) -> Iterator[Statement]:
    for line in numbered(part.table):
        cell = line.row.cells[0]
        texts, told = _said(cell, part)
        if not texts.get("label") or told is None:
            continue
        one = state(part, texts, told, index=line.index)
        if "pilot" in one.row.texts or one.row.sums:
            yield one


def _said(cell: ExtractedCell, part: Part) -> tuple[dict[str, str], Told | None]:
    """The name of an entry's action, and what it says by question; None of these where one of its
    sums is nobody's."""
    text = MARK.sub("", cell.text, count=1) if MARK.match(cell.text) else cell.text
    reference, text = split_title(text)
    texts = {"reference": reference} if reference else {}
    told: Told = []
    label: list[str] = []
    described: list[str] = []
    financed = False
    pieces = re.split(f"({PARTED.pattern})", BRACKETED.sub(r" – \1 \f ", text))
    for mark, written in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        piece = MARKED.sub("", written.strip(" .:;,"))
        named = "\n" in mark or "|" in mark  # does it open a line?
        match = QUESTION.match(piece)
        if match and (
            FINANCED.fullmatch(YEARS.sub("", match["asked"]).strip())
            or (WITHIN.search(match["told"]) and asked_field(match["asked"], part) == "total_cost")
        ):
            financed, piece = True, match["told"]
        paid = _paid(piece, part) if financed else []
        if paid:
            told += [(asked, cell.model_copy(update={"text": sum_})) for asked, sum_ in paid]
            continue
        financed = False
        asked, answer = _question(piece, part)
        if match and named and not asked and _is_sum(match["told"]) and is_state(match["asked"]):
            asked, answer = AMI, match["told"]
        elif match and named and not asked and _is_payer(match, told, part):
            asked, answer = COFUNDING, piece
        elif match and named and not asked and not _states_sum(piece):
            asked, answer = match["asked"], match["told"]
        if asked:
            told.append((asked, cell.model_copy(update={"text": answer})))
        elif _states_sum(piece):
            if mark.strip() != ";" or not told or asked_field(told[-1][0], part) != "cofinancing":
                return texts, None
            last, before = told[-1]
            told[-1] = (last, before.model_copy(update={"text": f"{before.text} ; {piece}"}))
        elif told and not described and "\f" not in mark:
            last, before = told[-1]
            joined = f"{before.text} – {answer}" if answer else before.text
            told[-1] = (last, before.model_copy(update={"text": joined}))
        elif answer and label and (told or described or (named and not match)):
            described += [mark if described else "", written]
        elif answer:
            label.append(answer)
    if label:
        texts["label"] = " – ".join(label)
    if described:
        texts["description"] = "".join(described).lstrip(" .").strip()
    return texts, told


def _is_payer(line: re.Match[str], told: Told, part: Part) -> bool:
    """Does `line` say one sum and nothing else, right below another payer's: 'Ville : 8 000 €'?"""
    above = asked_field(told[-1][0], part) if told else None
    payers = above in ("ami", "cofinancing") and not is_total([line["asked"]])
    return payers and _is_sum(line["told"])


def _is_sum(text: str) -> bool:
    amounts = read_amounts(text)
    return len(amounts) == 1 and text.strip() == amounts[0].raw.strip()


def _states_sum(text: str) -> bool:
    """Does `text` state a sum, and not only what one of several costs: '1 500 € par logement'?"""
    return any(amount.flag != "rate" for amount in read_amounts(text))


def _paid(text: str, part: Part) -> list[tuple[str, str]]:
    """The sums of `text` by who pays each, all named before or all behind it; none where one is
    nobody's."""
    amounts = read_amounts(text)
    if not amounts:
        return []
    ends = [0, *(a.end for a in amounts)]
    starts = [*(a.start for a in amounts), len(text)]
    first, *behind = [text[a:b].strip(" .") for a, b in zip(ends, starts, strict=True)]
    payers = [PAYER_BEHIND.sub("", told) for told in behind]
    if BETWEEN.sub("", first) or not all(payers):
        payers = [BETWEEN.sub("", told) for told in (first, *behind)]
        if payers.pop().strip(")"):
            return []
        if not payers[0] and WITHIN.match(text, amounts[0].end):
            payers[0] = "dont"
    found = [
        (_asked_of(payer, part), sum_.raw) for payer, sum_ in zip(payers, amounts, strict=True)
    ]
    return [(asked, raw) for asked, raw in found if asked] if all(a for a, _ in found) else []


def _asked_of(payer: str, part: Part) -> str | None:
    """What a sum that `payer` pays answers; None where that is nobody: 4 000 € pour
    2034."""
    if ALL_OF_THEM.fullmatch(payer):
        return WHOLE
    if is_state(payer):
        return AMI
    if NO_PAYER.search(payer):
        return None
    asked = payer_asked(payer)
    return asked if asked_field(asked, part) == "cofinancing" else None


def _question(piece: str, part: Part) -> tuple[str, str]:
    """What `piece` tells and what of; a sum alone is the AMI's where it says so."""
    match = QUESTION.match(piece)
    field = asked_field(match["asked"], part) if match else None
    if match and field and (field in MONEY or not _states_sum(match["told"])):
        return " ".join(match["asked"].split()), match["told"].strip()
    amounts = read_amounts(piece)
    if len(amounts) == 1 and PAID_BY_AMI.search(fold(piece[amounts[0].end :])):
        if piece[: amounts[0].start].strip():
            return "", piece
        return AMI, amounts[0].raw
    return "", piece
