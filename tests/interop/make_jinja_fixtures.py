#!/usr/bin/env python3
"""Writes tests/data/jinja/cases.json: templates, what they are given, and what Python's jinja2 makes of them, set up as
transformers does (trim_blocks, lstrip_blocks, immutable sandbox, loopcontrols). "error" instead of "expected" where it refuses.

    make_jinja_fixtures.py OUT.json
"""
import json
import sys

from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

MESSAGES = [
    {"role": "system", "content": "You are brief."},
    {"role": "user", "content": "  Grüße! What is 2 + 2? \n"},
    {"role": "assistant", "content": "<think>\nTwo and two.\n</think>\n\n4", "tool_calls": None},
    {"role": "user", "content": "And the weather in \"São Paulo\"?"},
    {"role": "assistant", "content": "", "tool_calls": [
        {"type": "function", "id": "call_1", "function": {"name": "weather", "arguments": {"city": "São Paulo", "days": 2}}}]},
    {"role": "tool", "content": "{\"sky\": \"clear 🌞\"}", "tool_call_id": "call_1"},
    {"role": "assistant", "content": "Clear."},
]
TOOLS = [{"type": "function", "function": {"name": "weather", "description": "The <weather> & more",
          "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "enum": [1, 2]}},
                         "required": ["city"]}}}]
CONTEXT = {"messages": MESSAGES, "tools": TOOLS, "bos_token": "<s>", "eos_token": "</s>", "add_generation_prompt": True,
           "n": 7, "x": -2.5, "big": 1e16, "tiny": 1e-7, "word": "straße Ǆ", "list": [3, 1, 2, "b", "A"], "numbers": [3, 1, 2],
           "nested": {"b": {"c": [1, 2, {"d": "deep"}]}, "items": 5, "a": None}, "empty": "", "none": None, "yes": True,
           "people": [{"name": "Bo", "age": 3}, {"name": "al", "age": 9}, {"name": "Cy", "age": 3}], "text": "a,b;c d\te\nf  g",
           "emoji": "👩‍👩‍👧 café", "html": "<a href='x'>\"&\"</a>"}

