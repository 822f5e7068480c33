"""One plan, as Microsoft's models write it down: the files in `bodies/`, which hold this program's own as well
(`tests/native/azure/bodies.rs`).

A file is named after its api-version and what the plan says: where the container's resource id is given, `target`;
where the vault uses a user-assigned identity for the instance, `identity`. With a system-assigned identity nothing is
said about it, so that is the plain file. The first api-version has no place for either.
"""

import json
import pathlib
import unittest

from backup_client import API, IS_FIRST, restore_request, wrapped

BODIES = pathlib.Path(__file__).parent.parent / "bodies"

POINT = "5e1d8f0a7c3b42e69d04b1f6a8c27e93"
CONTAINER = "https://acct1.blob.core.windows.net/dumps"
TARGET = (
    "/subscriptions/2b3c4d5e-6f70-4812-93a4-b5c6d7e8f901/resourceGroups/rg-dumps/providers/Microsoft.Storage"
    "/storageAccounts/acct1/blobServices/default/containers/dumps"
)
IDENTITY = (
    "/subscriptions/1a2b3c4d-5e6f-4701-8293-a4b5c6d7e8f9/resourceGroups/rg-backup/providers"
    "/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup"
)
PLANS = {
    "plain": {},
    "target": {"target": TARGET},
    "identity": {"identity": IDENTITY},
    "target-identity": {"target": TARGET, "identity": IDENTITY},
}


def written(model):
    """What the client would send."""
    if hasattr(model, "serialize"):
        return model.serialize()
    return model.as_dict(exclude_readonly=True)


class Bodies(unittest.TestCase):
    maxDiff = None

    def test_a_plan_is_written_as_in_its_files(self):
        plans = {"plain": {}} if IS_FIRST else PLANS
        files = {}
        for name, what in plans.items():
            request = restore_request(POINT, url=CONTAINER, prefix="orders-20261116-k3x9p2", **what)
            files[f"{API}-{name}-restore.json"] = written(request)
            files[f"{API}-{name}-validate.json"] = written(wrapped(request))
        kept = {path.name: json.loads(path.read_text()) for path in BODIES.glob(f"{API}-*.json")}
        self.assertEqual(files, kept)
