"""Which authority each document is signed with, among those that people know and those that the
documents name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from normalizers.parties import clean_organisation, is_called_beneficiary, organisations_of
from normalizers.territories import (
    KnownTerritory,
    authority,
    bare_name,
    find_territory,
    named_in,
    new_territory,
    other_names,
    predecessors,
)
from pipeline.extracted import Fact, Model, fact_of
from pipeline.names import slug

PARTIES = ("party.beneficiary", "party.partner")
HOLDERS = ("beneficiary", "siret", *PARTIES)  # the facts that tell a document's territory


class Head(Model):
    """What of a document tells its territory, and the hash of the file that says it."""

    file: Path
    digest: str
    size: int
    document_id: str
    title: str
    facts: list[Fact]


def territories_of(
    documents: Sequence[Head], known: Sequence[KnownTerritory]
) -> dict[str, KnownTerritory]:
    """The authority of each document that names one, by document id: one of `known`, else one that
    the documents make known, under whichever of its names."""
    named: dict[str, list[Head]] = defaultdict(list)
    documents = _with_the_beneficiary_agreed(documents)
    for document in documents:
        if (name := _authority(document)) is not None:
            named[name].append(document)
    parties = _Parties(known)
    for name, group in named.items():
        parties.add(name, group)
    for other, bare in _other_names(named).items():
        parties.join(other, bare)
    found = parties.territories()
    every = {t.territory_id: t for t in (*known, *found.values())}
    for document in documents:
        if document.document_id in found:
            continue
        siren = (fact_of(document.facts, "siret") or "")[:9]
        if territory := named_in(document.title, [*every.values()]) or every.get(siren):
            found[document.document_id] = territory
    return found


class _Parties:
    """The authorities that acts name as their party: those that people know, by the acts that name
    them, and `strangers`, whose acts stand under each spelling of their bare name, or under the
    name that they are `called` by otherwise."""

    def __init__(self, known: Sequence[KnownTerritory]) -> None:
        self._known = known
        self._found: dict[str, KnownTerritory] = {}
        self._held: dict[str, KnownTerritory] = {}
        self._strangers: dict[str, dict[str, list[Head]]] = defaultdict(lambda: defaultdict(list))
        self._called: dict[str, list[Head]] = defaultdict(list)

    def add(self, name: str, group: Sequence[Head]) -> None:
        """The acts of `group` name their party so."""
        if holder := find_territory(name, self._known):
            self._held[bare_name(name)] = holder
            self._hold(holder, group)
        else:
            self._strangers[bare_name(name)][slug(name)] += group

    def join(self, other: str, bare: str) -> None:
        """The party that acts name `other` is the one that is named `bare`, unless their SIRENs
        tell them apart."""
        if other not in self._strangers:
            return
        group = [d for spelling in self._strangers[other].values() for d in spelling]
        if bare in self._held:
            self._hold(self._held[bare], group)
            del self._strangers[other]
        elif bare in self._strangers and (
            len(_sirens([group, *self._strangers[bare].values(), self._called[bare]])) < 2
        ):
            self._called[bare] += [*group, *self._called.pop(other, [])]
            del self._strangers[other]

    def territories(self) -> dict[str, KnownTerritory]:
        """The authority of each act, by document id."""
        for bare, spellings in self._strangers.items():
            for stranger, group in _new(spellings, self._called[bare]):
                self._hold(stranger, group)
        return self._found

    def _hold(self, holder: KnownTerritory, group: Iterable[Head]) -> None:
        self._found |= {d.document_id: holder for d in group}


def _new(
    spellings: Mapping[str, list[Head]], called: Sequence[Head]
) -> Iterator[tuple[KnownTerritory, list[Head]]]:
    """The authorities that the acts of one bare name make known, each with its acts: by the
    `spellings` of the name, one, or one each where their SIRENs tell them apart. Acts that have
    `called` it otherwise are its own."""
    apart = [{s: group} for s, group in spellings.items()]
    for same in [spellings] if len(_sirens(spellings.values())) < 2 else apart:
        # written most often, else the shortest
        name_slug = min(same, key=lambda s: (-len(same[s]), len(s), s))
        name = clean_organisation(_authority(same[name_slug][0]) or "")
        group = [d for documents in same.values() for d in documents] + [*called]
        yield new_territory(name, _sirets(group), name_slug), group


def _other_names(named: Mapping[str, Sequence[Head]]) -> dict[str, str]:
    """The sigles and former names that acts give the party that they name, and the one authority
    with acts of its own that it succeeds → its name today, all as `bare_name` writes them; what two
    parties are called is neither's."""
    parties: dict[str, set[str]] = defaultdict(set)
    acting = {bare_name(name) for name in named}
    for name, group in named.items():
        for document in group:
            quote = next(f.quote for f in document.facts if f.name == "beneficiary")
            before = {bare_name(p) for p in predecessors(quote)} & acting - {bare_name(name)}
            for other in other_names(name, quote) | (before if len(before) == 1 else set()):
                parties[other].add(bare_name(name))
    names = {other: min(found) for other, found in sorted(parties.items()) if len(found) == 1}
    for other, name in names.items():
        seen = {other}
        while (today := names.get(name)) and name not in seen:
            seen.add(name)
            name = today
        names[other] = name
    return {other: name for other, name in names.items() if other != name}


def _with_the_beneficiary_agreed(documents: Sequence[Head]) -> list[Head]:
    """`documents`, those that call none of their parties « le bénéficiaire » with the one that an
    act between the same parties, two at least beside the State, calls so."""
    called = {
        parties: told
        for document in documents
        if len(parties := _beside_the_state(document)) > 1 and (told := _called(document))
    }
    return [
        document.model_copy(update={"facts": [agreed, *document.facts]})
        if (agreed := called.get(_beside_the_state(document))) and not _called(document)
        else document
        for document in documents
    ]


def _called(document: Head) -> Fact | None:
    """The beneficiary of an act that calls it so."""
    told = (f for f in document.facts if f.name == "beneficiary" and is_called_beneficiary(f.quote))
    return next(told, None)


def _beside_the_state(document: Head) -> frozenset[str]:
    """All parties to an act but the State, as `bare_name` writes them."""
    introduced = (f.value for f in document.facts if f.name in PARTIES)
    return frozenset(bare_name(name) for text in introduced for name in organisations_of(text))


def _authority(document: Head) -> str | None:
    """The authority that the act of `document` names as its party, or behind it."""
    name = fact_of(document.facts, "beneficiary")
    return name and authority(name)


def _sirens(groups: Iterable[Sequence[Head]]) -> set[str]:
    """The SIRENs that groups of acts write most often."""
    return {new_territory("", _sirets(group), "").territory_id for group in groups} - {"nom:"}


def _sirets(documents: Sequence[Head]) -> list[str]:
    """The SIRETs that acts write of their authorities; 26… are those of establishments that
    authorities made, a CCAS for instance (INSEE)."""
    found = (fact_of(d.facts, "siret") for d in documents)
    return [s for s in found if s and not s.startswith("26")]
