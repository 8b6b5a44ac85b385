"""Which authority an act is signed with, known by its name; the SIREN then follows.

Acts may quote a SIRET that is not the authority's own, so the name decides and a contradiction is
left for a check to find. An authority that `data/reference/territories.csv` does not hold takes the
SIREN that its acts write most often, if its key is right, else the id 'nom:<slug of its name>'; its
names may differ in their form, where no SIREN tells them apart.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from stdnum.fr import siret

from normalizers.organisations import Place
from normalizers.reference import MalformedError, read_rows
from normalizers.terms import acronym_table, fold, spelt_out, words
from normalizers.territory_names import main_commune, sigles

LONG_WORD = 8  # letters
SAME_WORD = 85  # of 100, but for a letter or two
KINDS = (
    "métropole", "communauté urbaine", "communauté d'agglomération", "communauté de communes",
    "agglomération", "département", "région", "ville", "commune",
)  # fmt: skip
# The form of a union of communes, which names carry or not: CA Valbrune, Valbrune Agglo
FORMS = frozenset(
    {"communaute", "communes", "urbaine", "agglomeration", "agglo", "ca", "cu", "cc"}
    | {"metropole", "eurometropole"}
)
CITY = {"commune": "ville", "mairie": "ville", "municipalite": "ville"}  # of Rennes
# what bodies are, in full and by the sigle that stands for it
BODIES = acronym_table(
    (
        ("PETR", "pôle d'équilibre territorial et rural"),
        ("GIP", "groupement d'intérêt public"),
        ("SIVOM", "syndicat intercommunal à vocation multiple"),
        ("SM", "syndicat mixte"),
        ("EPT", "établissement public territorial"),
    )
)
# ADIL 38; but not CAF 10 000 €, CAF 50 k€
NUMBERED = re.compile(
    r"\b(?:DDETS|DDETSPP|DDCS|DDT|DDTM|SIAO|ADIL|CAF|CD)[ -]?(?P<code>2[ABab]|\d{2,3}|\d[A-D])\b"
    r"(?!\s?\d|[.,]\d|\s?(?:k?€|k?euros?\b|%|ETP\b))"
)
# le Département de la Drôme · la préfète de la Drôme
DEPARTMENT = re.compile(
    r"(?<![Ss]ous-)\b(?:(?P<prefect>[Pp]réf[eè]te?)(?:\sdu\s[Dd]épartement)?|[Dd]épartement)\s+"
    r"(?P<name>(?:de la |de l['’]|des |du |de |d['’])(?:La )?[A-ZÀ-Ý][\w'’]*(?:-[\w'’]+)*)"
)


# X, anciennement dénommée Communauté de communes Y, représentée par
FORMERLY = re.compile(
    r"\b(?:anciennement|précédemment|auparavant|autrefois|ex)[\s:-]\s*(?:d[ée]nommée?s?\s+)?"
    r"(?:(?:la|le|les)\s+|l['’])?(?P<name>[^,;()«»]{3,100}?)\s*(?=[,;()«»]|$|\breprésenté)",
    re.IGNORECASE,
)


# X, issue de la fusion, au 1er janvier 2024, de la CU Y et de la CC Z, représentée par
# X, venant aux droits de la CC Y, représentée par
SUCCEEDS = re.compile(
    r"\b(?:issue?s? d(?:e la |['’]une )(?:fusion|r[ée]union|transformation)(?:[-\s]extension)?"
    r"(?:\s*,[^,]{3,40},)?|(?:se )?substitu(?:ant|[ée]e?s?)(?: de plein droit)?|venant aux droits"
    r"|(?:ayant )?succ[éeè]d(?:ant|e|[ée]))\s(?:entre|à|aux?|des?|du)\s?(?P<names>.{3,200}?)"
    r"(?=,?\s(?:sise?|pour|au titre|en mati[eè]re|repr[ée]sent|ci-apr[eè]s|dont le si[eè]ge)"
    r"|[;()]|$)",
    re.IGNORECASE | re.DOTALL,
)
BEHIND = {
    # CCAS de Morlande · centre communal d'action sociale de la ville de Morlande
    "Ville ": re.compile(
        r"(?:CCAS|centre communal d['’]action sociale)\s(?:\(CCAS\)\s)?"
        r"(?=d[eu]\s|d['’])(?:de\s(?:la\s)?(?:ville|commune)\s)?",
        re.IGNORECASE,
    ),
    "Département ": re.compile(r"conseil (?:départemental|général)\s(?=d[eu]s?\s|d['’])", re.I),
    "Région ": re.compile(r"conseil régional\s(?=d[eu]s?\s|d['’])", re.I),
}
EACH = re.compile(
    r"(?:\s*,\s*(?:et\s)?|\set\s)(?=(?:de\s|d['’]|du\s)?(?:la\s|l['’]|le\s|les\s|[A-Z]))"
)
ITS_ARTICLE = re.compile(r"^(?:(?:de|du|d['’])\s?)?(?:la\s|le\s|les\s|l['’]\s?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownTerritory:
    """An authority of the reference, or one that documents made known."""

    territory_id: str
    name: str
    short_name: str | None = None
    kind: str | None = None
    main_commune: str | None = None
    department_code: str | None = None
    region_code: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its name after 'Département', its region's code and name."""

    of_name: str
    region_code: str
    region: str


def load_territories(path: Path) -> list[KnownTerritory]:
    """The authorities of `territories.csv`; MalformedError names a SIREN that is none."""
    found = []
    columns = ("siren", "name", "short_name", "kind", "main_commune", "department_code")
    for line, row in enumerate(read_rows(path, (*columns, "region_code")), 2):
        if not re.fullmatch(r"\d{9}", row["siren"]):
            siren = row["siren"]
            raise MalformedError(path, line, f"SIREN illisible « {siren} »", f"{siren} is no SIREN")
        values = [row[c] or None for c in (*columns[2:], "region_code")]
        found.append(KnownTerritory(row["siren"], row["name"], *values))
    return found


