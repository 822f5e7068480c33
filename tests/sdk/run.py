"""Runs Microsoft's clients for Python against the simulated Azure, from the top of the checkout:

    .tools/python/bin/python tests/sdk/run.py [arguments of unittest, such as -k restore]

Azure Backup's client is run once for each api-version that the program can speak, in the release that speaks it; what
stands around Azure Backup once. `.ci/tools.sh test` installs them all.
"""

import os
import pathlib
import subprocess
import sys

# What unittest ends with where arguments leave no test over, from Python 3.12 on.
NONE_LEFT = 5

HERE = pathlib.Path(__file__).parent
APIS = sorted(path.stem for path in (HERE / "requirements").glob("20*.txt"))
RUNS = [*(("backup", api) for api in APIS), ("around", "")]


def run(folder, api, arguments):
    path = [HERE, pathlib.Path(sys.prefix, "releases", api)] if api else [HERE]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path)), "PGFLEX_API": api}
    # A deprecated use of one package by another is theirs to mend.
    command = [sys.executable, "-B", "-W", "ignore::DeprecationWarning", "-m", "unittest", "discover"]
    print(f"-- {folder} {api}".rstrip(), flush=True)
    ended = subprocess.run([*command, "-s", HERE / folder, *arguments], env=environment).returncode
    return ended == 0 or (ended == NONE_LEFT and bool(arguments))


if __name__ == "__main__":
    passed = [run(folder, api, sys.argv[1:]) for folder, api in RUNS]
    sys.exit(0 if all(passed) else 1)
