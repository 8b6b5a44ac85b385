"""Numbers that French writes in words: 'quatre cent soixante-dix-neuf mille' is 479000."""

import re

UNITS = {
    "zéro": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
    "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "nonante": 90,
}  # fmt: skip
POWERS = {"mille": 10**3, "million": 10**6, "milliard": 10**9}
NUMBER_WORDS = "|".join(
    sorted((*UNITS, "vingts", "cents?", "mille", "millions?", "milliards?"), key=len, reverse=True)
)


def read_number_words(text: str) -> int | None:
    """The number that `text` spells; None when a word is no number or the order makes no sense."""
    total, below_thousand, last_power = 0, 0, 10**12
    words = [w for w in re.split(r"[\s-]+", text.lower()) if w and w != "et"]
    if not words:
        return None
    for word in words:
        singular = word.rstrip("s") if word not in UNITS else word
        if word in UNITS:
            unit = UNITS[word]
            if below_thousand % 100 == 4 and unit == 20:
                below_thousand += 76
            elif below_thousand % 10 and not (below_thousand % 100 in (10,) and unit < 10):
                return None
            else:
                below_thousand += unit
        elif singular == "vingt" and below_thousand % 100 == 4:
            below_thousand += 76
        elif singular == "cent" and below_thousand < 10:
            below_thousand = max(below_thousand, 1) * 100
        elif singular in POWERS and POWERS[singular] < last_power:
            last_power = POWERS[singular]
            total += max(below_thousand, 1) * last_power
            below_thousand = 0
        else:
            return None
    return total + below_thousand
