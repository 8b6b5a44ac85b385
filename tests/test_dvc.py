"""dvc.yaml says everything that a stage depends on."""

import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
PACKAGES = ("pipeline", "extractors", "normalizers")


class Running(ast.NodeTransformer):
    """Leaves out what only type checkers read."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        typing_only = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return None if typing_only else self.generic_visit(node)


def imported(source: Path) -> set[Path]:
    """Files of this project that `source` imports when it runs, inside functions too; but for the
    version of the product, which stands in `pipeline/__init__.py`."""
    names = set()
    tree = Running().visit(ast.parse(source.read_text(encoding="utf-8")))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{a.name}" for a in node.names)})
    places = [ROOT / name.replace(".", "/") for name in names if name.startswith(PACKAGES)]
    inner = (p / "__init__.py" for p in places if p.parent != ROOT)
    return {file for file in (*(p.with_suffix(".py") for p in places), *inner) if file.is_file()}


def reached(source: Path) -> set[Path]:
    """`source` and all that it imports, directly or not."""
    seen, waiting = set(), {source}
    while waiting:
        file = waiting.pop()
        seen.add(file)
        waiting |= imported(file) - seen
    return seen


def test_imports_inside_functions_are_seen():
    assert ROOT / "pipeline/names.py" in reached(ROOT / "pipeline/extract.py")
    assert ROOT / "pipeline/models/__init__.py" not in reached(ROOT / "pipeline/extract.py")
    assert ROOT / "extractors/pages/page.py" in reached(ROOT / "pipeline/extract.py")


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_depends_on_all_the_code_that_it_runs(stage):
    declared = [ROOT / dep for dep in STAGES[stage]["deps"]]
    missing = {
        file.relative_to(ROOT).as_posix()
        for file in reached(ROOT / f"pipeline/{stage}.py")
        if not any(file.is_relative_to(dep) for dep in declared)
    }
    assert missing == set()


@pytest.mark.parametrize("stage", STAGES)
def test_what_people_decide_is_no_output_and_outputs_survive_a_killed_run(stage):
    outs = [*STAGES[stage].get("outs", []), *STAGES[stage].get("metrics", [])]
    assert outs
    for out in outs:
        ((path, options),) = out.items()
        assert path.startswith("data/processed/")
        assert options["persist"] is True


def test_the_lock_names_hashes_and_no_place():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not [line for line in lock.splitlines() if line.startswith("-")]
    requirements = [line for line in lock.splitlines() if line and not line.startswith(" ")]
    assert len(requirements) > 20
    assert all("==" in line and line.endswith("\\") for line in requirements)
    assert any(line.startswith("setuptools==") for line in requirements)
