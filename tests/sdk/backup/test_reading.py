"""Vaults, instances and policies, as Microsoft's client reads them."""

from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.dataprotection import models

from azure_test import ANALYTICS
from backup_client import IS_FIRST, ORDERS, VAULT, VAULT_ID, BackupTest


class Vaults(BackupTest):
    def test_the_vaults_of_a_subscription_are_those_of_all_its_groups(self):
        vaults = self.client().backup_vaults
        of_subscription = list(vaults.get_in_subscription())
        of_group = list(vaults.get_in_resource_group("rg-backup-prod"))
        self.assertEqual(["bvault-prod-weu", "bvault-prod-neu"], [v.name for v in of_subscription])
        self.assertEqual(["bvault-prod-weu"], [v.name for v in of_group])
        self.assertEqual(of_subscription[0], of_group[0])

    def test_one_vault_tells_its_region_its_identity_and_how_it_is_stored(self):
        vault = self.client().backup_vaults.get(**VAULT)
        self.assertEqual("westeurope", vault.location)
        self.assertEqual("SystemAssigned", vault.identity.type)
        self.assertEqual("e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63", vault.identity.principal_id)
        self.assertEqual("GeoRedundant", vault.properties.storage_settings[0].type)
        self.assertEqual("Succeeded", vault.properties.provisioning_state)
        if not IS_FIRST:
            self.assertEqual("On", vault.properties.security_settings.soft_delete_settings.state)
            features = vault.properties.feature_settings
            self.assertEqual("Enabled", features.cross_subscription_restore_settings.state)

    def test_a_vault_that_is_not_there_is_not_found(self):
        with self.assertRaises(ResourceNotFoundError) as refused:
            self.client().backup_vaults.get(resource_group_name="rg-backup-prod", vault_name="none")
        self.assertEqual("ResourceNotFound", refused.exception.error.code)
        self.assertIn("Microsoft.DataProtection/BackupVaults/none", refused.exception.error.message)

    def test_a_user_assigned_identity_is_told_by_its_resource_id(self):
        if IS_FIRST:
            self.skipTest("2021-07-01 has no user-assigned identities")
        client = self.client(ANALYTICS)
        vault = {"resource_group_name": "rg-analytics-weu", "vault_name": "bvault-analytics-weu"}
        identity = client.backup_vaults.get(**vault).identity
        self.assertEqual("UserAssigned", identity.type)
        for instance in client.backup_instances.list(**vault):
            used = instance.properties.identity_details
            self.assertFalse(used.use_system_assigned_identity)
            principal = identity.user_assigned_identities[used.user_assigned_identity_arm_url].principal_id
            self.assertEqual("f8c46b1e-92a5-4d70-b6e3-158d0c7a94f2", principal)


class Instances(BackupTest):
    def test_a_list_tells_what_each_instance_protects_and_by_which_policy(self):
        instances = list(self.client().backup_instances.list(**VAULT))
        servers = ["psql-orders-prod", "psql-payments-prod", "psql-catalog-prod", "psql-orders-2024"]
        self.assertEqual(servers, [i.properties.friendly_name for i in instances])
        for instance in instances:
            source = instance.properties.data_source_info
            self.assertEqual("Microsoft.DBforPostgreSQL/flexibleServers", source.datasource_type)
            self.assertTrue(source.resource_id.endswith(f"/flexibleServers/{instance.properties.friendly_name}"))
            self.assertTrue(instance.properties.policy_info.policy_id.startswith(f"{VAULT_ID}/backupPolicies/"))
            self.assertEqual("BackupInstance", instance.properties.object_type)

    def test_one_instance_is_the_row_of_the_list(self):
        client = self.client()
        row = next(i for i in client.backup_instances.list(**VAULT) if i.name == ORDERS["backup_instance_name"])
        self.assertEqual(row, client.backup_instances.get(**ORDERS))

    def test_a_protection_error_is_one_in_the_clients_words(self):
        client = self.client()
        ledger = self.instance(client, "rg-backup-prod-neu", "bvault-prod-neu", "psql-ledger-prod")
        properties = client.backup_instances.get(**ledger).properties
        self.assertEqual("ProtectionError", properties.current_protection_state)
        self.assertIsInstance(properties.protection_error_details, models.UserFacingError)
        self.assertEqual("PostgreSQLFlexOperationFailedUserError", properties.protection_error_details.code)

    def test_a_server_leads_to_what_protects_it(self):
        if IS_FIRST:
            self.skipTest("2021-07-01 cannot ask for the instances of a server")
        client = self.client()
        server = client.backup_instances.get(**ORDERS).properties.data_source_info.resource_id
        found = list(client.backup_instances_extension_routing.list(resource_id=server.lstrip("/")))
        self.assertEqual([ORDERS["backup_instance_name"]], [i.name for i in found])


class Policies(BackupTest):
    def test_a_policy_makes_a_backup_a_week_and_says_how_long_it_is_kept(self):
        policy = self.client().backup_policies.get(**VAULT, backup_policy_name="weekly-12m").properties
        self.assertIsInstance(policy, models.BackupPolicy)
        self.assertEqual(["Microsoft.DBforPostgreSQL/flexibleServers"], policy.datasource_types)
        backup, retention = policy.policy_rules
        self.assertIsInstance(backup, models.AzureBackupRule)
        self.assertIsInstance(backup.trigger, models.ScheduleBasedTriggerContext)
        self.assertIsInstance(backup.backup_parameters, models.AzureBackupParams)
        self.assertEqual(["R/2024-05-13T23:00:00+00:00/P1W"], backup.trigger.schedule.repeating_time_intervals)
        self.assertEqual("Default", backup.trigger.tagging_criteria[0].tag_info.tag_name)
        self.assertIsInstance(retention, models.AzureRetentionRule)
        self.assertIsInstance(retention.lifecycles[0].delete_after, models.AbsoluteDeleteOption)
        self.assertEqual("P52W", retention.lifecycles[0].delete_after.duration)

    def test_the_policies_of_a_vault_are_those_that_its_instances_follow(self):
        client = self.client()
        listed = {policy.id for policy in client.backup_policies.list(**VAULT)}
        followed = {i.properties.policy_info.policy_id for i in client.backup_instances.list(**VAULT)}
        self.assertEqual(followed, listed)
