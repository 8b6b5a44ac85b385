"""Who an annex means: 'AMP-DDETS' is two organisations, 'Ville – X', 'Ville-X' and 'X' are one.

What is generic stands in data: kinds of organisations with their scope (`organisation_types.csv`:
a DDETS belongs to a department, a CCAS to a commune), bodies known by name and their spellings
(`organisations.csv`, `organisation_aliases.csv`). What is local comes from the territory: its
name, its sigle, its main commune, its department.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from normalizers.cutting import Cutter
from normalizers.in_charge import those_in_charge
from normalizers.reference import MalformedError, read_rows
from normalizers.terms import ARTICLE, fold
from normalizers.territory_names import GENERIC, abridges, is_named_apart, key, own_names

CODE = r"(?:2[ab]|\d{2,3}|\d[a-d])"
OF = re.compile(r"^(?:[\s:–—-]|de la\s|de l['’]|de\s|d['’]|du\s|des\s)+", re.IGNORECASE)
# Métropole – direction de l'habitat : a part of who stands before it
SERVICE = re.compile(
    r"(?:direction|service|pôle|mission(?! locale)|unité|cellule|bureau)s?\s", re.IGNORECASE
)
ASSOCIATION = re.compile(r"^(?:association|asso)\.?\s+(?=\w)", re.IGNORECASE)
# Association Passerelles (ex-Relais Nord) · Le Gué (anciennement Abri 12)
FORMER = re.compile(
    r"(?P<name>\w[^()]{2,}?)\s*\((?:ex|anciennement)\b[\s-]*(?P<former>[^()]{3,})\)",
    re.IGNORECASE,
)
DEPARTMENT = re.compile(r"(?:conseil )?departement")
ANY_TERRITORY = ("collectivite", "beneficiaire")  # others are words for intercommunal bodies
ANY_COMMUNE = ("commune",)  # in an act of an intercommunal body, whichever
NO_EPCI = re.compile(r"(?:la |le )?(?:villes?|communes?|departement|conseil departemental|ccas)\b")
NO_AUTHORITY = re.compile(r"(?:gip|groupement d['’]interet public|association)\b")
LONGEST_COMMUNE = 50  # characters


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; `scope` says what it belongs to, None where nothing is known of it."""

    organisation_id: str
    name: str
    kind: str | None
    local: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What a territory lends to its organisations' names; None where it is not known."""

    territory_id: str
    name: str
    sigles: tuple[str, ...] = ()
    main_commune: str | None = None
    department_code: str | None = None
    of_department: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class _Type:
    kind: str
    scope: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference files on organisations."""

    types: tuple[_Type, ...]
    names: Mapping[str, Organisation]
    aliases: Mapping[tuple[str, str], str]  # (territory or '', folded alias) → organisation_id
    joined: tuple[tuple[str, str], ...]  # what stands before and behind « et » in such a name


def load_organisations(directory: Path) -> Reference:
    """The organisations and spellings of `directory`; MalformedError names what is wrong."""
    types = tuple(
        _Type(r["type"], r["scope"], r["name"], tuple(key(a) for a in r["aliases"].split(";")))
        for r in read_rows(
            directory / "organisation_types.csv", ("type", "scope", "name", "aliases")
        )
    )
    names = {
        r["organisation_id"]: Organisation(
            r["organisation_id"], r["name"], r["kind"] or None, bool(r["territory"])
        )
        for r in read_rows(
            directory / "organisations.csv", ("organisation_id", "name", "kind", "territory")
        )
    }
    path = directory / "organisation_aliases.csv"
    aliases = {}
    kinds = {t.kind for t in types}
    for line, row in enumerate(read_rows(path, ("alias", "territory", "organisation_id")), 2):
        target = row["organisation_id"]
        if target not in names and target.partition(":")[0] not in kinds:
            raise MalformedError(
                path, line, f"organisation inconnue « {target} »", f"unknown organisation {target}"
            )
        aliases[row["territory"], key(row["alias"])] = target
    joined = (alias.partition(" et ") for _, alias in aliases if " et " in alias)
    return Reference(types, names, aliases, tuple((first, last) for first, _, last in joined))


class Directory:
    """The organisations that one territory's documents may name.

    `spellings` are all texts in which they do: a commune named in full once ('Ville de X') is
    known by its bare name everywhere. `partners` are the other parties to its acts: where the
    territory has none of its own, 'Agglo' and 'CCAS' mean the only one of that kind.
    """

    def __init__(
        self,
        reference: Reference,
        place: Place,
        spellings: Collection[str] = (),
        partners: Iterable[str] = (),
    ) -> None:
        self.place = place
        self._reference = reference
        main = None if is_named_apart(place.name) else place.main_commune
        self._commune_names = {key(main): main} if main else {}
        self._own = own_names(place.name, place.sigles)
        self._partners: dict[str, Organisation] = {}
        self._only: dict[str, Organisation] = {}  # the only party of a kind
        self._told_alone = {key(spelling) for spelling in spellings}
        self._renamed = {
            _without_kind(renamed["former"]): renamed["name"]
            for spelling in sorted(set(spellings))
            if (renamed := FORMER.fullmatch(spelling.strip()))
        }
        cutter = Cutter(lambda text: self.one(text), self._told_alone, reference.joined)
        self._pieces = cutter.pieces
        self._learn_partners(partners)
        self.one = lru_cache(maxsize=None)(self._one)
        named = [self.one(p) for s in sorted(set(spellings)) for p in self._pieces(s)]
        for found in named:
            if found and found.kind == "ville":
                self._learn(self._commune_of(found))
        self._called_after({self._commune_of(found) for found in named if found})
        self.one = lru_cache(maxsize=None)(self._one)
        self.knows = lru_cache(maxsize=None)(self._knows)
        self.spelled = lru_cache(maxsize=None)(self._spelled)

    def _learn_partners(self, names: Iterable[str]) -> None:
        parties = {name: self._party(name) for name in sorted(set(names))}
        self._partners = {
            known: party for name, party in parties.items() if party for known in own_names(name)
        }
        found = list(dict.fromkeys(party for party in parties.values() if party and party.kind))
        kinds = Counter(party.kind for party in found)
        self._only = {str(p.kind): p for p in found if kinds[p.kind] == 1}

    def _learn(self, commune: str) -> None:
        self._commune_names.setdefault(key(commune), commune)

    def _called_after(self, communes: Collection[str]) -> None:
        """Let the main commune be the one of `communes` with which its name begins, where the
        territory is called after it and more: 'Grenelle' of 'Grenelle Alpes Agglomération'."""
        whole = self.place.main_commune or ""
        begins = [c for c in communes if c and re.match(rf"{re.escape(c)} [A-ZÀ-Ý]", whole)]
        if len(begins) == 1:
            self._commune_names.pop(key(whole), None)
            self._own = {*self._own, key(whole)}
            self._learn(begins[0])
            self.place = replace(self.place, main_commune=begins[0])

    def _commune_of(self, organisation: Organisation) -> str:
        """The commune that the name of an `organisation` of one bears, else ''."""
        forms = (t.name for t in self._reference.types if t.kind == organisation.kind)
        before, found, _ = next(forms, "").partition("de {commune}")
        match = found and re.match(rf"{before}(?:de |d')(.+)", organisation.name)
        return match[1] if match else ""

    def _spelled(self, text: str) -> list[tuple[Organisation, str]]:
        """The organisations that `text` names, in order, each once with its spelling there;
        unknown ones under the name written."""
        found: dict[str, tuple[Organisation, str]] = {}
        for piece in self._pieces(text):
            organisation = self.one(piece) or _unknown(self._called(piece), self.place)
            if organisation:
                found.setdefault(organisation.organisation_id, (organisation, piece))
        return list(found.values())

    def _called(self, name: str) -> str:
        """An unknown body's `name` as others spell it: 'Association X' as 'X' where it is told so,
        that of now for the one that a document says it had."""
        former = FORMER.fullmatch(name)
        name = former["name"] if former else self._renamed.get(_without_kind(name), name)
        bare = ASSOCIATION.sub("", ARTICLE.sub("", name))
        return bare if key(bare) in self._told_alone and not self.one(bare) else name

    def _knows(self, text: str) -> bool:
        """Are all organisations that `text` names known ones?"""
        pieces = self._pieces(text)
        return bool(pieces) and all(self.one(p) for p in pieces)

    def pilots(self, text: str) -> list[tuple[Organisation, str]]:
        """The organisations that a pilot's cell names, without those that it says to stand
        beside the pilot, what they do, and without their own services."""
        found = self.spelled(those_in_charge(text))
        return found[:1] + [
            (one, said) for one, said in found[1:] if self.one(said) or not SERVICE.match(said)
        ]

    def payer(self, name: str | None, pilot: str, own: bool = False) -> str | None:
        """Who pays as `name`: 'Commune' beside a `pilot` that is one means that one; the only pilot
        where it is its `own` money, 'Autofinancement'."""
        if own:
            pilots = self.pilots(pilot)
            return pilots[0][0].name if len(pilots) == 1 else name
        communes = [one.name for one, _ in self.pilots(pilot) if one.kind == "ville"]
        told = name and key(name) in ANY_COMMUNE and len(communes) == 1
        return communes[0] if told else name

    def name(self, text: str) -> str:
        """The usual name of the one known organisation that `text` names, else `text`."""
        found = self.one(text)
        return found.name if found else " ".join(text.split())

    def _one(self, text: str) -> Organisation | None:
        """The known organisation that `text` names as a whole."""
        text = ARTICLE.sub("", text)
        folded = key(text)
        if not folded:
            return None
        for territory in (self.place.territory_id, ""):
            if target := self._reference.aliases.get((territory, folded)):
                return self._target(target)
        known = any(folded in kind.aliases for kind in self._reference.types)  # ARS
        if folded in self._own or (not known and abridges(text.strip(), self.place.name)):
            return self._beneficiary()
        if folded in self._partners:
            return self._partners[folded]
        for kind in self._reference.types:
            for alias in kind.aliases:
                if folded.startswith(alias) and (found := self._typed(kind, alias, folded, text)):
                    return found
        if folded in self._commune_names:
            return self._of_commune("ville", self._commune_names[folded])
        return None

    def _target(self, target: str) -> Organisation | None:
        if target in self._reference.names:
            return self._reference.names[target]
        kind, _, name = target.partition(":")
        if kind == "epci":
            return self._beneficiary()
        return self._of_commune(kind, name)

    def _typed(self, kind: _Type, alias: str, folded: str, text: str) -> Organisation | None:
        """The organisation of `kind` that `text` names: its alias, alone or with a place."""
        if kind.scope == "department":
            place = re.fullmatch(rf"{re.escape(alias)}\s?(?P<code>{CODE})?(?P<name> .+)?", folded)
            if place is None or (place["name"] and not self._is_department(place["name"])):
                return None
            return self._of_department(kind, (place["code"] or "").upper())
        if folded != alias and not folded.startswith(f"{alias} "):
            return None
        text = text.strip()
        rest = "" if folded == alias else text[_prefix_length(text, alias) :]
        if kind.scope == "territory":
            return self._of_territory(kind, alias, key(rest))
        if kind.scope == "region":
            return self._of_named_region(kind, rest) if rest else self._of_region(kind)
        if folded == alias:
            only = None if self.place.main_commune else self._only.get(kind.kind)
            if alias in ANY_COMMUNE and not only and not NO_EPCI.match(fold(self.place.name)):
                return None
            return only or self._of_commune(kind.kind, self.place.main_commune)
        return self._of_named_commune(kind, OF.sub("", rest).strip())

    def _of_territory(self, kind: _Type, alias: str, rest: str) -> Organisation | None:
        """The beneficiary, of which `alias` says the `kind`, where `rest` is nothing or its name;
        where it is of another kind, its only partner of this one."""
        name = fold(self.place.name)
        if alias not in ANY_TERRITORY and (NO_EPCI.match(name) or NO_AUTHORITY.match(name)):
            return None if rest else self._only.get(kind.kind)
        told, own = {*rest.split()} - GENERIC, {*key(self.place.name).split()} - GENERIC
        named = not rest or rest in self._own or (own and told == own)
        return self._beneficiary() if named else None

    def _of_named_commune(self, kind: _Type, name: str) -> Organisation | None:
        """'CCAS de X', unless X is something else or several."""
        several = re.search(r"[/,;&\n]|\s[-–—+]\s|\set\s", name)
        if not re.match(r"[A-ZÀ-Ý]", name) or len(name) > LONGEST_COMMUNE or several:
            return None
        known = self._one(name)
        return self._of_commune(kind.kind, name) if not known or known.kind == "ville" else None

    def _party(self, name: str) -> Organisation | None:
        """The organisation that a party to an act is, by its `name` in full."""
        if found := self._one(name):
            return found if found.organisation_id != self.place.territory_id else None
        of_communes = next(t for t in self._reference.types if t.scope == "territory")
        kinds = (alias for alias in of_communes.aliases if alias not in ANY_TERRITORY)
        said = key(name)  # Communauté de communes du Lac · Vanne Métropole
        if not any(said.startswith(f"{kind} ") or said.endswith(f" {kind}") for kind in kinds):
            return None
        where = self.place.department_code or self.place.territory_id
        known_as = f"{of_communes.kind}:{where}:{_slug(name)}"
        return Organisation(known_as, name, of_communes.kind, True)

    def _is_department(self, name: str) -> bool:
        own = self.place.of_department
        return bool(own) and key(name) in (key(own or ""), _bare(own or ""))

    def _beneficiary(self) -> Organisation | None:
        if not self.place.territory_id:
            return None
        return Organisation(self.place.territory_id, self.place.name, "collectivité", True)

    def _of_department(self, kind: _Type, code: str) -> Organisation | None:
        own = self.place.department_code or ""
        code = code or own
        if kind.kind == "departement" and code == own and DEPARTMENT.match(fold(self.place.name)):
            return self._beneficiary()
        if "{of_department}" in kind.name:
            of = self.place.of_department if code == own else None
            name = kind.name.format(of_department=of or code).strip()
        else:
            name = kind.name.format(code=code).strip()
        where = code if self.place.region else f"{self.place.territory_id}-{code}".strip("-")
        return Organisation(f"{kind.kind}:{where}", name, kind.kind, not self.place.region)

    def _of_region(self, kind: _Type) -> Organisation:
        region = self.place.region
        name = kind.name.format(region=region or "").strip()
        where = _slug(region) if region else self.place.territory_id
        return Organisation(f"{kind.kind}:{where}", name, kind.kind, not region)

    def _of_named_region(self, kind: _Type, rest: str) -> Organisation | None:
        """'ARS Normandie', 'Région Bretagne': the territory's own region or another one."""
        name = OF.sub("", rest).strip()
        if not re.fullmatch(r"[A-ZÀ-Ý][^\d/,;&+:()\n]{2,35}", name):
            return None
        if self.place.region and key(name) == key(self.place.region):
            return self._of_region(kind)
        return Organisation(
            f"{kind.kind}:{_slug(name)}", kind.name.format(region=name), kind.kind, False
        )

    def _of_commune(self, kind: str, commune: str | None) -> Organisation:
        form = next(t.name for t in self._reference.types if t.kind == kind)
        if not commune:
            name = re.sub(r"\s*\bde \{commune\}", "", form)
            return Organisation(f"{kind}:{self.place.territory_id}", name, kind, True)
        commune = self._commune_names.get(key(commune), commune)
        name = form.format(commune=commune)
        name = re.sub(r"\bde (?=[AEIOUÉÈÊÎaeiouéèêî])", "d'", name)
        where = self.place.department_code or self.place.territory_id
        return Organisation(f"{kind}:{where}:{_slug(commune)}", name, kind, True)


def _without_kind(name: str) -> str:
    """The key of 'Association X', 'l'association X', 'X'."""
    return key(ASSOCIATION.sub("", ARTICLE.sub("", name)))


def _unknown(name: str, place: Place) -> Organisation | None:
    slug = _slug(name)
    if not slug:
        return None
    name = " ".join(name.split())
    return Organisation(f"nom:{place.territory_id}:{slug}", name, None, True)


def _prefix_length(text: str, alias: str) -> int:
    """How many characters of `text` the folded `alias` stands for."""
    for n in range(1, len(text) + 1):
        if key(text[:n]) == alias:
            return n
    return 0


def _bare(of_department: str) -> str:
    return key(OF.sub("", of_department))


def _slug(text: str) -> str:
    return key(text).replace(" ", "-").replace("+", "-plus").replace("%", "")
