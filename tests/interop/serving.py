# SPDX-License-Identifier: GPL-3.0-or-later
"""`hilo serve` as a context: its address and what it says when it starts."""
import contextlib
import json
import subprocess


class Served:
    def __init__(self, process: subprocess.Popen, said: dict):
        self.process = process
        self.address = said["address"]
        self.said = said


@contextlib.contextmanager
def served(hilo: str, model, adapters: dict, *more):
    """adapters: folder by name. Ends the server as a person does, and fails unless it ends well."""
    named = [part for name, folder in adapters.items() for part in ("--adapter", f"{name}={folder}")]
    process = subprocess.Popen([hilo, "serve", model, *named, "--port", "0", "--json", *map(str, more)],
                               stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        assert line, f"hilo serve ended with {process.wait()}"
        yield Served(process, json.loads(line))
    finally:
        process.terminate()
        code = process.wait(timeout=60)
    assert code == 0, f"hilo serve ended with {code}"