EXPRESSIONS = """
n + 1, n - 10, n * 2, n / 2, n // 2, -n // 2, n % 3, -n % 3, n ** 2, n ** -1, x // 1, x % 2, 2 ** 3 ** 2, -2 ** 2
n ~ x ~ yes ~ none ~ missing
1.0, 0.1 + 0.2, big, tiny, 1e22, 123456789.125, -0.0, 1e15, 1_000, 0x1f, 5 / 5
"a" + "b" * 3, "ab" "cd", 'it\\'s', "tab\\tnew\\n", "\\u00e9\\x41", "it's \\"both\\""
[1, "two", 3.0, none, true], (1,), (1, 2), {}, {"a": [1, {"b": "c'"}], 2: none}, [], ()
["a\\nb", "é🌞", "\\u200b", "\\\\"]
1 == 1.0, 1 == true, "1" == 1, none == false, [1, 2] == [1, 2], {"a": 1} == {"a": 1.0}, missing == missing2, (1, 2) == [1, 2]
1 < 2 < 3, 1 < 3 < 2, "a" < "b", "B" < "a", [1, 2] < [1, 3], 3 >= 3, 2 != 2
"b" in list, "z" in "xyz", "q" not in "xyz", "b" in nested, 3 in (1, 2), 1 in missing, none in [none]
yes and n, empty or "fallback", none and missing, not yes, not empty, not not n, yes or missing.attribute
"t" if n > 5 else "f", "t" if n > 9, ("a" if yes else "b") if none else "c" if no else "d"
nested.b.c[2].d, nested["b"]["c"][0], nested.items, nested["items"], nested.a, nested.zz, nested.zz is defined, list[0], list[-1], list[9], word[0], word[-1], emoji[5]
list[1:3], list[::-1], list[:-1], list[-2:], list[::2], word[2:5], word[::-1], word[5:1:-2], list[10:], list[-100:2]
messages[0].role, messages[-1]["content"], messages | length, messages[1:] | length
none is none, missing is undefined, n is number, x is float, n is integer, yes is integer, yes is boolean, word is string, list is sequence, nested is mapping, nested is iterable, none is iterable
n is odd, n is even, n is divisibleby 7, n is divisibleby(2), n is eq 7, n is gt(3), n is in [7, 8], "A" is upper, "a" is lower, word is callable, range is callable, true is true, 1 is true, n is not none, n is not odd
"x" is filter, "upper" is filter, "even" is test
word | upper, word | lower, "hELLO wORLD" | capitalize, "hello world-foo (bar" | title, "  a b " | trim, "xxaxx" | trim("x"), word | length, "aXbX" | replace("X", "--"), "aXbX" | replace("X", "-", 1)
"abc" | center(9), "a b c d" | wordcount, html | escape, html | e, "a b/é?" | urlencode, "%s is %d, %.2f" | format("n", 5, 2.345), "%-5s|%5s|%05d|%x" % ("ab", "cd", 42, 255)
text | indent, "a\\n\\nb" | indent(2, true), "a\\n\\nb" | indent(2, false, true), "a\\nb\\n" | indent("> ")
list | join, list | join(", "), people | join("-", attribute="name"), [1, 2.5, none, true] | join("|")
list | first, list | last, [] | first, numbers | sort, numbers | sort(reverse=true), ["b", "A", "c"] | sort, ["b", "A", "c"] | sort(case_sensitive=true), people | sort(attribute="age,name") | length
numbers | min, numbers | max, numbers | sum, people | sum(attribute="age"), numbers | reverse | list, "abc" | reverse, [1, 1.0, 2, "a", "A"] | unique | list
people | map(attribute="name") | list, ["a", "b"] | map("upper") | list, people | map(attribute="zz", default="-") | list, [1, 2, 3, 4] | select("odd") | list, [0, 1, "", "x"] | select | list, [1, 2, 3] | reject("gt", 1) | list
people | selectattr("age", "equalto", 3) | map(attribute="name") | list, people | rejectattr("age", "gt", 5) | list, people | selectattr("name") | list | length
people | groupby("age") | list, {"b": 1, "A": 2} | dictsort, {"b": 1, "A": 2} | dictsort(by="value"), {"b": 1, "A": 2} | items | list, [1, 2, 3, 4, 5] | batch(2) | list, [1, 2, 3] | batch(2, 0) | list
missing | default("d"), none | default("d"), none | default("d", true), empty | d("e", boolean=true), missing | default, n | default("d")
"42" | int, "4.7" | int, "x" | int, "x" | int(5), "ff" | int(base=16), 4.9 | int, true | int, "1.5" | float, "q" | float, none | float(2.0), -3 | abs, x | abs, 2.5 | round, 3.5 | round, 2.345 | round(2), 42 | round, 2.1 | round(method="ceil"), 1234.5 | round(-2), 7 | string
tools | tojson, tools | tojson(indent=2), nested | tojson, {"b": 1, "a": "é<>&'"} | tojson, {"a": "é🌞"} | tojson(ensure_ascii=true), [1.5, none, true, "\\t\\u0001"] | tojson, {"b": 1, "a": 2} | tojson(sort_keys=true), [1, {"a": []}, {}] | tojson(indent=1), [1, 2] | tojson(separators=(",", ":"))
"a,b,,c".split(","), "  a  b c ".split(), "a b c d".split(" ", 2), "a b c d".rsplit(" ", 1), "  a  b c ".rsplit(None, 1), "a  b  c ".split(None, 1), "".split(","), "".split(), "a\\nb\\r\\nc".splitlines(), "a\\n".splitlines(true)
"xxabxx".strip("x"), "  a ".lstrip(), "  a ".rstrip(), "\\u3000a\\n".strip(), "abc".startswith("ab"), "abc".startswith(("x", "a")), "abc".endswith("bc"), "a-b".partition("-"), "a-b-c".rpartition("-"), "ab".partition("-")
"hello".find("l"), "hello".rfind("l"), "hello".find("z"), "hello".count("l"), "éa".find("a"), "ab".replace("", "-"), "aaa".replace("a", "b", 2), "abc".upper().lower().title(), "it's o'neil".title(), "AbC".swapcase(), "abc".capitalize(), "ßx".upper(), "x".join(["a", "b"]), "5".zfill(3), "-5".zfill(4), "ab".ljust(4) ~ "|", "ab".rjust(4), "ab".center(5) ~ "|", "abc".removeprefix("ab"), "abc".removesuffix("bc"), "abc".removesuffix("x")
"12".isdigit(), "1a".isdigit(), "²".isdigit(), "²".isdecimal(), "½".isnumeric(), "ab".isalpha(), "a1".isalnum(), "  ".isspace(), "".isspace(), "AB".isupper(), "ab1".islower()
"{} {}".format(1, "b"), "{1}{0}".format("a", "b"), "{name:>5}|".format(name="x"), "{:.2f} {:,} {:05d} {:^7}|{!r}".format(3.14159, 1234567, 42, "mid", "q"), "{{}}".format(), "{:<4}|{:>4}|{:+d}|{:%}".format("a", "b", 5, 0.25)
nested.keys() | list, nested.get("zz"), nested.get("zz", 4), {"a": 1, "b": 2}.items() | list, {"a": 1}.values() | list, numbers.index(1), numbers.count(3), dict(a=1, b=2), dict([("x", 1)]), dict({"a": 1}, b=2)
range(3) | list, range(1, 7, 2) | list, range(5, 0, -2) | list, range(0) | list
loop is defined, undefined_thing, caller is defined, none ~ "", true, True, None, False
missing.attribute, missing + 1, n + "a", "a" * "b", list + 1, nested(), unknown_function(), n | nosuchfilter, n is nosuchtest, [1, "a"] | sort, 1 / 0, 1 % 0, none + 1, list.append(4), nested.update({"q": 1}), raise_exception("no"), range(1000000), {} < {}, "a" < 1, -"a", missing | tojson, range | tojson, "x" in 5, "abc".index("z"), "a".split("")
n.__class__, word["__class__"], {[1]: 2}, -true, +true, true + true, 1 if missing else 2, missing[0], word.nosuch, word.nosuch.more
"<"|safe + "<" + "&", "<" + "<"|safe, ("<"|e) + "<", none | selectattr("a") | list, none | map("upper") | list, "<"|safe ~ "<"
"%s" % [1, 2], "%s %s" % (1,), "%d" % "a", "%(a)s" % {"a": 1}, "100%%" % ()
"""

