"""Invented territories at any size: signed conventions and avenants as PDFs, with what is true.

python -m benchmarks.territories OUT --documents 1000     # OUT/raw/*.pdf, OUT/gold/*.json

The same seed gives the same bytes. `OUT/gold` holds one JSON a document (its fields, articles,
annex tables, actions) and `OUT/lineage.json` the links between actions of following exercises.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import yaml

YEARS = 8  # a convention and seven avenants
ACTIONS = 40  # of one act
FIRST_YEAR = 2020
STARTS = (
    *("Vau", "Mor", "Bel", "Cor", "Mont", "Pré", "Val", "Roch", "Lan", "Quer", "Tor", "Bram"),
    *("Sar", "Fon", "Gra", "Chan"),
)
ENDS = (
    *("brière", "vigny", "lac", "tonne", "ceaux", "mières", "sanges", "nières", "court", "gnac"),
    *("dolle", "vert", "quin", "tel", "rive", "gueux"),
)
RIVERS = ("", "-sur-Oule", "-lès-Tremble", "-en-Braye", "-la-Forêt", "-sur-Lisane", "-le-Haut")
KINDS = (
    ("Métropole de", "la métropole", "Métropole", "conseil métropolitain"),
    ("Communauté d'agglomération de", "l'agglomération", "Agglomération", "conseil communautaire"),
    (
        "Communauté urbaine de",
        "la communauté urbaine",
        "Communauté urbaine",
        "conseil de communauté",
    ),
    ("Ville de", "la ville", "Ville", "conseil municipal"),
)
PEOPLE = ("Camille", "Dominique", "Claude", "Maxime", "Alix", "Sacha", "Andréa", "Morgan")
SURNAMES = ("Trouvelot", "Cazenoves", "Bellanger", "Roudaut", "Quémeneur", "Vasseur", "Delmotte")
ASSOCIATIONS = ("Horizon Clair", "Nid d'Hiver", "Le Pas Suivant", "Toits Partagés", "La Passerelle")
STATUSES = (
    ("Action à lancer", "planned"),
    ("En cours", "in_progress"),
    ("Engagée", "in_progress"),
    ("Renouvelée", "renewed"),
    ("Action terminée", "done"),
)
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
LAYOUTS = ("ruled", "lines", "zebra", "forms")
COLUMNS = (
    "ref:N° pilot:Pilote label:Intitulé_de_l'action objective:Objectifs description:Contenu "
    "indicators:Résultats_attendus_et_indicateurs status:Statut_de_l'action "
    "ami:Financement_AMI_{exercise} cof:Cofinancements_{exercise} comment:Commentaires",
    "pilot:Porteur label:Action objective:Objectif description:Description "
    "indicators:Indicateurs status:Avancement ami:Subvention_État cof:Cofinancements",
    "ref:N°_action label:Action pilot:Pilote description:Description_de_l'action "
    "indicators:Indicateurs_de_suivi status:Statut ami:Crédits_AMI cof:Cofinancements",
)

Family = tuple[int, int]  # operation, public


@dataclass(frozen=True, slots=True)
class Action:
    """An action as one act states it; `families` says which it is, through all rewordings."""

    families: tuple[Family, ...]
    pilot: str
    label: str
    objective: str
    description: str
    indicators: str
    status: tuple[str, str]
    ami: int | None
    cofunder: str
    cofunding: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class Act:
    """A convention or an avenant: `funded` actions stand in annex 1, the `others` in annex 2."""

    territory: "Territory"
    number: int  # 0: the convention
    funded: Sequence[Action]
    others: Sequence[Action]
    signed_on: date
    carry_over: int

    @property
    def exercise(self) -> str:
        year = self.territory.first_year + self.number
        return f"{year}-{year + 1}"

    @property
    def stem(self) -> str:
        year = self.territory.first_year + self.number
        kind = f"avenant-{self.number}" if self.number else "convention"
        return f"{self.territory.slug}-{kind}-{year}"

    @property
    def granted(self) -> int:
        return sum(a.ami or 0 for a in self.funded)

    def keyed(self) -> Iterator[tuple[str, Action]]:
        """Actions with the key that the truth gives them: annex and rank, from 1."""
        for annex, actions in enumerate((self.funded, self.others), 1):
            for rank, action in enumerate(actions, 1):
                yield f"A{annex}-{rank}", action


@dataclass(frozen=True, slots=True)
class Territory:
    """Who signs, and how its acts look."""

    index: int
    place: str
    kind: tuple[str, str, str, str]
    siren: str
    department: str
    first_year: int
    layout: str
    landscape: bool
    font: str
    beneficiary_representative: str
    state_representative: str
    columns: tuple[int, ...] = field(default=())  # of COLUMNS, by year

    @property
    def name(self) -> str:
        return f"{self.kind[0]} {self.place}"

    @property
    def slug(self) -> str:
        folded = self.place.lower().translate(str.maketrans("èéêâç", "eeeac"))
        return f"{folded}-{self.index:04}"

    @property
    def siret(self) -> str:
        return with_check_digit(self.siren + "0001")


@cache
def wording() -> dict[str, Any]:
    text = Path(__file__).with_name("wording.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def with_check_digit(digits: str) -> str:
    """`digits` and the one that makes them pass Luhn's test."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def invent_territory(index: int, dice: Random) -> Territory:
    names = [s + e + r for r, s, e in product(RIVERS, STARTS, ENDS)]
    people = [f"{first} {last}" for first, last in product(PEOPLE, SURNAMES)]
    beneficiary, state = dice.sample(people, 2)
    return Territory(
        index=index,
        place=names[index * 37 % len(names)],
        kind=KINDS[index % len(KINDS)],
        siren=with_check_digit(f"29{index:06}"),
        department=f"{1 + index % 19:02}",
        first_year=FIRST_YEAR - index % 3,
        layout=LAYOUTS[index % len(LAYOUTS)],
        landscape=index % 3 != 0,
        font=("Helvetica", "Times")[index % 2],
        beneficiary_representative=beneficiary,
        state_representative=state,
        columns=tuple(dice.randrange(len(COLUMNS)) for _ in range(YEARS)),
    )


