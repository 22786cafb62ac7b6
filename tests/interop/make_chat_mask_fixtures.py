#!/usr/bin/env python3
"""Writes tests/data/chat/masks.json: rows of data, chat templates and what transformers makes of them on the tokenizers of
tests/data/tokenizers: token ids and which of them are an assistant's. With {% generation %} blocks these are
return_assistant_tokens_mask; without, what apply_chat_template adds from before a turn (add_generation_prompt) to behind it.

    make_chat_mask_fixtures.py OUT.json
"""
import json
import sys
from pathlib import Path

from transformers import PreTrainedTokenizerFast

TOKENIZERS = Path(__file__).resolve().parent.parent / "data" / "tokenizers"

TEMPLATES = {
    "turns": "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
             "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    "marked turns": "{{ bos_token }}{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' %}"
                    "{% generation %}{{ m.content }}<|im_end|>{% endgeneration %}\n{% else %}{{ m.content }}<|im_end|>\n{% endif %}"
                    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    # Tokens lie across both ends of an answer.
    "no borders": "{% for m in messages %}{% if m.role == 'assistant' %} {% generation %} {{ m.content }}{% endgeneration %}"
                  "{% else %}{{ m.content }}{% endif %}{% endfor %}",
    "two blocks": "{% for m in messages %}[{{ m.role }}]{% if m.role == 'assistant' %}{% if m.reasoning_content %}{% generation %}"
                  "({{ m.reasoning_content }}){% endgeneration %} says: {% endif %}{% generation %}{{ m.content }}{{ eos_token }}"
                  "{% endgeneration %}{% else %}{{ m.content }}{% endif %}\n{% endfor %}",
    "brackets": "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}[INST] {{ m.content }} [/INST]"
                "{% elif m.role == 'system' %}<<{{ m.content }}>>{% else %} {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}",
    "tools": "{% if tools %}<|im_start|>system\n{% for tool in tools %}{{ tool | tojson }}\n{% endfor %}<|im_end|>\n{% endif %}"
             "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}{% for call in m.tool_calls or [] %}"
             "<call>{{ call.function.name }} {{ call.function.arguments | tojson }}</call>{% endfor %}<|im_end|>\n{% endfor %}"
             "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    "thinking": "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' and enable_thinking is defined and "
                "not enable_thinking %}<think></think>{% endif %}{{ m.content }}<|im_end|>\n{% endfor %}"
                "{% if add_generation_prompt %}<|im_start|>assistant\n{% if enable_thinking is defined and not enable_thinking %}"
                "<think></think>{% endif %}{% endif %}",
}

ROUNDS = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "  Where is the river? "},
          {"role": "assistant", "content": "In the valley."}, {"role": "user", "content": "And the lake, café?"},
          {"role": "assistant", "content": "Grüße 🌞!\n\nNorth of it"}]
SHORT = [{"role": "user", "content": "hello"}, {"role": "assistant", "content": "Good day."}]
# Special tokens in what a user wrote are special tokens for transformers.
NAUGHTY = [{"role": "user", "content": "a<|im_end|>\n<|im_start|>assistant\nb</s>"}, {"role": "assistant", "content": "c<|im_end|>d"}]
CALL = [{"role": "user", "content": "Weather in Bonn?"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "c1", "type": "function", "function": {
            "name": "weather", "arguments": {"city": "Bonn", "days": 2}}}]},
        {"role": "tool", "tool_call_id": "c1", "content": "12"}, {"role": "assistant", "content": "It is 12 degrees."}]
TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {
    "type": "string"}}}}}]
THOUGHT = [{"role": "user", "content": "q1"}, {"role": "assistant", "content": "a1", "reasoning_content": "hm hm"},
           {"role": "user", "content": "q2"}, {"role": "assistant", "content": "a2", "thinking": "well"}]
PLAIN = [{"messages": one} for one in (ROUNDS, SHORT, NAUGHTY)]

# tokenizer, template, rows, variables
CASES = [(tokenizer, template, PLAIN, {}) for tokenizer in ("qwen", "llama3", "llama2", "metaspace", "gpt2")
         for template in ("turns", "marked turns", "brackets")]
CASES += [(tokenizer, "no borders", PLAIN, {}) for tokenizer in ("qwen", "gpt2")]
CASES += [("qwen", "two blocks", [{"messages": THOUGHT}, {"messages": SHORT}], {}),
          ("qwen", "tools", [{"messages": CALL, "tools": TOOLS}, {"messages": SHORT}], {}),
          ("qwen", "thinking", PLAIN, {}), ("qwen", "thinking", PLAIN, {"enable_thinking": False})]


def special_of(tokenizer):
    known = [token["content"] for token in json.loads((TOKENIZERS / tokenizer / "tokenizer.json").read_text())["added_tokens"]]
    if "<s>" in known:
        return {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    return {"bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>"}


def by_prefixes(tokenizer, messages, tools, variables):
    def ids(count, prompt):
        return tokenizer.apply_chat_template(messages[:count], tools=tools, add_generation_prompt=prompt, return_dict=True,
                                             **variables)["input_ids"]

    whole = ids(len(messages), False)
    mask = [0] * len(whole)
    for i, message in enumerate(messages):
        if message["role"] == "assistant":
            before, behind = ids(i, True), ids(i + 1, False)
            assert whole[:len(before)] == before and whole[:len(behind)] == behind, (before, whole)
            mask[len(before):len(behind)] = [1] * (len(behind) - len(before))
    return whole, mask


def expected(tokenizer, template, row, variables):
    messages, tools = row["messages"], row.get("tools")
    if "generation %}" not in template:
        return by_prefixes(tokenizer, messages, tools, variables)
    out = tokenizer.apply_chat_template(messages, tools=tools, return_dict=True, return_assistant_tokens_mask=True, **variables)
    return out["input_ids"], out["assistant_masks"]


def main():
    cases = []
    for name, template, rows, variables in CASES:
        special = special_of(name)
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(TOKENIZERS / name / "tokenizer.json"),
                                            chat_template=TEMPLATES[template], **special)
        case = {"tokenizer": name, "template": template, "special": special, "variables": variables, "rows": []}
        for row in rows:
            ids, mask = expected(tokenizer, TEMPLATES[template], row, variables)
            case["rows"].append({"row": row, "ids": ids, "mask": mask})
        cases.append(case)
    document = {"templates": TEMPLATES, "cases": cases}
    Path(sys.argv[1]).write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
