"""Every accuracy figure that needs no training, from one command.

    python -m benchmarks.run [DATA]

Whole records of our own reports and the same act by exchanged parties need nothing from outside. DATA is
the folder of the development sets, with `data/` and the scorers in `eval/`; without it these are left out.
Sets that our weights were trained on are left out too: `python -m training.NAME --data DATA/data
--cross-validate` gives theirs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

# task, gold set, scorer with its task name, the figures to show
RUNS: Final = (
    ("article", "pages/pages.jsonl", ("score.py", "article"), ("f1", "precision", "recall")),
    ("attribution", "attribution/polnear_dev.jsonl", ("score_attribution.py",), ()),
    ("times", "times/timebank.jsonl", ("score.py", "times"), ("value_f1", "span")),
)


def main() -> int:
    if len(sys.argv) > 2:
        print(__doc__, file=sys.stderr)
        return 2
    _run("benchmarks.records")
    _run("benchmarks.parties")
    shared = Path(sys.argv[1]) if len(sys.argv) == 2 else None
    if shared is None or not (shared / "eval").is_dir():
        print(
            "No folder of development sets is given or found: the other figures are left out.",
            file=sys.stderr,
        )
        return 0
    _run("benchmarks.records", *map(str, sorted((shared / "data" / "records").glob("dev_*.gold.jsonl"))))
    for task, gold, scorer, shown in RUNS:
        scores = _score(shared, task, shared / "data" / gold, scorer)
        figures = {name: scores[name] for name in shown} if shown else scores
        print(f"{task:15} {gold:35} {json.dumps(figures)}", flush=True)
    return 0


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True)


def _score(shared: Path, task: str, gold: Path, scorer: tuple[str, ...]) -> dict[str, object]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        command = [sys.executable, "-m", "benchmarks.predict", task, str(gold)]
        subprocess.run(command, check=True, stdout=predictions)
        script, *name = scorer
        command = [sys.executable, str(shared / "eval" / script), *name, str(gold), predictions.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    scores: dict[str, object] = json.loads(done.stdout)
    return scores


if __name__ == "__main__":
    sys.exit(main())
