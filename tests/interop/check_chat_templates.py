#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The chat templates that models carry, rendered by this project and by transformers (Python's jinja2), must give the same
text: those that come with trl, and the *.jinja files of the folders in HILO_CHAT_TEMPLATES (with colons between them), such
as llama.cpp's models/templates. Conversations with system turns, several turns, tools with calls and results, thinking,
parts of content, and a generation prompt; where one refuses a conversation, the other must too. Needs transformers, trl.

    python check_chat_templates.py BUILD_FOLDER/bin/hilo
"""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import adapters
from transformers.utils.chat_template_utils import _compile_jinja_template

SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
TOOLS = [{"type": "function", "function": {
    "name": "weather", "description": "The weather of a place, \"now\".", "parameters": {
        "type": "object", "required": ["place"], "properties": {
            "place": {"type": "string", "description": "a city, é木"}, "unit": {"type": "string", "enum": ["C", "F"]},
            "days": {"type": "integer", "description": "how many"}}}}}]


def call(arguments) -> dict:
    return {"role": "assistant", "content": "", "tool_calls": [
        {"id": "abcdefghi", "type": "function", "function": {"name": "weather", "arguments": arguments}}]}


def conversations() -> dict:
    user, answer = {"role": "user", "content": "  What is it? "}, {"role": "assistant", "content": "A <tree>\n& \"more\" 木."}
    system = {"role": "system", "content": "Be brief.\n"}
    result = {"role": "tool", "tool_call_id": "abcdefghi", "name": "weather", "content": "{\"degrees\": 20}"}
    thought = {"role": "assistant", "content": "<think>\nHm, a plant?\n</think>\n\nA tree."}
    reasoned = {"role": "assistant", "content": "A tree.", "reasoning_content": "Hm, a plant?"}
    parts = {"role": "user", "content": [{"type": "text", "text": "Look:"}, {"type": "text", "text": " here"}]}
    return {
        "one turn": [user, answer], "a question": [user], "system": [system, user, answer],
        "several turns": [system, user, answer, {"role": "user", "content": "Sure?"}, {"role": "assistant", "content": "Yes."}],
        "thinking": [user, thought, {"role": "user", "content": "And?"}, thought],
        "reasoning": [system, user, reasoned, {"role": "user", "content": "And?"}, reasoned], "parts": [parts, answer],
        "a call": [system, user, call({"place": "Bern", "days": 2, "unit": "C"}), result, answer],
        "a call at the end": [user, call({"place": "Bern é"})], "two of a kind": [user, user], "an answer first": [answer, user],
        "empty": [], "odd role": [user, {"role": "narrator", "content": "x"}], "late system": [user, answer, system, user],
    }


def inputs() -> list:
    rows = []
    for name, messages in conversations().items():
        for tools in (None, TOOLS):
            for prompt in (False, True):
                for variables in ({}, {"enable_thinking": False}):
                    if variables and not prompt:
                        continue
                    rows.append((name, {"messages": messages, "tools": tools, "add_generation_prompt": prompt,
                                        "variables": {"date_string": "26 Jul 2024", **variables}, "special": SPECIAL}))
    return rows


def reference(source: str, row: dict) -> dict:
    try:
        return {"text": _compile_jinja_template(source).render(
            messages=row["messages"], tools=row["tools"], documents=None,
            add_generation_prompt=row["add_generation_prompt"], **row["special"], **row["variables"])}
    except Exception as error:  # what a template refuses, and what jinja2 cannot do with it, are errors alike
        return {"error": f"{type(error).__name__}: {error}"}


def main(hilo: str) -> None:
    report = adapters.Report()
    trl = pathlib.Path(importlib.util.find_spec("trl").origin).parent / "chat_templates"
    folders = [trl, *map(pathlib.Path, filter(None, os.environ.get("HILO_CHAT_TEMPLATES", "").split(":")))]
    rows = inputs()
    program = pathlib.Path(hilo).parent.parent / "tests/bin/dump_chat"
    templates = [file for folder in folders for file in sorted(folder.glob("*.jinja"))]
    with tempfile.TemporaryDirectory() as scratch:
        lines = pathlib.Path(scratch) / "inputs"
        lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for _, row in rows))
        for file in templates:
            source = file.read_text()
            ours = subprocess.run([str(program), str(file), str(lines)], capture_output=True, text=True, check=True)
            wrong, texts = [], 0
            for (name, row), line in zip(rows, ours.stdout.splitlines(), strict=True):
                mine, theirs = json.loads(line), reference(source, row)
                texts += "text" in theirs
                # jinja2's lazy sequences are no lists to its tojson; here they are.
                is_lazy = "generator is not JSON serializable" in theirs.get("error", "")
                if mine.get("text") != theirs.get("text") and not is_lazy:
                    wrong.append(f"{name}, tools {bool(row['tools'])}, prompt {row['add_generation_prompt']}: "
                                 f"{json.dumps(mine)[:300]} for {json.dumps(theirs)[:300]}")
            report.true(f"{file.parent.name}/{file.name}: {texts} texts, {len(rows) - texts} refused"
                        + "".join("\n      " + one for one in wrong[:4]), not wrong)
    report.true(f"{len(templates)} templates", len(templates) >= 25)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
