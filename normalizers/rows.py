"""What kind of row a table's row is, from its texts alone."""

import re
from collections.abc import Sequence

from normalizers.amounts import read_cell

# TOTAUX · Total général · Sous-total axe 1 · Montant total demandé pour 2024-2025 (avant retrait…)
# Total des reliquats · Reliquat total · TOTAL FINANCEMENT AMI · Ensemble du programme
# Dont reliquat 2022
TOTAL = re.compile(
    r"^\W*(?:(?:sous|s/s)?[\s-]*tota(?:l|ux)\b|(?:montants?|co[uû]ts?|budget|reliquats?|ensemble"
    r"|somme|cumul|enveloppe)\s+(?:\w+\s+){0,2}?(?:total|totaux|g[ée]n[ée]ral)\w*\b"
    r"|ensemble(?:\s+d(?:u|es)\s+(?:programme|plan|actions|projets?|op[ée]rations))?\W*$"
    r"|somme\W*$|dont\s+(?:\w+\s+)?(?:reliquats?|reports?)\b)",
    re.IGNORECASE,
)
PLAIN_TOTAL = re.compile(r"^\W*totaux?\W*$|^\W*total\W*$", re.IGNORECASE)
NO_SUM = re.compile(r"^(?:[\s\W]*|[\s\W]*\d[\d\s,.]*%|n[ée]ant)$", re.IGNORECASE)


def is_total(texts: Sequence[str]) -> bool:
    """Is this the row of a total? `texts` are its cells, left to right, '' where empty.

    One text names a total and all others are sums, percentages or nothing; or it opens the row,
    says no more than « Total », and most of the others are: what a stamp covers reads as anything.
    """
    filled = [t for t in texts if t.strip()]
    total = next((i for i, t in enumerate(filled) if TOTAL.match(t)), None)
    if total is None:
        return False
    rest = (t for i, t in enumerate(filled) if i != total)
    others = [bool(NO_SUM.match(t)) or read_cell(t).total is not None for t in rest]
    plain = total == 0 and bool(PLAIN_TOTAL.match(filled[0]))
    return all(others) or (plain and 2 * sum(others) > len(others))
