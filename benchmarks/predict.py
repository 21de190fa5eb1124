"""Write predictions for a public gold set, in the format of its scorer.

    python -m benchmarks.predict TASK GOLD.jsonl > PRED.jsonl

TASK is one of the files in benchmarks/tasks; each says what it reads from a gold record.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

TASKS = sorted(path.stem for path in (Path(__file__).parent / "tasks").glob("[a-z]*.py"))


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[1] not in TASKS:
        print(f"{__doc__}\nTasks: {', '.join(TASKS)}", file=sys.stderr)
        return 2
    task, gold = sys.argv[1], Path(sys.argv[2])
    with gold.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    for prediction in importlib.import_module(f"benchmarks.tasks.{task}").predict(records, gold):
        print(json.dumps(prediction), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