def invent_acts(territory: Territory, years: int, actions: int, dice: Random) -> list[Act]:
    """A convention and `years` - 1 avenants, each rewording, adding, dropping, splitting and
    merging actions of the one before."""
    every = list(product(range(len(wording()["operations"])), range(len(wording()["publics"]))))
    acts: list[Act] = []
    present: list[tuple[Family, ...]] = [(f,) for f in dice.sample(every, actions)]
    before: dict[tuple[Family, ...], Action] = {}
    for number in range(years):
        if number:
            present = _next_year(present, every, actions, dice)
        now = {f: _stated(f, before.get(f), territory, number, dice) for f in present}
        before |= now
        stated = list(now.values())
        signed = date(territory.first_year + number, dice.randint(4, 11), dice.randint(1, 28))
        acts.append(
            Act(
                territory,
                number,
                [a for a in stated if a.ami],
                [a for a in stated if not a.ami],
                signed,
                carry_over=dice.randrange(5, 60) * 1000 if number else 0,
            )
        )
    return acts


def _next_year(
    present: Sequence[tuple[Family, ...]], every: Sequence[Family], actions: int, dice: Random
) -> list[tuple[Family, ...]]:
    kept = [f for f in present if dice.random() > 0.08]
    following: list[tuple[Family, ...]] = []
    waiting: tuple[Family, ...] | None = None
    for families in kept:
        if len(families) > 1 and dice.random() < 0.3:
            following += [(f,) for f in families]
        elif len(families) == 1 and waiting and waiting[0][0] == families[0][0]:
            following[-1] = (*waiting, *families)  # two of one operation become one
            waiting = None
        else:
            following.append(families)
            waiting = families if len(families) == 1 and dice.random() < 0.15 else None
    used = {f for families in (*present, *following) for f in families}
    free = [f for f in every if f not in used]
    missing = max(0, actions - len(following))
    following += [(f,) for f in dice.sample(free, min(len(free), missing))]
    return following[:actions]