def load_departments(path: Path) -> dict[str, Department]:
    """The departments of `departments.csv`, by code."""
    columns = ("code", "of_name", "region_code", "region")
    return {
        r["code"]: Department(r["of_name"], r["region_code"], r["region"])
        for r in read_rows(path, columns)
    }


def find_territory(name: str, known: Iterable[KnownTerritory]) -> KnownTerritory | None:
    """The authority of `known` that goes by `name`, whatever the case, order and small words; one
    long word may be misspelt among others: Mantes is not Nantes."""
    sought = sorted(_words(name))
    misspelt: KnownTerritory | None = None
    for territory in known:
        if territory.short_name and fold(territory.short_name) == fold(name):
            return territory
        its_own = sorted(_words(territory.name))
        if its_own == sought:
            return territory
        if _is_misspelt(sought, its_own):
            misspelt = territory
    return misspelt


def _words(name: str) -> list[str]:
    """The words of `name`, a commune told as the city that it is, a sigle of `BODIES` in full."""
    return spelt_out([CITY.get(word, word) for word in words(name)], BODIES)


def _is_misspelt(sought: Sequence[str], its_own: Sequence[str]) -> bool:
    """Do names differ in one word, a long one by a letter or two, and share one of their own?"""
    shared = {*sought} & {*its_own}
    others = [w for w in sought if w not in shared], [w for w in its_own if w not in shared]
    if [len(some) for some in others] != [1, 1] or shared <= FORMS:
        return False
    (one,), (other,) = others
    return max(len(one), len(other)) >= LONG_WORD and fuzz.ratio(one, other) >= SAME_WORD


def bare_name(name: str) -> str:
    """What is left of the name of a union of communes without its form, which changes with the
    years: 'Communauté d'agglomération Valbrune Agglo' and 'Valbrune Métropole' are 'valbrune'. A
    city and a department keep what they are."""
    told = _words(name)
    return " ".join([w for w in told if w not in FORMS] or told)


def authority(name: str) -> str:
    """The authority behind the party `name`: the city, where that is its CCAS, the department of
    its council."""
    found = ((form, match) for form, body in BEHIND.items() if (match := body.match(name)))
    return next((form + name[match.end() :] for form, match in found), name)


def other_names(name: str, text: str) -> set[str]:
    """The sigle and the former name that `text`, which introduces the party `name`, gives it, as
    `bare_name` writes them."""
    said = {*sigles(text, name[1:])}  # whatever the case of its first letter
    said |= {m["name"] for m in FORMERLY.finditer(text)}
    return {bare_name(n) for n in said if not FORMS.issuperset(words(n))} - {bare_name(name)}


def predecessors(text: str) -> list[str]:
    """The authorities that `text`, which introduces a party, says that it succeeds."""
    return [
        name
        for match in SUCCEEDS.finditer(text)
        for one in EACH.split(match["names"])
        if (name := ITS_ARTICLE.sub("", one.strip()).strip(" ,.")) and name[:1].isalpha()
    ]


def named_in(text: str, known: Sequence[KnownTerritory]) -> KnownTerritory | None:
    """The one authority of `known` whose name stands in `text`, a title for instance."""
    inside = f" {' '.join(words(text))} "
    found = [t for t in known if f" {' '.join(words(t.name))} " in inside]
    return found[0] if len(found) == 1 else None


def new_territory(name: str, sirets: Iterable[str], slug: str) -> KnownTerritory:
    """An authority that no reference holds, from the name and the SIRETs that its acts write."""
    sirens = Counter(s[:9] for s in sorted(sirets) if siret.is_valid(s))
    territory_id = sirens.most_common(1)[0][0] if sirens else f"nom:{slug}"
    folded = fold(name)
    kind = next((k for k in KINDS if fold(k) in folded), None)
    return KnownTerritory(territory_id, name, kind=kind, main_commune=main_commune(name))


def place_of(
    territory: KnownTerritory,
    texts: Iterable[str],
    departments: Mapping[str, Department],
    sigles: Iterable[str] = (),
) -> Place:
    """What the territory lends to the names of its organisations; `texts` are its documents'. A
    department is its own; the prefect's goes before those of services, which may work in the one
    beside it."""
    codes: Counter[str] = Counter()
    names: Counter[str] = Counter()
    prefects: Counter[str] = Counter()
    if territory.department_code is None:
        for text in texts:
            codes.update(m["code"].upper() for m in NUMBERED.finditer(text))
            for match in DEPARTMENT.finditer(text):
                counts = prefects if match["prefect"] else names
                counts[match["name"].replace("’", "'")] += 1
    known = {fold(d.of_name): c for c, d in departments.items()}
    itself = DEPARTMENT.fullmatch(territory.name)
    signing = itself["name"].replace("’", "'") if itself else _most(prefects)
    name = signing or (None if prefects else _most(names))
    own = known.get(fold(signing or ""))
    code = territory.department_code or own or _most(codes) or known.get(fold(name or ""))
    department = departments.get(code or "")
    short = (territory.short_name,) if territory.short_name else ()
    return Place(
        territory.territory_id,
        territory.name,
        (*short, *sigles),
        territory.main_commune,
        code,
        department.of_name if department else name,
        department.region if department else None,
    )


def _most(counts: Counter[str]) -> str | None:
    """What counts most; None where another counts as much: a territory of two departments."""
    (first, count), (_, next_count) = [*counts.most_common(2), (None, 0), (None, 0)][:2]
    return first if count > next_count else None
