"""Microsoft's client of Azure Backup for one api-version. Each api-version has a release of its own, and a process can
load only one: `run.py` puts it on the path and names the api-version in `PGFLEX_API`."""

import os

from azure.mgmt import dataprotection
from azure.mgmt.dataprotection import models

from azure_test import PRODUCTION, AzureTest

API = os.environ["PGFLEX_API"]

# The release of 2021-07-01 knows less: no resource id of a target, no identity of an instance, no operation by vault.
IS_FIRST = API == "2021-07-01"

VAULT = {"resource_group_name": "rg-backup-prod", "vault_name": "bvault-prod-weu"}
VAULT_ID = (
    f"/subscriptions/{PRODUCTION}/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection"
    "/backupVaults/bvault-prod-weu"
)
ORDERS = {
    **VAULT,
    "backup_instance_name": "psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19",
}
DRILLS = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills"
# The account of the failures by name.
DEMO_ACCOUNT = "https://stdemoweu.blob.core.windows.net"


class BackupTest(AzureTest):
    """A test of Azure Backup."""

    def client(self, subscription=PRODUCTION):
        newer = getattr(dataprotection, "DataProtectionMgmtClient", None)
        return self.connect(newer or dataprotection.DataProtectionClient, subscription)

    def instance(self, client, group, vault, server):
        """The names of the instance that protects a server."""
        names = {"resource_group_name": group, "vault_name": vault}
        found = [i for i in client.backup_instances.list(**names) if i.properties.friendly_name == server]
        self.assertEqual(1, len(found), f"{server} in {vault}")
        return {**names, "backup_instance_name": found[0].name}

    def newest(self, client, instance):
        """The id of an instance's newest point."""
        return next(iter(client.recovery_points.list(**instance))).properties.recovery_point_id


def restore_request(point, url=DRILLS, prefix="orders-1", target=None, identity=None):
    """A restore as files, in the models of this release."""
    where = {"target_resource_arm_id": target} if target else {}
    who = {}
    if identity:
        who["identity_details"] = models.IdentityDetails(
            use_system_assigned_identity=False, user_assigned_identity_arm_url=identity
        )
    return models.AzureBackupRecoveryPointBasedRestoreRequest(
        restore_target_info=models.RestoreFilesTargetInfo(
            recovery_option="FailIfExists",
            restore_location="westeurope",
            target_details=models.TargetDetails(
                file_prefix=prefix, restore_target_location_type="AzureBlobs", url=url, **where
            ),
        ),
        source_data_store_type="VaultStore",
        recovery_point_id=point,
        **who,
    )


def wrapped(request):
    """The validation of a restore."""
    return models.ValidateRestoreRequestObject(restore_request_object=request)


def job_name(job_id):
    return job_id.rsplit("/", 1)[-1]