def _stated(
    families: tuple[Family, ...],
    before: Action | None,
    territory: Territory,
    number: int,
    dice: Random,
) -> Action:
    """`families` as the act of a year says them: its amounts anew, its words too at times."""
    operation = wording()["operations"][families[0][0]]
    publics = wording()["publics"]
    reworded = before is None or dice.random() < 0.35
    funded = dice.random() < (0.65 if before is None else 0.95 if before.ami else 0.1)
    pilots = (territory.kind[2], "DDETS", f"Ville de {territory.place}", "CCAS", "SIAO")
    fills = {
        "place": territory.place,
        "n": 10 + 5 * (sum(map(sum, families)) % 30),
        "public": " et ".join(dice.choice(publics[f[1]]) for f in families),
    }
    status = dice.choice(STATUSES[:3] if number == 0 else STATUSES)
    money = {
        "status": status,
        "ami": dice.randrange(10, 200) * 500 if funded else None,
        "cofunder": dice.choice((territory.name, "Conseil départemental", "Bailleurs")),
        "cofunding": dice.randrange(4, 90) * 500 if dice.random() < 0.7 else None,
        "comment": "Reliquat à vérifier avec l'opérateur" if dice.random() < 0.1 else "",
    }
    if not reworded:
        assert before is not None
        return replace(before, **money)
    label = dice.choice(operation["labels"]).format(**fills)
    return Action(
        families=families,
        pilot=before.pilot if before else dice.choice((*pilots, dice.choice(ASSOCIATIONS))),
        label=label[0].upper() + label[1:],
        objective=dice.choice(operation["objective"]),
        description=dice.choice(operation["description"]).format(**fills),
        indicators=dice.choice(operation["indicators"]),
        **money,
    )


def links(acts: Sequence[Act]) -> list[dict[str, object]]:
    """Links from each action to those of the next act that share a family with it."""
    found: list[dict[str, object]] = []
    for earlier, later in pairwise(acts):
        pairs = [
            ((old, a), (new, b))
            for old, a in earlier.keyed()
            for new, b in later.keyed()
            if set(a.families) & set(b.families)
        ]
        for (old, a), (new, b) in pairs:
            merges = len(b.families) > len(a.families)
            relation = "merges" if merges else "splits" if len(a.families) > len(b.families) else ""
            found.append(
                {
                    "old": f"{earlier.stem}#{old}",
                    "new": f"{later.stem}#{new}",
                    "relation": relation or "continues",
                }
            )
    return found


def euros(amount: int | None) -> str:
    return "-" if amount is None else f"{amount:,} €".replace(",", " ")


def in_words(day: date) -> str:
    return f"{day.day}{'er' if day.day == 1 else ''} {MONTHS[day.month - 1]} {day.year}"


def table_of(act: Act, annex: int) -> tuple[list[str], list[str], list[list[str]], list[list[str]]]:
    """Fields, headings, body rows and totals rows of an annex table."""
    actions = act.funded if annex == 1 else act.others
    pairs = [p.split(":") for p in COLUMNS[act.territory.columns[act.number]].split()]
    pairs = [p for p in pairs if annex == 1 or p[0] != "ami"]
    fields = [kind for kind, _ in pairs]
    headings = [h.replace("_", " ").format(exercise=act.exercise) for _, h in pairs]
    rows = []
    for rank, action in enumerate(actions, 1):
        texts = {
            "ref": str(rank),
            "pilot": action.pilot,
            "label": action.label,
            "objective": action.objective,
            "description": action.description,
            "indicators": action.indicators,
            "status": action.status[0],
            "ami": euros(action.ami),
            "cof": f"{action.cofunder} : {euros(action.cofunding)}" if action.cofunding else "-",
            "comment": action.comment,
        }
        rows.append([texts[f] for f in fields])
    sums = {"ami": act.granted, "cof": sum(a.cofunding or 0 for a in actions)}
    total = [euros(sums[f]) if f in sums else "" for f in fields]
    return fields, headings, rows, [["Total", *total[1:]]] if annex == 1 else []


