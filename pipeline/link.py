"""Which action carries on which: auto, from what documents say, and as people decided.

Within a territory each exercise is held against the one before it, then what found no origin
against all that ended earlier (an action may come back after a gap). The pairs between two
exercises are scored from those two exercises alone, and each action belongs to the lineage of its
best origin: so a later year never changes what was decided, nor a `lineage_id`.
"""

import hashlib
import json
import re
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache, partial
from itertools import groupby, pairwise
from pathlib import Path
from types import MappingProxyType

import numpy as np
from rapidfuzz import fuzz

from normalizers.lexicon import Lexicon
from normalizers.links.habits import Habits
from normalizers.links.matching import Match, SharedWeights, match
from normalizers.links.profiles import Profile, profile
from normalizers.links.similarity import FEATURES, Comparison, Pairs
from normalizers.links.spaces import Floats
from normalizers.reference import MalformedError, read_rows
from normalizers.references import reference_key
from normalizers.sigles import sigles
from normalizers.terms import acronym_table, fold
from pipeline.errors import reference_explained
from pipeline.judgements import (
    Decisions,
    Exercise,
    exercise_years,
    place_judgements,
    read_judgements,
    reading_order,
    related,
    shown_label,
)
from pipeline.models import (
    Action,
    ActionPilot,
    AnnexTable,
    Article,
    CandidatePair,
    Cell,
    Document,
    Finding,
    Funding,
    Judgement,
    Lineage,
    Link,
    Mention,
    Territory,
)
from pipeline.partition import (
    JUDGEMENTS,
    Folder,
    FoldersReport,
    code_version,
    hash_of,
    version_of,
    write_folders,
)
from pipeline.store import read_records, table_folders, write_records
from pipeline.twins import twins_of

AUTO = 0.55
SHARED = 0.9  # a split or a merger makes two claims at once
AUTO_AFTER_GAP = 0.9
QUEUE = 0.05
SAME_NUMBERED = 60  # within one document
SAME_NAME = 90  # ratio from which a quoted name is that of an action
GAP = 1.5  # what a year without trace takes off the log-odds
# an action that its document calls new has an origin only if the document or a person says so
SAID_NEW = re.compile(r"\s*(?:action\s+)?nouve(?:lle|au)s?\b", re.IGNORECASE)
# "intègre l'action S2": beside what it takes in, the action carries on another
TAKES_IN = re.compile(r"\b(?:int[èe]gre|absorbe|incorpore|englobe)(?:nt)?\b", re.IGNORECASE)
# "issue de la scission de l'action 2": beside this part, another may carry the action on
IS_PART = re.compile(
    r"\b(?:issue?|scission|scind[ée]e?|s[ée]par[ée]e?|d[ée]doubl\w+)\b", re.IGNORECASE
)
GRANTED = ("granted", "planned", "requested")

Acronyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Knowledge:
    """What people decided once for all territories: acronyms, concepts, the weight of evidence."""

    acronyms: Acronyms
    concepts: Lexicon
    bias: float
    weights: tuple[float, ...]
    shared: SharedWeights

    def logits(self, pairs: Pairs) -> Floats:
        """Log-odds of each pair before its rivals are heard."""
        return np.asarray(pairs.features @ np.array(self.weights) + self.bias)


