#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many clients at `hilo serve` for some minutes: most stream answers and compare them with those that one client got
alone; some leave at any moment, some send requests that are none, cut off or far too long. At the end the server answers
as at the beginning, nothing runs any more, and its memory is back at its level. serve_http_test has a short form.

    python serve_clients.py HILO MODEL [--adapter NAME=RUN]... [--clients 64] [--minutes 10]
"""
import argparse
import http.client
import json
import pathlib
import random
import socket
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/interop"))

import serving

PROMPTS = ["a small bird of the forest", "the act of", "any of several trees that bear nuts and", "a feeling of great joy"]


def request(model: str, prompt: str, **more) -> str:
    return json.dumps({"model": model, "prompt": prompt, "max_tokens": 24, "temperature": 0, "stream": True, **more})


def text_of(place: tuple, body: str) -> str:
    connection = http.client.HTTPConnection(*place, timeout=600)
    connection.request("POST", "/v1/completions", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    raw = answer.read().decode()
    connection.close()
    assert answer.status == 200 and raw.endswith("data: [DONE]\n\n"), (answer.status, raw[-200:])
    return "".join(json.loads(line[6:])["choices"][0]["text"] for line in raw.splitlines() if line.startswith("data: {"))


def leave(place: tuple, body: str, generator: random.Random) -> None:
    """Sends a request, or a part of it, reads a little and goes."""
    raw = (f"POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
           f"Content-Length: {len(body)}\r\n\r\n{body}").encode()
    with socket.create_connection(place, timeout=60) as connection:
        connection.sendall(raw[:generator.choice([len(raw), len(raw), generator.randrange(1, len(raw))])])
        if generator.random() < 0.7:
            connection.settimeout(generator.random() / 2)
            try:
                connection.recv(generator.randrange(1, 2000))
            except OSError:
                pass


def nonsense(place: tuple, generator: random.Random) -> None:
    kind = generator.randrange(5)
    raw = bytes(generator.randrange(256) for _ in range(generator.randrange(300)))
    if kind == 1:
        body = request("none", "a", n=generator.randrange(100))
    else:
        body = ["{" * 5000, "", raw.decode("latin-1"), '{"model": "base", "prompt": ' + "9" * 3000 + "}",
                json.dumps({"model": "base", "prompt": "x" * 300000})][kind]
    with socket.create_connection(place, timeout=60) as connection:
        head = f"POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        data = body.encode("utf-8", "replace")
        connection.sendall(raw if kind == 0 else head.encode() + f"Content-Length: {len(data)}\r\n\r\n".encode() + data)
        connection.settimeout(10)
        try:
            connection.recv(1000)
        except OSError:
            pass


def memory(process) -> int:
    """Resident MiB."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    raise SystemExit("no VmRSS")


def health(place: tuple) -> dict:
    connection = http.client.HTTPConnection(*place, timeout=60)
    connection.request("GET", "/health")
    return json.loads(connection.getresponse().read())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("hilo")
    parser.add_argument("model")
    parser.add_argument("--adapter", action="append", default=[])
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    folders = dict(one.split("=", 1) for one in options.adapter)
    counts = {"answers": 0, "wrong": 0, "left": 0, "nonsense": 0, "errors": 0}
    lock = threading.Lock()
    with serving.served(options.hilo, options.model, folders, "--name", "base", "--context", 256, "--parallel", 16,
                        "--threads", 1) as server:
        parts = urllib.parse.urlparse(server.address)
        place = (parts.hostname, parts.port)
        names = ["base", *folders]
        expected = {(name, prompt): text_of(place, request(name, prompt)) for name in names for prompt in PROMPTS}
        end = time.monotonic() + 60 * options.minutes

        def client(number: int) -> None:
            generator = random.Random(number)
            while time.monotonic() < end:
                asked = generator.choice(list(expected))
                kind = generator.choice(["answers"] * 6 + ["left"] * 3 + ["nonsense"])
                try:
                    if kind == "answers":
                        right = text_of(place, request(*asked)) == expected[asked]
                        with lock:
                            counts["wrong"] += not right
                    elif kind == "left":
                        leave(place, request(*asked), generator)
                    else:
                        nonsense(place, generator)
                except (OSError, http.client.HTTPException, AssertionError) as error:
                    print(f"{kind}: {error!r}", file=sys.stderr)
                    kind = "errors"
                with lock:
                    counts[kind] += 1

        def watch(level: list) -> None:
            while time.monotonic() < end:
                time.sleep(min(10, 6 * options.minutes))
                level.append(memory(server.process))

        level: list = []
        threads = [threading.Thread(target=client, args=(number,)) for number in range(options.clients)]
        threads.append(threading.Thread(target=watch, args=(level,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + 60
        while health(place)["running"] + health(place)["waiting"] > 0 and time.monotonic() < deadline:
            time.sleep(0.1)
        after = {asked: text_of(place, request(*asked)) for asked in expected}
        left = health(place)
        print(json.dumps({**counts, "same_afterwards": after == expected, "running": left["running"],
                          "waiting": left["waiting"], "memory_mib": level, "memory_mib_at_end": memory(server.process)}))
        if counts["wrong"] or counts["errors"] or after != expected or left["running"] or left["waiting"]:
            sys.exit(1)


if __name__ == "__main__":
    main()
