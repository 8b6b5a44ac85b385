"""Broken copies of PDFs through `filiation build`: every one must be read or named, none lost.

`python benchmarks/fuzz.py --count 300 --seed 1 tests/golden/*.pdf` prints what became of them and
ends with 1 if a reader crashed, a document was lost, or the run failed.
"""

import argparse
import random
import sys
import zlib
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.build import build
from pipeline.worker import Limits

NUMBERS = (b"-1", b"0", b"1", b"65536", b"2147483648", b"999999999999", b"1e30", b"NaN")
TOKENS = (b"null", b"<<", b">>", b"[", b"]", b"endstream", b"endobj", b"1 0 R", b"(", b"\xff\xfe")
LIMITS = Limits(seconds=20, seconds_per_page=5, memory_mb=1500)


def mutant(content: bytes, dice: random.Random) -> bytes:
    """`content` with a few pieces changed, removed, repeated, moved or spliced in."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        start = dice.randrange(len(made))
        end = min(len(made), start + dice.randint(1, 80))
        match dice.randrange(6):
            case 0:
                made[start:end] = dice.randbytes(end - start)
            case 1:
                del made[start:end]
            case 2:
                made[start:start] = made[start:end] * dice.randint(1, 50)
            case 3:
                made[start:end] = dice.choice(NUMBERS)
            case 4:
                made[start:start] = dice.choice(TOKENS)
            case 5:
                _change_stream(made, dice)
    return bytes(made)


def _change_stream(made: bytearray, dice: random.Random) -> None:
    """Change what a compressed stream says, so that it still unpacks."""
    starts = [i for i in range(len(made)) if made.startswith(b"stream\n", i)][:200]
    if not starts:
        return
    start = dice.choice(starts) + len(b"stream\n")
    end = made.find(b"endstream", start)
    try:
        said = bytearray(zlib.decompress(bytes(made[start:end])))
    except zlib.error:
        return
    for _ in range(dice.randint(1, 20)):
        at = dice.randrange(len(said) or 1)
        said[at : at + dice.randint(0, 4)] = dice.choice((*NUMBERS, *TOKENS, b" q ", b" Do "))
    made[start:end] = zlib.compress(bytes(said))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    contents = [path.read_bytes() for path in sorted(options.sources)]
    with TemporaryDirectory() as folder:
        raw = Path(folder, "raw")
        raw.mkdir()
        names = [f"mutant-{number:05}" for number in range(options.count)]
        for name in names:
            (raw / f"{name}.pdf").write_bytes(mutant(dice.choice(contents), dice))
        report = build(raw, Path(folder, "out"), jobs=options.jobs, limits=LIMITS)
    read, unreadable = report.extracted.read, report.extracted.unreadable
    answers = Counter(entry.reason.split(" (")[0].split(" : ")[0] for entry in unreadable)
    for answer, number in answers.most_common():
        print(f"{number:6}  {answer}")
    crashed = [e for e in unreadable if "arrêté net" in e.reason or "a échoué" in e.reason]
    lost = set(names) - {*read, *(entry.document_id for entry in unreadable)}
    for entry in crashed:
        print(f"{entry.document_id} : {entry.reason}")
    print(
        f"{len(names)} inputs (seed {options.seed}): {len(read)} read, {len(unreadable)} named, "
        f"{len(crashed)} crashes of a reader, {len(lost)} lost"
    )
    return 1 if crashed or lost else 0


if __name__ == "__main__":
    sys.exit(main())