@dataclass
class Links:
    """The outcome for a set of actions, in no particular order."""

    links: list[Link] = field(default_factory=list)
    candidates: list[CandidatePair] = field(default_factory=list)
    lineages: list[Lineage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def link(normalized_dir: Path, reference_dir: Path, out_dir: Path, jobs: int = 1) -> FoldersReport:
    """Link the normalised actions; write link, candidate_pair, lineage, judgement and finding to
    `out_dir`, a folder a territory (`pipeline.partition`); a territory whose actions and judgements
    are the same is not linked again.

    Raises FiliationError when a reference file is malformed, naming the file and the line.
    """
    version = version_of(reference_dir)
    _knowledge(reference_dir, version)
    judgements = read_judgements(reference_dir / JUDGEMENTS)
    folders = table_folders(normalized_dir)
    decisions, placed = place_judgements(folders, judgements)
    parts = [
        Folder(
            folder.name.rpartition("-")[0] or folder.name,
            (code_version(), version, hash_of(folder.glob("*.parquet")), decided.as_text()),
            partial(_write_territory, folder, decided, reference_dir, version),
            sum(file.stat().st_size for file in folder.glob("*.parquet")),
        )
        for folder, decided in zip(folders, placed, strict=True)
    ]
    said = [x.model_dump_json() for x in (*judgements, *decisions.findings)]
    parts.append(
        Folder(
            "jugements",
            (code_version(), *said),
            partial(_write_judgements, judgements, decisions.findings),
        )
    )
    return write_folders(parts, out_dir, jobs)


@lru_cache(maxsize=1)
def _knowledge(reference_dir: Path, version: str) -> Knowledge:
    """`read_knowledge` once a process and `version` of the files."""
    return read_knowledge(reference_dir)


def _write_territory(
    folder: Path, decisions: Decisions, reference_dir: Path, version: str, out_dir: Path
) -> None:
    result = link_decided(
        read_records(Action, folder),
        read_records(Funding, folder),
        read_records(ActionPilot, folder),
        read_records(Mention, folder),
        decisions,
        _knowledge(reference_dir, version),
        document_acronyms(
            read_records(Document, folder),
            read_records(Article, folder),
            read_records(AnnexTable, folder),
            read_records(Cell, folder),
        ),
    )
    write_records(result.links, Link, out_dir)
    write_records(result.candidates, CandidatePair, out_dir)
    write_records(result.lineages, Lineage, out_dir)


def _write_judgements(
    judgements: Sequence[Judgement], findings: Sequence[Finding], out_dir: Path
) -> None:
    write_records(judgements, Judgement, out_dir)
    write_records(findings, Finding, out_dir)


# --- what people decided -----------------------------------------------------------------------


def read_lexicon(path: Path, entry_column: str) -> Lexicon:
    """The lexicon of a CSV with `entry_column`, `terms` (separated by ';') and others."""
    return Lexicon(read_rows(path, (entry_column, "terms")), entry_column)


@reference_explained()
def read_knowledge(reference_dir: Path) -> Knowledge:
    """Acronyms, concepts and weights of `reference_dir`."""
    acronyms = read_rows(reference_dir / "acronyms.csv", ("acronym", "expansion"))
    path = reference_dir / "link_weights.csv"
    weights = {}
    for line, row in enumerate(read_rows(path, ("feature", "weight")), 2):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise MalformedError(path, line, "poids illisible", "weight is no number") from error
    shared = [f.name for f in fields(SharedWeights)]
    known = {*FEATURES, "bias", *(f"partage_{s}" for s in shared)}
    if odd := ", ".join(sorted(weights.keys() ^ known)):
        raise MalformedError(
            path, None, f"critère absent ou inconnu : {odd}", f"sign missing or unknown: {odd}"
        )
    return Knowledge(
        acronyms=acronym_table((r["acronym"], r["expansion"]) for r in acronyms),
        concepts=read_lexicon(reference_dir / "concepts.csv", "concept"),
        bias=weights["bias"],
        weights=tuple(weights[f] for f in FEATURES),
        shared=SharedWeights(**{s: weights[f"partage_{s}"] for s in shared}),
    )


# --- the core ------------------------------------------------------------------------------------


def link_actions(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    statements: Iterable[Mention],
    judgements: Sequence[Judgement],
    territories: Iterable[Territory],
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms] | None = None,
) -> Links:
    """Links, queue, lineages and findings of `actions`; touches no file.

    `acronyms` are those that documents define, by document; they go before the common ones.
    Actions without territory or dated exercise are linked to nothing and stand alone.
    """
    decisions = Decisions(sorted(actions, key=reading_order), judgements, list(territories))
    result = link_decided(
        actions, funding, pilots, statements, decisions, knowledge, acronyms or {}
    )
    result.findings = decisions.findings
    return result


