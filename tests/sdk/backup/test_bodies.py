"""One plan, as Microsoft's client sends it: the files in `bodies/`, which hold this program's own as well
(`tests/native/azure/bodies.rs`).

A file is named after its api-version and what the plan says: where the container's resource id is given, `target`;
where the vault uses a user-assigned identity for the instance, `identity`. With a system-assigned identity nothing is
said about it, so that is the plain file. The first api-version has no place for either.
"""

import json
import pathlib

from backup_client import API, IS_FIRST, ORDERS, BackupTest, restore_request, wrapped

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


class Bodies(BackupTest):
    def test_a_plan_is_sent_as_in_its_files(self):
        instances = self.client().backup_instances
        for what in [{}] if IS_FIRST else PLANS.values():
            request = restore_request(POINT, url=CONTAINER, prefix="orders-20261116-k3x9p2", **what)
            instances.begin_trigger_restore(**ORDERS, parameters=request, polling=False)
            instances.begin_validate_for_restore(**ORDERS, parameters=wrapped(request), polling=False)
        names = ["plain"] if IS_FIRST else PLANS
        files = [f"{API}-{name}-{call}.json" for name in names for call in ("restore", "validate")]
        sent = [json.loads(request["body"]) for request in self.stand_in.log()]
        kept = {path.name: json.loads(path.read_text()) for path in BODIES.glob(f"{API}-*.json")}
        self.assertEqual(dict(zip(files, sent, strict=True)), kept)
