"""Every member that is sent has its place in Microsoft's client of that api-version, and none that it requires is missing."""

from azure_test import ANALYTICS, DEMO
from backup_client import DEMO_ACCOUNT, ORDERS, VAULT, BackupTest, job_name, restore_request
from members import lacking, strangers

# Sent in recorded traffic and in no specification.
UNSPECIFIED = {"sourceDataStoreType", "isCrossRegionRestore"}


class Members(BackupTest):
    def check(self, rows, *, unspecified=()):
        rows = list(rows)
        self.assertTrue(rows)
        self.assertEqual({f"[].properties.{name}" for name in unspecified}, strangers(rows))
        self.assertEqual(set(), lacking(rows))

    def test_of_vaults(self):
        self.check(self.client().backup_vaults.get_in_subscription())

    def test_of_a_vault_with_a_user_assigned_identity(self):
        vault = self.client(ANALYTICS).backup_vaults.get(
            resource_group_name="rg-analytics-weu", vault_name="bvault-analytics-weu"
        )
        self.assertEqual(set(), strangers(vault.identity))

    def test_of_instances(self):
        client = self.client()
        self.check(client.backup_instances.list(**VAULT))
        other = {"resource_group_name": "rg-backup-prod-neu", "vault_name": "bvault-prod-neu"}
        self.check(client.backup_instances.list(**other))

    def test_of_policies(self):
        self.check(self.client().backup_policies.list(**VAULT))

    def test_of_points(self):
        self.check(self.client().recovery_points.list(**ORDERS))

    def test_of_jobs(self):
        client = self.client(DEMO)
        orders = self.instance(client, "rg-demo", "bvault-demo-weu", "psql-orders-demo")
        vault = {name: orders[name] for name in ("resource_group_name", "vault_name")}
        point, names = self.newest(client, orders), []
        for container in ("drill-2026-11", "job-fails"):
            request = restore_request(point, url=f"{DEMO_ACCOUNT}/{container}")
            done = client.backup_instances.begin_trigger_restore(**orders, parameters=request).result()
            names.append(job_name(done.job_id))
        told = [client.jobs.get(**vault, job_id=name) for name in names]
        self.stand_in.advance(15 * 60)
        told += [client.jobs.get(**vault, job_id=name) for name in names]
        states = [job.properties.status for job in told]
        self.assertEqual(["InProgress", "InProgress", "Completed", "Failed"], states)
        self.check(told, unspecified=UNSPECIFIED)
        self.check(client.jobs.list(**vault), unspecified=UNSPECIFIED)