def link_decided(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    statements: Iterable[Mention],
    decisions: Decisions,
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms],
) -> Links:
    """`link_actions` where judgements have found their rows."""
    ordered = sorted(actions, key=reading_order)
    profiles = profiles_of(ordered, funding, pilots, knowledge, acronyms)
    result = Links()
    said = defaultdict(list)
    for mention in statements:
        said[mention.action_id].append(mention)
    twins = twins_of(ordered)
    for _, group in groupby(ordered, key=lambda a: a.territory_id or ""):
        singles = [a for a in group if a.action_id not in twins]
        _link_territory(singles, profiles, decisions, said, knowledge, result)
    result.lineages = lineages_of(ordered, result.links, twins)
    return result


def profiles_of(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms] = MappingProxyType({}),
) -> dict[str, Profile]:
    """Each action made comparable, by its identifier; `acronyms` as documents define them."""
    meanings = {d: ChainMap(dict(own), dict(knowledge.acronyms)) for d, own in acronyms.items()}
    ami: dict[str, Decimal] = {}
    recalled: dict[str, Decimal] = {}
    for sum_ in funding:
        paid = ami if sum_.stage in GRANTED else recalled if sum_.stage == "previous" else None
        if paid is not None and sum_.amount_eur is not None and sum_.funder == "AMI":
            paid[sum_.action_id] = paid.get(sum_.action_id, Decimal(0)) + sum_.amount_eur
    known: dict[str, set[str]] = defaultdict(set)
    for pilot in pilots:
        known[pilot.action_id].add(pilot.organisation_id)
    return {
        a.action_id: profile(
            {
                "label": a.label,
                "objective": a.objective,
                "description": a.description,
                "indicators": a.indicators,
            },
            known.get(a.action_id) or ({fold(a.pilot_raw)} if a.pilot_raw else set()),
            ami.get(a.action_id),
            meanings.get(a.document_id, knowledge.acronyms),
            knowledge.concepts,
            a.status,
            recalled.get(a.action_id),
            f"{a.status_raw or ''}. {a.comment or ''}",
        )
        for a in actions
    }


def _link_territory(
    actions: list[Action],
    profiles: Mapping[str, Profile],
    decisions: Decisions,
    said: Mapping[str, list[Mention]],
    knowledge: Knowledge,
    result: Links,
) -> None:
    """Append the links and candidates of one territory's `actions`, in reading order."""
    exercises: dict[Exercise, list[Action]] = defaultdict(list)
    for action in actions:
        years = exercise_years(action.exercise or "")
        if years and action.territory_id:
            exercises[years].append(action)
    ended: list[Action] = []
    before: list[Action] = []
    fixed = [
        *_said_links(exercises, said, decisions),
        *_numbered_links(exercises, decisions),
        *decisions.links(actions),
    ]
    first = len(result.links)
    result.links += _unique(fixed)
    targets_fixed = {x.target_action_id for x in fixed if not TAKES_IN.search(x.evidence)}
    origins = Counter(x.target_action_id for x in fixed)
    sources_fixed = {
        x.source_action_id
        for x in fixed
        if origins[x.target_action_id] > 1 or not IS_PART.search(x.evidence)
    }
    for years in sorted(exercises):
        continued, done = set(sources_fixed), set(targets_fixed)
        for sources, after_gap in ((before, False), (ended, True)):
            linked, queue = _link_exercises(
                sources,
                exercises[years],
                (continued, done),
                profiles,
                decisions,
                knowledge,
                after_gap,
            )
            result.links += linked
            result.candidates += queue
            continued |= {x.source_action_id for x in linked}
            done |= {x.target_action_id for x in linked}
        ended = [a for a in [*ended, *before] if a.action_id not in continued]
        before = exercises[years]
    relations = related([(x.source_action_id, x.target_action_id) for x in result.links[first:]])
    result.links[first:] = [
        x.model_copy(update={"relation": relations[x.source_action_id, x.target_action_id]})
        for x in result.links[first:]
    ]


