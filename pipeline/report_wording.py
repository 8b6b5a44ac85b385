"""What pages of the report say, in both languages; names of their files."""

import re
from decimal import Decimal
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from markupsafe import Markup, escape

from pipeline.names import slug
from pipeline.wording import euros, words


def page_name(identifier: str) -> str:
    """A file name for any identifier: readable, and unlike every other."""
    return f"{slug(identifier)[:60]}-{sha256(identifier.encode()).hexdigest()[:8]}"


def marked(before: str | None, after: str | None) -> Markup:
    """`after` with the words that `before` lacks in <ins>, and those that it lost in <del>."""
    old, new = (before or "").split(), (after or "").split()
    if before is None or not old:
        return escape(after or "")
    parts = []
    for tag, i0, i1, j0, j1 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(escape(" ".join(new[j0:j1])))
            continue
        if i1 > i0:
            parts.append(Markup("<del>{}</del>").format(" ".join(old[i0:i1])))
        if j1 > j0:
            parts.append(Markup("<ins>{}</ins>").format(" ".join(new[j0:j1])))
    return Markup(" ").join(parts)


def as_said(value: str | None, message: str) -> str | None:
    """`value` of a finding as `message` writes it, where that is a sum: '980000' → '980 000 €'."""
    if value is None or not re.fullmatch(r"\d+(?:\.\d+)?", value):
        return value
    sum_ = euros(Decimal(value))
    return sum_ if " ".join(sum_.split()) in " ".join(message.split()) else value


def both(french: str, english: str) -> Markup:
    """A wording in both languages; the page shows one."""
    if french == english:
        return escape(french)
    return Markup('<span class="fr">{}</span><span class="en" lang="en">{}</span>').format(
        french, english
    )


def word(kind: str, code: str | None) -> Markup:
    """The words for a code of the database, in both languages."""
    return both(*words(kind, code))


def of_severity(code: str, number: int) -> Markup:
    """What so many findings of a severity are called."""
    french, english = words("severity", code)
    if number > 1 and code != "warning":
        french += "s"
    return both(french, english if number == 1 or code != "error" else f"{english}s")


def unbroken(text: str) -> str:
    """`text` whose sums, quotation marks and colons no line parts."""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\u202f", text)
    return re.sub(r"(?<=\d) (?=€)|(?<=«) | (?=[»:;?!])", "\xa0", text)


def quoted(text: str) -> Markup:
    """What a document says, in quotation marks unless it has its own."""
    tag = "span" if text.startswith("«") else "q"
    return Markup('<{0} lang="fr">{1}</{0}>').format(tag, text)


def lineage_href(lineage_id: str) -> str:
    return f"lineage/{page_name(lineage_id)}.html"


def decimal(number: Any) -> Any:
    return both(str(number).replace(".", ","), str(number))
