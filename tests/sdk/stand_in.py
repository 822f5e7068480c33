"""The simulated Azure as a server on loopback, for one test: `tests/stand_in`, `docs/simulator.md`."""

import http.client
import json
import subprocess
import urllib.parse

PROGRAM = "target/debug/stand-in"

# Answers come at once, and the clock stands still until it is put ahead: a busy machine makes no difference.
ARGUMENTS = ["--port", "0", "--speed", "0", "--answers", "1000000"]


class StandIn:
    """A world of its own, in which nothing was started yet. It ends with the `with` that it began with."""

    def __enter__(self):
        self._process = subprocess.Popen([PROGRAM, *ARGUMENTS], stdout=subprocess.PIPE, text=True)
        said = self._process.stdout.readline()
        if not said.startswith("listening on "):
            self.__exit__()
            raise RuntimeError(f"{PROGRAM} said {said!r}")
        self.address = said.split()[-1]
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def advance(self, seconds):
        """Puts the clock ahead by whole seconds."""
        self._ask("POST", f"/stand-in/advance?seconds={seconds}")

    def log(self):
        """What was asked so far: method, host, path, query, names of headers, body."""
        return self._ask("GET", "/stand-in/log")

    def asked(self, part):
        """Those requests whose path holds a text."""
        return [request for request in self.log() if part in urllib.parse.unquote(request["path"])]

    def _ask(self, method, path):
        # Neither `requests` nor `urllib`: an environment may send those through a proxy.
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{method} {path}: {answer.status} {body!r}")
            return json.loads(body)
        finally:
            connection.close()