def _link_exercises(
    sources: Sequence[Action],
    targets: Sequence[Action],
    taken: tuple[AbstractSet[str], AbstractSet[str]],
    profiles: Mapping[str, Profile],
    decisions: Decisions,
    knowledge: Knowledge,
    after_gap: bool,
) -> tuple[list[Link], list[CandidatePair]]:
    """Links and doubtful pairs between earlier `sources` and `targets` of one later exercise.

    The sources and targets `taken` are linked already, and only tell what words are worth: what is
    decided of one action does not change how others look alike.

    A year without trace (`after_gap`) makes a link less likely, and asks for more certainty.
    Where the surest links show that both exercises number their actions alike, the same
    reference counts as evidence; elsewhere it means nothing.
    """

    free_sources, free_targets = (
        np.array([a.action_id not in linked for a in side], dtype=bool)
        for side, linked in zip((sources, targets), taken, strict=True)
    )
    if not free_sources.any() or not free_targets.any():
        return [], []

    def score(measured: Pairs) -> Floats:
        return knowledge.logits(measured) - (GAP if after_gap else 0.0)

    left = [profiles[a.action_id] for a in sources]
    right = [profiles[a.action_id] for a in targets]
    compared = Comparison(left, right)
    pairs = compared.pairs(free_sources, free_targets)
    rows, columns = ({a.action_id: k for k, a in enumerate(side)} for side in (sources, targets))
    settled = [
        rows[one] * len(targets) + columns[other]
        for one, other in decisions.pairs()
        if one in rows and other in columns
    ]
    free = np.flatnonzero(~np.isin(pairs.source * len(targets) + pairs.target, settled))
    pairs = Pairs(pairs.source[free], pairs.target[free], pairs.features[free])
    habits = Habits(pairs, [a.reference for a in sources], [a.reference for a in targets])
    linked, queue = [], []
    found = match(compared, pairs, score, knowledge.shared, SHARED, habits)
    for one in found:
        if one.probability < QUEUE:
            continue
        doubtful = CandidatePair(
            source_action_id=sources[one.source].action_id,
            target_action_id=targets[one.target].action_id,
            score=round(one.probability, 4),
            evidence=_evidence(
                left[one.source],
                right[one.target],
                one,
            ),
        )
        called_new = SAID_NEW.match(targets[one.target].status_raw or "")
        certain = one.probability >= (AUTO_AFTER_GAP if after_gap else AUTO)
        if one.chosen and certain and not called_new:
            linked.append(Link(relation=one.relation, decided_by="auto", **doubtful.model_dump()))
        else:
            queue.append(doubtful)
    return linked, queue


def _evidence(source: Profile, target: Profile, found: Match) -> str:
    """Why: each measure (0 to 1), then the words, concepts, names and numbers in common."""
    shown: dict[str, object] = {
        name: round(float(v), 3) for name, v in zip(FEATURES, found.features, strict=True) if v
    }
    same = source.whole & target.whole & target.worded.keys()
    common = {
        "mots_communs": sorted((target.worded[s] for s in same), key=lambda w: (-len(w), w))[:12],
        "notions_communes": sorted(source.concepts.keys() & target.concepts.keys()),
        "noms_communs": sorted(source.names & target.names),
        "nombres_communs": sorted(source.numbers & target.numbers),
        "pilotes_communs": sorted(source.pilots & target.pilots),
    }
    shown |= {k: v for k, v in common.items() if v}
    return json.dumps(shown, ensure_ascii=False)


def _unique(links: Iterable[Link]) -> list[Link]:
    """One link a pair; what people decided goes before what documents say."""
    by_pair: dict[tuple[str, str], Link] = {}
    for one in links:
        pair = (one.source_action_id, one.target_action_id)
        if pair not in by_pair or one.decided_by == "human":
            by_pair[pair] = one
    return list(by_pair.values())