TEMPLATES = {
    "whitespace": "a\n  {% if yes %}\n  b\n  {% endif %}\nc\n  {{ n }}  \n{# gone #}\nd{#- x -#}  \n e\n",
    "minus": "a  \n{%- if yes -%}  \n b {{- n -}} \n c{%- endif %}\n\nd\n\n",
    "plus": "  {%+ if yes %}x{%+ endif %}\n  {% if yes +%}\ny{% endif %}\n",
    "only newline": "\n", "two newlines": "a\n\n", "windows": "a\r\n{% if yes %}\r\nb\r\n{% endif %}\r\nc\r\n",
    "raw": "{% raw %}{{ n }}{% if %}{% endraw %}{{ n }}\n  {% raw %}\n {{ a }} {%- endraw %}\nend",
    "for": "{% for m in messages %}{{ loop.index }}/{{ loop.length }}{{ m.role }}{% if not loop.last %},{% endif %}{% endfor %}",
    "for else": "{% for m in [] %}x{% else %}none{% endfor %}{% for a in [1] %}{{ a }}{% else %}none{% endfor %}",
    "for if": "{% for m in messages if m.role == 'user' %}{{ loop.index0 }}:{{ m.content | trim }};{% endfor %}",
    "for pairs": "{% for k, v in nested.b.c[2].items() %}{{ k }}={{ v }}{% endfor %}{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "for tuple": "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}{% for c in 'aé' %}[{{ c }}]{% endfor %}{% for k in {'a': 1, 'b': 2} %}{{ k }}{% endfor %}",
    "loop names": "{% for x in numbers %}{{ loop.first }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }}{{ loop.depth }};{% endfor %}",
    "recursive": "{% for x in [[1, [2, 3]], 4] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}@{{ loop.depth }}{% endif %}{% endfor %}",
    "scopes": "{% set a = 1 %}{% for x in [1, 2] %}{% set a = a + x %}{{ a }},{% endfor %}{{ a }}{% if yes %}{% set a = 9 %}{% endif %}{{ a }}",
    "namespace": "{% set ns = namespace(a=1, found=false) %}{% for x in numbers %}{% set ns.a = ns.a + x %}{% if x == 1 %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.a }}{{ ns.found }}",
    "break": "{% for x in range(10) %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 5 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "set block": "{% set a %}x{{ n }}y{% endset %}[{{ a }}]{% set b | upper | trim %}  q {% endset %}[{{ b }}]{% set c, d = 1, 2 %}{{ c }}{{ d }}",
    "macro": "{% macro m(a, b=2, c=b) %}{{ a }}-{{ b }}-{{ c }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1) }}|{{ m(1, c=5) }}|{{ m(b=1, a=0) }}|{{ m(1, 2, 3, 4, z=5) }}|{{ m() }}|{{ m.name }}",
    "macro recursion": "{% macro tree(x) %}{% if x is mapping %}{ {%- for k, v in x | items %}{{ k }}:{{ tree(v) }},{% endfor -%} }{% else %}{{ x }}{% endif %}{% endmacro %}{{ tree(nested) }}",
    "call": "{% macro box(t) %}[{{ t }}:{{ caller('in') }}]{% endmacro %}{% call(w) box('T') %}{{ w }}{{ n }}{% endcall %}",
    "filter block": "{% filter upper | replace('A', 'o') %}abc {{ n }}{% endfilter %}",
    "with": "{% with a = 1, b = n %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}",
    "elif": "{% for x in [1, 2, 3] %}{% if x == 1 %}a{% elif x == 2 %}b{% else %}c{% endif %}{% endfor %}",
    "cycler": "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set j = joiner('|') %}{% for x in [1, 2, 3] %}{{ j() }}{{ x }}{% endfor %}",
    "braces": "{{ {'a': {'b': 1}}['a']['b'] }}{{ '}}' }}{{ '{%' }}{{ [{}] }}",
    "outputs": "{{ 1, 2 }}{{ (n) }}{{- ' x ' -}} {{ 'y' }}",
    "unknown tag": "{% include 'a' %}", "no end": "{% if yes %}x", "no expression": "{{ }}", "bad operator": "{{ 1 + }}", "open string": "{{ 'a }}",
    "extra end": "{% endif %}", "open comment": "{# a", "bracket": "{{ (1 }}", "set attribute": "{% set n.a = 1 %}", "unpack": "{% for a, b in [1] %}{% endfor %}",
    # In the manner of the chat templates that models carry; written for these tests.
    "chatml": "{%- for message in messages %}\n{{- '<|im_start|>' + message['role'] + '\\n' + (message.content or '') + '<|im_end|>' + '\\n' }}\n{%- endfor %}\n{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{%- endif %}",
    "instruction": "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% endif %}"
                   "{% for m in loop_messages %}{% if loop.index0 == 0 and system_message is defined %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + m['content'] %}{% else %}{% set content = m['content'] %}{% endif %}"
                   "{% if m['role'] == 'user' %}{{ ' [INST] ' + content.strip() + ' [/INST]' }}{% elif m['role'] == 'assistant' %}{{ ' ' + content.strip() + eos_token }}{% endif %}{% endfor %}",
    "turns": "{{- bos_token }}{%- for m in messages if m.role != 'system' %}{%- set role = 'model' if m.role == 'assistant' else m.role %}{{- '<turn>' ~ role }}\n{{ m.content | trim }}{{ '<end>\n' }}{%- endfor %}",
    "tools": "{%- if tools %}{{- '# Tools\\n' }}{%- for tool in tools %}{{- tool | tojson }}\n{% endfor %}{%- endif %}"
             "{%- for m in messages %}{%- if m.tool_calls %}{%- for call in m.tool_calls %}{%- set call = call.function %}{{- '<call>{\"name\": \"' + call.name + '\", \"arguments\": ' }}{{- call.arguments | tojson }}{{- '}</call>' }}{%- endfor %}"
             "{%- elif m.role == 'tool' %}{{- '<result>' ~ m.content ~ '</result>' }}{%- else %}{{- m.role ~ ': ' ~ m.content }}{%- endif %}\n{% endfor %}",
    "thinking": "{%- set ns = namespace(last=messages|length - 1) %}{%- for m in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}{%- if m.role == 'user' and not m.content.startswith('<tool') %}{%- set ns.last = index %}{%- break %}{%- endif %}{%- endfor %}"
                "{%- for m in messages %}{%- if m.role == 'assistant' and '</think>' in m.content %}{%- set reasoning = m.content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}{%- set content = m.content.split('</think>')[-1].lstrip('\\n') %}"
                "{%- if loop.index0 > ns.last %}{{- '<think>' + reasoning + '</think>' }}{%- endif %}{{- content }}{%- else %}{{- m.role }}{%- endif %};{%- endfor %}",
    "refusal": "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}",
    "alternation": "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{% endfor %}",
    "parts": "{% set content = [{'type': 'text', 'text': 'hi'}, {'type': 'image'}] %}{% if content is string %}{{ content }}{% else %}{% for p in content %}{% if p.type == 'text' %}{{ p.text }}{% elif 'image' in p or p.type == 'image' %}<image>{% endif %}{% endfor %}{% endif %}",
    "schema": "{%- macro kind(spec) -%}{%- if spec.type == 'object' -%}{ {%- for k, v in spec.properties.items() -%}{{ k }}{% if k not in spec.required %}?{% endif %}: {{ kind(v) }}{%- if not loop.last %}, {% endif -%}{%- endfor -%} }{%- elif spec.enum -%}{{ spec.enum | join(' | ') }}{%- else -%}{{ spec.type }}{%- endif -%}{%- endmacro -%}{{ kind(tools[0].function.parameters) }}",
}


