"""All actions that links join."""

from pipeline.lineages import lineages_of
from pipeline.linking import Links
from pipeline.models import Link
from tests.pipeline.linked_actions import BEFORE, BOTH, action, linked, rows


def lineage(result: Links) -> dict[str, str]:
    return {x.action_id: x.lineage_id for x in result.lineages if x.main}


def test_a_later_year_changes_no_lineage() -> None:
    early = lineage(linked(BOTH))
    later = rows("2025", {k: (b, a) for k, (a, b) in BEFORE.items()})
    both = lineage(linked([*BOTH, *later]))
    assert {k: both[k] for k in early} == early
    assert both["2025/mobilier"] == early["2023/mobilier"]


def test_row_numbers_do_not_make_a_lineage() -> None:
    moved = [a.model_copy(update={"row_index": 40 - n, "page": 9}) for n, a in enumerate(BOTH)]
    assert lineage(linked(moved)) == lineage(linked(BOTH))


def test_equal_rows_have_lineages_of_their_own() -> None:
    twins = [action(key, "2023", "Mobiliser le parc privé") for key in "ab"]
    assert len(set(lineage(linked(twins)).values())) == 2


def test_every_action_has_one_main_lineage() -> None:
    lost = action("lost", "sans date", "Sans exercice")
    result = linked([*BOTH, lost])
    assert sorted(x.action_id for x in result.lineages if x.main) == sorted(
        a.action_id for a in [*BOTH, lost]
    )


def test_a_merged_action_belongs_to_the_lineages_of_all_its_origins() -> None:
    actions = [
        action("ville", "2023", "Nuit de la solidarité en ville"),
        action("bourg", "2023", "Nuit de la solidarité au bourg"),
        action("both", "2024", "Nuit de la solidarité partout"),
        action("later", "2025", "Nuit de la solidarité"),
    ]
    links = [
        Link(
            source_action_id=source,
            target_action_id=target,
            relation=relation,
            score=score,
            decided_by="auto",
            evidence="{}",
        )
        for source, target, relation, score in (
            ("2023/ville", "2024/both", "merges", 0.9),
            ("2023/bourg", "2024/both", "merges", 0.95),
            ("2024/both", "2025/later", "continues", 0.99),
        )
    ]
    found = {(x.action_id, x.lineage_id): x.main for x in lineages_of(actions, links, {})}
    alone = {x.action_id: x.lineage_id for x in lineages_of(actions[:2], [], {})}
    assert found == {
        ("2023/ville", alone["2023/ville"]): True,
        ("2023/bourg", alone["2023/bourg"]): True,
        ("2024/both", alone["2023/bourg"]): True,
        ("2024/both", alone["2023/ville"]): False,
        ("2025/later", alone["2023/bourg"]): True,
        ("2025/later", alone["2023/ville"]): False,
    }