# --- what documents say of words ------------------------------------------------------------------


def document_acronyms(
    documents: Iterable[Document],
    articles: Iterable[Article],
    tables: Iterable[AnnexTable],
    cells: Iterable[Cell],
) -> dict[str, Acronyms]:
    """The sigles that each document defines, or an earlier one of its territory: in its prose, in
    a cell, or in the row of a table of sigles. The first definition holds."""
    texts: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        texts[article.document_id].append(article.text or "")
    of_table = {t.table_id: t.document_id for t in tables}
    by_place = sorted(cells, key=lambda c: (c.table_id, c.row_index, c.column_index))
    for (table_id, _), row in groupby(by_place, key=lambda c: (c.table_id, c.row_index)):
        written = [c.text for c in row if c.text]
        texts[of_table[table_id]] += [*written, *(f"{a} : {b}" for a, b in pairwise(written))]
    known: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    found: dict[str, Acronyms] = {}
    for document in sorted(documents, key=_period):
        place = document.territory_id or document.document_id
        said = (definition for text in texts[document.document_id] for definition in sigles(text))
        known[place] = acronym_table(said) | known[place]
        found[document.document_id] = known[place]
    return found


def _period(document: Document) -> tuple[Exercise, str]:
    years = exercise_years(document.exercise or str(document.period_start or ""))
    return years or (0, 0), document.document_id


# --- what documents say --------------------------------------------------------------------------


def _said_links(
    exercises: Mapping[Exercise, Sequence[Action]],
    said: Mapping[str, Sequence[Mention]],
    decisions: Decisions,
) -> list[Link]:
    by_reference: dict[tuple[Exercise, str], list[Action]] = defaultdict(list)
    for years, group in exercises.items():
        for action in group:
            by_reference[years, reference_key(action.reference)].append(action)

    def nearest(reference: str, steps: Iterable[Exercise]) -> Sequence[Action]:
        return next(
            (by_reference[y, reference] for y in steps if (y, reference) in by_reference), []
        )

    def called(name: str, steps: Iterable[Exercise]) -> Sequence[Action]:
        """The one action of that name, in the nearest exercise that has any."""
        same = fold(name)
        for years in steps:
            alike = [
                a
                for a in exercises[years]
                if fuzz.ratio(same, fold(shown_label(a)), score_cutoff=SAME_NAME)
            ]
            if alike:
                return alike if len(alike) == 1 else []
        return []

    quotes: dict[tuple[str, str], str] = {}
    order = sorted(exercises)
    pairs: list[tuple[Action, Action]]
    for position, years in enumerate(order):
        for action in exercises[years]:
            for mention in said.get(action.action_id, ()):
                reference = reference_key(mention.reference)
                if mention.name:
                    if mention.kind == "comes_from":
                        earlier = reversed(order[:position])
                        pairs = [(a, action) for a in called(mention.name, earlier)]
                    else:
                        later = order[position + 1 :]
                        pairs = [(action, a) for a in called(mention.name, later)]
                    for source, target in pairs:
                        quotes.setdefault((source.action_id, target.action_id), mention.quote)
                    continue
                if not reference or mention.kind not in ("comes_from", "becomes"):
                    continue
                own = mention.kind == "becomes"
                pairs = []
                if own:  # said by the earlier row, or by a later one that keeps the reference
                    pairs = [(action, other) for other in nearest(reference, order[position + 1 :])]
                if not pairs and (not own or reference == reference_key(action.reference)):
                    earlier = reversed(order[:position])
                    pairs = [(other, action) for other in nearest(reference, earlier)]
                    if own:  # "FA 5 … devient FA 5": and what it becomes, where told apart
                        variants = [
                            other
                            for other in exercises[years]
                            if reference_key(other.reference).startswith(f"{reference}adaptee")
                        ]
                        pairs += [(s, v) for s, _ in pairs for v in variants]
                for source, target in pairs:
                    quotes.setdefault((source.action_id, target.action_id), mention.quote)
    allowed = [pair for pair in quotes if not decisions.settled(*pair)]
    return [
        Link(
            source_action_id=source,
            target_action_id=target,
            relation=relation,
            score=1.0,
            decided_by="document",
            evidence=json.dumps({"citation": quotes[source, target]}, ensure_ascii=False),
        )
        for (source, target), relation in related(allowed).items()
    ]