def environment():
    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    def raise_exception(message):
        raise RuntimeError(message)

    made = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    made.filters["tojson"] = tojson
    made.globals["raise_exception"] = raise_exception
    return made


def split_expressions(line):
    """At the commas that stand in no bracket or text."""
    parts, depth, quote, current, i = [], 0, "", "", 0
    while i < len(line):
        c = line[i]
        if quote:
            if c == "\\":
                current += c
                i += 1
                c = line[i]
            elif c == quote:
                quote = ""
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            parts.append(current.strip())
            current = ""
            i += 1
            continue
        current += c
        i += 1
    return parts + [current.strip()]


def main():
    env = environment()
    cases = []
    sources = [(e, "{{ " + e.replace("\\\\", "\\") + " }}") for line in EXPRESSIONS.strip().split("\n") for e in split_expressions(line)]
    for name, source in sources + list(TEMPLATES.items()):
        case = {"name": name, "template": source}
        try:
            case["expected"] = env.from_string(source).render(**CONTEXT)
            if " at 0x" in case["expected"]:
                continue  # the address of a method
        except Exception as error:  # what is refused must be refused here too
            case["error"] = f"{type(error).__name__}: {error}"
        cases.append(case)
    with open(sys.argv[1], "w", encoding="utf8") as out:
        out.write('{"context": ' + json.dumps(CONTEXT, ensure_ascii=False) + ',\n "cases": [\n')
        out.write(",\n".join(json.dumps(c, ensure_ascii=False) for c in cases) + "\n]}\n")
    print(len(cases), "cases,", sum("error" in c for c in cases), "of them errors")


main()
