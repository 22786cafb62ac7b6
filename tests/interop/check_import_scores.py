#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A results file that lm-evaluation-harness itself writes is taken into a run by `hilo import-scores`: every number, its
standard error, how many rows it is of, and the harness's version; `hilo compare` then compares runs by it. Needs torch,
transformers and lm_eval.

    python check_import_scores.py BUILD_FOLDER/bin/hilo
"""
import json
import os
import pathlib
import sys
import tempfile

os.environ.setdefault("HF_DATASETS_OFFLINE", "1")

import adapters
import lm_eval
from lm_eval.loggers import EvaluationTracker
from lm_eval.tasks import TaskManager

ROWS = 24
SAMPLE = adapters.ROOT / "projects/gloss-classes"
TASK = """task: {name}
dataset_path: json
dataset_kwargs:
  data_files:
    test: {file}
test_split: test
output_type: multiple_choice
doc_to_text: "{{{{text}}}}"
doc_to_target: "{{{{labels.index(label)}}}}"
doc_to_choice: "{{{{labels}}}}"
metric_list:
  - metric: acc
  - metric: acc_norm
  - metric: brier_score
metadata:
  version: 2.0
"""


def results_of(scratch: pathlib.Path) -> pathlib.Path:
    rows = [json.loads(line) for line in (SAMPLE / "data/test.jsonl").read_text().splitlines()][:ROWS]
    labels = sorted({row["label"] for row in rows})
    data = scratch / "rows.jsonl"
    data.write_text("".join(json.dumps({**row, "labels": labels}) + "\n" for row in rows))
    for name in ("kinds", "kinds_again"):
        (scratch / f"{name}.yaml").write_text(TASK.format(name=name, file=data))
    (scratch / "group.yaml").write_text("group: all_kinds\ntask: [kinds, kinds_again]\naggregate_metric_list:\n"
                                        "  - metric: acc\n    weight_by_size: true\n")
    tracker = EvaluationTracker(output_path=str(scratch / "out"))
    results = lm_eval.simple_evaluate(model="hf", model_args=f"pretrained={SAMPLE / 'base'},dtype=float32", device="cpu",
                                      tasks=["all_kinds"], task_manager=TaskManager(include_path=str(scratch)),
                                      evaluation_tracker=tracker, bootstrap_iters=100, log_samples=False)
    tracker.save_results_aggregated(results=results)
    return next((scratch / "out").rglob("results_*.json"))


def main(hilo: str) -> None:
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        file = results_of(scratch)
        written = json.loads(file.read_text())
        project = scratch / "project"
        adapters.run([hilo, "project", "new", project])
        spec = {"format": "hilo.run/1", "name": "one", "model": {"path": str(SAMPLE / "base")},
                "data": {"path": str(SAMPLE / "data"), "template": "gloss"},
                "map": json.loads((SAMPLE / "maps/lora.map.json").read_text()), "training": {"steps": 1, "threads": 1},
                "evaluation": {"limit": 8}}
        (scratch / "one.run.json").write_text(json.dumps(spec))
        adapters.run([hilo, "project", "add-run", project, scratch / "one.run.json"])
        run = next((project / "runs").iterdir())
        taken = json.loads(adapters.run([hilo, "import-scores", run, file, "--json"]).stdout)
        found = {(one["task"], one["metric"]): one for one in taken["scores"]}
        expected = {(task, key): value for task, values in written["results"].items() for key, value in values.items()
                    if "," in key and "_stderr," not in key and isinstance(value, (int, float))}
        report.true(f"{len(expected)} numbers are written, {len(found)} taken, none skipped",
                    len(expected) == len(found) and not taken["skipped"])
        for (task, key), value in expected.items():
            metric, chosen = key.split(",")
            own = found[task, f"lm_eval.{metric}" + ("" if chosen == "none" else f".{chosen}")]
            error = written["results"][task].get(f"{metric}_stderr,{chosen}")
            samples = written["n-samples"].get(task, {}).get("effective", written["results"][task]["sample_len"])
            report.true(f"{task} {key}: {value}", own["value"] == value and own["n"] == samples and
                        own["stderr"] == (error if isinstance(error, float) else None) and
                        own["group"] == (task == "all_kinds") and own["version"] == written["lm_eval_version"])
        table = json.loads(adapters.run([hilo, "compare", project, "--metric", "lm_eval.acc@kinds", "--json"]).stdout)
        report.true("hilo compare --metric lm_eval.acc@kinds", "lm_eval.acc" in json.dumps(table))
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