def truth(act: Act, articles: Sequence[tuple[str, str]], pages: int) -> dict[str, object]:
    """What a careful reader gets out of the act, in the form of a gold file."""
    territory = act.territory
    tables = []
    for annex in (1, 2):
        if territory.layout == "forms" and annex == 1:
            continue
        fields, headings, rows, totals = table_of(act, annex)
        tables.append(
            {"annex": annex, "columns": headings, "column_kinds": fields, "rows": rows}
            | {"totals": totals}
        )
    actions = []
    for key, action in act.keyed():
        form = territory.layout == "forms" and key.startswith("A1")
        columns = [] if form else COLUMNS[territory.columns[act.number]].split()
        shown = {c.split(":")[0] for c in columns} or {"objective"}
        actions.append(
            {
                "key": key,
                "funded": action.ami is not None,
                "pilot": action.pilot,
                "label": action.label,
                "objective": action.objective if "objective" in shown else "",
                "description": action.description,
                "indicators": action.indicators,
                "status_raw": "" if form else action.status[0],
                "comment": action.comment if "comment" in shown else "",
                "ami": action.ami,
                "cofinancing": action.cofunding,
            }
        )
    stated = [{"article": "2.2", "amount": act.granted - act.carry_over, "kind": "grant"}]
    if act.carry_over:
        stated.append({"article": "2.2", "amount": act.carry_over, "kind": "carry_over"})
    return {
        "document": {
            "kind": "avenant" if act.number else "convention",
            "exercise": act.exercise,
            "siret": territory.siret,
            "signed_on": act.signed_on.isoformat(),
            "received_on": (act.signed_on + timedelta(days=9)).isoformat(),
            "beneficiary": territory.name,
            "beneficiary_representative": territory.beneficiary_representative,
            "state_representative": territory.state_representative,
            "programme": "177",
            "page_count": pages,
        },
        "articles": articles,
        "stated_amounts": stated,
        "tables": tables,
        "actions": actions,
    }


def write_territory(
    index: int, out_dir: Path, *, acts: int = YEARS, actions: int = ACTIONS, seed: int = 1
) -> tuple[int, list[dict[str, object]]]:
    """Write the first `acts` acts of territory `index`; returns their pages and the links."""
    from benchmarks.drawing import draw

    dice = Random(f"{seed} {index}")
    territory = invent_territory(index, dice)
    invented = invent_acts(territory, YEARS, actions, dice)[:acts]
    pages = 0
    for act in invented:
        articles, count = draw(act, out_dir / "raw" / f"{act.stem}.pdf")
        text = json.dumps(truth(act, articles, count), ensure_ascii=False)
        (out_dir / "gold" / f"{act.stem}.json").write_text(text, encoding="utf-8")
        pages += count
    return pages, links(invented)


def generate(
    out_dir: Path, documents: int, *, actions: int = ACTIONS, seed: int = 1, jobs: int = 2
) -> int:
    """Write `documents` acts with their truth under `out_dir`; returns how many pages they have."""
    for folder in ("raw", "gold"):
        (out_dir / folder).mkdir(parents=True, exist_ok=True)
    acts = [min(YEARS, documents - first) for first in range(0, documents, YEARS)]
    one = partial(_write, out_dir=out_dir, actions=actions, seed=seed)
    with ProcessPoolExecutor(jobs) as pool:
        results = list(pool.map(one, enumerate(acts), chunksize=4))
    found = [link for _, some in results for link in some]
    text = json.dumps({"links": found}, ensure_ascii=False)
    (out_dir / "lineage.json").write_text(text, encoding="utf-8")
    return sum(pages for pages, _ in results)


def _write(
    numbered: tuple[int, int], out_dir: Path, actions: int, seed: int
) -> tuple[int, list[dict[str, object]]]:
    index, acts = numbered
    return write_territory(index, out_dir, acts=acts, actions=actions, seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--actions", type=int, default=ACTIONS, help="of one act")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    pages = generate(
        given.out_dir, given.documents, actions=given.actions, seed=given.seed, jobs=given.jobs
    )
    print(f"{given.documents} documents, {pages} pages in {given.out_dir}")


if __name__ == "__main__":
    main()
