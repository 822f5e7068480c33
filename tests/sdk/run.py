"""Runs Microsoft's clients for Python against the simulated Azure, from the top of the checkout:

    .tools/python/bin/python tests/sdk/run.py [arguments of unittest, such as -k restore]

Azure Backup's client is run once for each api-version that the program can speak, in the release that speaks it; what
stands around Azure Backup once. `.ci/tools.sh test` installs them all.
"""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
RUNS = [("backup", "2021-07-01"), ("backup", "2024-04-01"), ("backup", "2026-03-01"), ("around", "")]


def run(folder, api, arguments):
    path = [HERE, pathlib.Path(sys.prefix, "releases", api)] if api else [HERE]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path)), "PGFLEX_API": api}
    # A deprecated use of one package by another is theirs to mend.
    command = [sys.executable, "-B", "-W", "ignore::DeprecationWarning", "-m", "unittest", "discover"]
    print(f"-- {folder} {api}".rstrip(), flush=True)
    return subprocess.run([*command, "-s", HERE / folder, *arguments], env=environment).returncode


if __name__ == "__main__":
    failed = [(folder, api) for folder, api in RUNS if run(folder, api, sys.argv[1:])]
    sys.exit(1 if failed else 0)
