"""Actions listed in the text: 'Action 1 : Bail glissant – pilote : CCAS – AMI : 20 000 €'.

An entry is an action where each of its sums is said to be somebody's, or where the entries state
one each that together make what the act grants. Of an entry with a sum that nothing explains, or
without label, none is read: a finding tells the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from normalizers.actions.action_rows import numbered
from normalizers.actions.answers import Answer, asked_field, names_payer, payer_asked, state
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part, Statement
from normalizers.actions.rows import is_total
from normalizers.amounts import SUB_AMOUNT, read_amounts
from normalizers.exercises import YEARS
from normalizers.references import split_behind, split_title
from normalizers.state_money import AMI
from normalizers.terms import PICTOGRAM
from pipeline.extracted import LISTED, ExtractedCell

MARK = re.compile(r"\s*(?:[^\w\s«(\"]|\d{1,2}\s?[.)°]|[a-z]\s?\))\s+")
# (porteur : La Halte) · , financement AMI : 20 000 €
BRACKETED = re.compile(r"\s*\(([^():]{2,40}:[^()]*)\)[^\S\n]*:?")
PARTED = re.compile(r"\s*\f\s*|\s+[–—-]\s+|\s*[;|\n]\s*|[,.]\s+(?=[^\W\d][^:,.;]{1,39}\s?:\s)")
QUESTION = re.compile(r"(?:dont\s+)?(?P<asked>[^\W\d][^:]{1,59}?)\s?:\s*(?P<told>.+)", re.DOTALL)
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
# Bail glissant à hauteur de 20 000 € · Bail glissant, pour un montant de 20 000 €
SUM_AT = re.compile(
    r"[\s,]*\b(?:à hauteur d[e'’]|pour(?: un montant de)?|d['’]un montant de|soit)\s*$",
    re.IGNORECASE,
)
# 20 000 € pour le bail glissant · 20 000 € au titre de l'observatoire
FOR = re.compile(r"^(?:pour|au titre de)\s+(?:l[ae]s?\s+|l['’]\s?)?")
QUOTED = re.compile(r"^«\s*([^«»]+?)\s*»$")
NO_PAYER = re.compile(rf"{YEARS.pattern}|^(?:pour|en|sur|au|aux|à)\b|\b(?:soit|total)\b")
MARKED = re.compile(rf"^(?:{PICTOGRAM}|[a-z]\))\s+")
# GOU – Gouvernance : 50 000 € · - ACC-1 – Accompagnement : 72 000 €
CODED = re.compile(
    rf"(?:{MARK.pattern})?(?P<code>[A-Z]{{2,6}}(?:[.-]?\d{{1,3}})?)\s+[–—-]\s+(?=\w)"
)
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
    granted, coded = _make_the_grant(part), _are_coded(part)
    for line in numbered(part.table):
        entry = _Entry.of(line.row.cells[0], part, granted, coded)
        if entry is None or not entry.label:
            continue
        one = state(part, entry.texts, entry.told, index=line.index)
        if granted:
            sums = [
                (replace(paid, stage="granted") if paid.funder else paid, cell)
                for paid, cell in one.row.sums
            ]
            one = replace(one, row=replace(one.row, sums=sums))
        if "pilot" in one.row.texts or one.row.sums:
            yield one


def _make_the_grant(part: Part) -> bool:
    """Do the entries state one sum each, parts of it behind ("dont 18 000 €") and what brackets ask
    besides ("(coût : 30 000 €)"), which together make what the act grants?"""
    texts = [BRACKETED.sub("", row.cells[0].text) for row in part.table.rows]
    sums = [
        amounts[0].value
        for text in texts
        if (amounts := read_amounts(text))
        and (len(amounts) == 1 or SUB_AMOUNT.search(text, amounts[0].end, amounts[1].start))
    ]
    stated = [value for value in sums if value is not None]
    return len(stated) == len(texts) and sum(stated) in part.grants


def _are_coded(part: Part) -> bool:
    """Do all entries begin with a code of their own, one of them a number?"""
    codes = [CODED.match(row.cells[0].text) for row in part.table.rows]
    told = {match["code"] for match in codes if match}
    return len(told) == len(codes) and any(map(str.isdigit, "".join(told)))


@dataclass
class _Entry:
    """What an entry said so far: its reference, the pieces of its name and of its description, and
    what it tells by question; `financed` where the last piece told who pays. Its sum is `granted`
    where the act's grant is made of such sums."""

    cell: ExtractedCell
    part: Part
    granted: bool
    reference: str | None
    label: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    told: list[Answer] = field(default_factory=list)
    financed: bool = False

    @classmethod
    def of(cls, cell: ExtractedCell, part: Part, granted: bool, coded: bool) -> "_Entry | None":
        """The entry that `cell` holds; None where one of its sums is nobody's."""
        mark = MARK.match(cell.text)
        reference, text = split_title(cell.text[mark.end() :] if mark else cell.text)
        code = CODED.match(cell.text) if coded else None
        if code:
            reference, text = code["code"], cell.text[code.end() :]
        elif reference is None:
            reference, text = split_behind(text)
        entry = cls(cell, part, granted, reference)
        pieces = re.split(f"({PARTED.pattern})", BRACKETED.sub(r" – \1 \f ", text))
        marked = zip(["", *pieces[1::2]], pieces[::2], strict=True)
        return entry if all(entry._add(mark, piece) for mark, piece in marked) else None

    @property
    def texts(self) -> dict[str, str]:
        """Its texts by field."""
        texts = {
            "reference": self.reference or "",
            "label": QUOTED.sub(r"\1", " – ".join(self.label)),
            "description": "".join(self.described).lstrip(" .").strip(),
        }
        return {name: text for name, text in texts.items() if text}

    def _add(self, mark: str, written: str) -> bool:
        """Add the piece `written` behind `mark`; False where it states a sum that is nobody's."""
        piece = MARKED.sub("", written.strip(" .:;,"))
        opens_line = "\n" in mark or "|" in mark
        match = QUESTION.match(piece)
        if match and self._asks_who_pays(match):
            self.financed, piece = True, match["told"]
        elif match and self._names_action(match):
            self.label.append(match["asked"])
            self.financed, piece = True, match["told"]
        paid = _paid(piece, self.part) if self.financed else []
        self.financed = bool(paid)
        if paid:
            for asked, said in paid:
                self._tell(asked, said)
            return True
        asked, answer = _question(piece, self.part)
        if match and opens_line and not asked:
            asked, answer = self._line(match, piece)
        if asked:
            self._tell(asked, answer)
        elif self.granted and _states_sum(piece):
            self._grant(piece)
        elif _states_sum(piece):
            if mark.strip() != ";" or self._last_field() != "cofinancing":
                return False
            self._go_on(f" ; {piece}")
        elif self.told and not self.described and "\f" not in mark:
            self._go_on(f" – {answer}" if answer else "")
        elif answer and self.label and (self.told or self.described or (opens_line and not match)):
            self.described += [mark if self.described else "", written]
        elif answer:
            self.label.append(answer)
        return True

    def _grant(self, piece: str) -> None:
        """Add a `piece` with the sum that is granted to the action: 'Bail glissant : 20 000 €'; a
        part of it, or what stands behind it in brackets, tells of the action."""
        if any(asked == AMI for asked, _ in self.told):
            self.described.append(piece.strip(" ,"))
            return
        amount = read_amounts(piece)[0]
        before, behind = piece[: amount.start], piece[amount.end :]
        said = (SUM_AT.sub("", before).rstrip(" :,(–-"), FOR.sub("", behind.strip(" .;,)–-")))
        self.label += [text for text in said if text and not text.startswith("(")]
        self.described += [text.strip("( ") for text in said if text.startswith("(")]
        self._tell(AMI, amount.raw)

    def _asks_who_pays(self, match: re.Match[str]) -> bool:
        asked = match["asked"]
        cost = WITHIN.search(match["told"]) and asked_field(asked, self.part) == "total_cost"
        return bool(cost or FINANCED.fullmatch(YEARS.sub("", asked).strip()))

    def _names_action(self, match: re.Match[str]) -> bool:
        """Do sums and who pays them follow the name of the action: 'Bail : 20 000 € (AMI)'?"""
        asks = self.label or asked_field(match["asked"], self.part)
        paid = [] if asks else _paid(match["told"], self.part)
        return bool(paid) and not (self.granted and {asked for asked, _ in paid} != {AMI})

    def _line(self, line: re.Match[str], piece: str) -> tuple[str, str]:
        """What a line of its own asks that no heading does, and what it tells: 'Ville : 8 000 €'
        right below another payer's sum."""
        if _is_sum(line["told"]) and self.part.vocabulary.money.is_state(line["asked"]):
            return AMI, line["told"]
        payers = self._last_field() in ("ami", "cofinancing") and not is_total([line["asked"]])
        if payers and _is_sum(line["told"]):
            return COFUNDING, piece
        return ("", piece) if _states_sum(piece) else (line["asked"], line["told"])

    def _last_field(self) -> str | None:
        """The field that was asked last."""
        return asked_field(self.told[-1][0], self.part) if self.told else None

    def _tell(self, asked: str, text: str) -> None:
        self.told.append((asked, self.cell.model_copy(update={"text": text})))

    def _go_on(self, text: str) -> None:
        """Add `text` to what was told last."""
        asked, cell = self.told.pop()
        self._tell(asked, cell.text + text)


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
    found = [(asked_of(payer, part), sum_.raw) for payer, sum_ in zip(payers, amounts, strict=True)]
    return [(asked, raw) for asked, raw in found if asked] if all(a for a, _ in found) else []


def asked_of(payer: str, part: Part) -> str | None:
    """What a sum that `payer` pays answers; None where that is nobody: 4 000 € pour 2034 ·
    Renforcée (+ 6 000 €)."""
    if ALL_OF_THEM.fullmatch(payer):
        return WHOLE
    if part.vocabulary.money.is_state(payer):
        return AMI
    if NO_PAYER.search(payer) or payer.count("(") > payer.count(")"):
        return None
    asked = payer_asked(payer)
    return asked if asked_field(asked, part) == "cofinancing" else None


def _question(piece: str, part: Part) -> tuple[str, str]:
    """What `piece` tells and what of; a sum alone is the AMI's where it says so."""
    match = QUESTION.match(piece)
    field = asked_field(match["asked"], part) if match else None
    if match and names_payer(match["asked"], part) and _is_sum(match["told"]):
        field = field or "cofinancing"
    if match and field and (field in MONEY or not _states_sum(match["told"])):
        return " ".join(match["asked"].split()), match["told"].strip()
    amounts = read_amounts(piece)
    if len(amounts) == 1 and part.vocabulary.money.is_granted(piece[amounts[0].end :]):
        if piece[: amounts[0].start].strip():
            return "", piece
        return AMI, amounts[0].raw
    return "", piece