def _numbered_links(
    exercises: Mapping[Exercise, Sequence[Action]], decisions: Decisions
) -> list[Link]:
    """One document that numbers its actions through several exercises says which are the same:
    those with one reference and nearly one label, the closest label where a number serves twice."""
    links: list[Link] = []
    order = sorted(exercises)
    numbered: dict[tuple[Exercise, str, str], list[Action]] = defaultdict(list)
    for years, group in exercises.items():
        for action in group:
            if number := reference_key(action.reference):
                numbered[years, action.document_id, number].append(action)
    for position, years in enumerate(order):
        waiting = [a for a in exercises[years] if reference_key(a.reference)]
        for before in reversed(order[:position]):
            rated = sorted(
                (-fuzz.ratio(*labels), source.action_id, target.action_id, target.reference)
                for target in waiting
                for source in numbered.get(
                    (before, target.document_id, reference_key(target.reference)), ()
                )
                if not decisions.settled(source.action_id, target.action_id)
                and (labels := (fold(shown_label(source)), fold(shown_label(target))))
                and fuzz.token_set_ratio(*labels) >= SAME_NUMBERED
            )
            used: set[str] = set()
            for _, source_id, target_id, reference in rated:
                if source_id in used or target_id in used:
                    continue
                used |= {source_id, target_id}
                evidence = json.dumps({"reference": reference}, ensure_ascii=False)
                links.append(
                    Link(
                        source_action_id=source_id,
                        target_action_id=target_id,
                        relation="continues",
                        score=1.0,
                        decided_by="document",
                        evidence=evidence,
                    )
                )
            waiting = [a for a in waiting if a.action_id not in used]
    return links


# --- lineages ------------------------------------------------------------------------------------


def lineages_of(
    actions: Sequence[Action], links: Iterable[Link], twins: Mapping[str, str]
) -> list[Lineage]:
    """The lineages of each action: those of its origins or of its twin, else one of its own.

    Where actions merge, the merged one belongs to the lineages of all its origins; the best proved
    origin's is the main one, in which its money counts. The identifier is a hash of what the
    earliest action says, so neither later years nor row numbers change it.
    """
    origins: dict[str, list[Link]] = defaultdict(list)
    for one in links:
        origins[one.target_action_id].append(one)
    rank = {"human": 2, "document": 1, "auto": 0}
    ids: dict[str, list[str]] = {}
    taken: dict[str, int] = defaultdict(int)
    for action in sorted(actions, key=lambda a: (reading_order(a)[:2], a.action_id in twins)):
        found = sorted(
            origins[action.action_id],
            key=lambda x: (-rank[x.decided_by], -x.score, x.source_action_id),
        )
        earlier = [x.source_action_id for x in found] or [twins.get(action.action_id, "")]
        known = [name for source in earlier for name in ids.get(source, [])]
        ids[action.action_id] = list(dict.fromkeys(known)) or [_lineage_name(action, taken)]
    return [
        Lineage(lineage_id=name, action_id=a.action_id, main=i == 0)
        for a in actions
        for i, name in enumerate(ids[a.action_id])
    ]


def _lineage_name(action: Action, taken: dict[str, int]) -> str:
    says = (
        action.territory_id,
        action.exercise,
        reference_key(action.reference),
        *(fold(t or "") for t in (action.label, action.objective, action.description)),
        fold(action.pilot_raw or ""),
    )
    name = hashlib.sha256(json.dumps(says).encode()).hexdigest()[:16]
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
