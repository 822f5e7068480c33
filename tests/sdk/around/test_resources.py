"""What stands around Azure Backup, as Microsoft's clients read it: subscriptions, storage, servers, who may do what."""

import datetime

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.authorization.models import RoleAssignmentCreateParameters
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient
from azure.mgmt.resource.subscriptions import SubscriptionClient
from azure.mgmt.storage import StorageManagementClient
from azure.mgmt.storage.models import BlobContainer

from azure_test import DEMO, PLATFORM, PRODUCTION, AzureTest
from members import strangers

ACCOUNT = "/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu"
# Azure's built-in roles.
BLOB_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
ACCOUNT_CONTRIBUTOR = "17d1049b-9a84-46fb-8f53-869881c3d3ab"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"


class Subscriptions(AzureTest):
    def test_every_subscription_is_listed_and_one_is_its_row(self):
        client = self.connect(SubscriptionClient)
        found = list(client.subscriptions.list())
        names = ["Contoso Analytics", "Failure Drills"]
        names += [f"Contoso {name}" for name in ("Legacy", "Platform", "Production", "Sandbox")]
        self.assertEqual(names, [s.display_name for s in found])
        self.assertEqual({"Enabled"}, {s.state for s in found})
        self.assertEqual(found[4], client.subscriptions.get(PRODUCTION))
        self.assertEqual(set(), strangers(found))

    def test_a_subscription_that_is_not_there_is_not_found(self):
        with self.assertRaises(ResourceNotFoundError) as refused:
            self.connect(SubscriptionClient).subscriptions.get("00000000-0000-0000-0000-000000000000")
        self.assertEqual("SubscriptionNotFound", refused.exception.error.code)


class Storage(AzureTest):
    def storage(self, subscription):
        return self.connect(StorageManagementClient, subscription)

    def test_accounts_tell_where_their_blobs_are_and_who_may_reach_them(self):
        accounts = self.storage(PLATFORM).storage_accounts
        found = {account.name: account for account in accounts.list()}
        self.assertIn("stordersrestoreweu", found)
        account = found["stordersrestoreweu"]
        self.assertEqual("https://stordersrestoreweu.blob.core.windows.net/", account.primary_endpoints.blob)
        self.assertEqual(("StorageV2", "Standard_LRS"), (account.kind, account.sku.name))
        self.assertTrue(account.allow_cross_tenant_replication)
        self.assertEqual("Enabled", account.public_network_access)
        self.assertEqual("Allow", account.network_rule_set.default_action)
        self.assertEqual("Succeeded", account.provisioning_state)
        self.assertEqual([account], list(accounts.list_by_resource_group("rg-restore-weu")))
        self.assertEqual(account, accounts.get_properties("rg-restore-weu", "stordersrestoreweu"))
        self.assertEqual(set(), strangers(list(found.values())))

    def test_containers_are_listed_and_one_is_read(self):
        containers = self.storage(PLATFORM).blob_containers
        found = list(containers.list("rg-restore-weu", "stordersrestoreweu"))
        self.assertEqual(["exports", "pg-incident-files", "pg-restore-drills"], [c.name for c in found])
        one = containers.get("rg-restore-weu", "stordersrestoreweu", "pg-restore-drills")
        self.assertEqual((found[2].id, "None"), (one.id, one.public_access))
        self.assertFalse(one.has_immutability_policy or one.has_legal_hold or one.deleted)
        self.assertEqual(set(), strangers(found) | strangers(one))

    def test_containers_can_be_sought_by_the_beginning_of_their_name_and_come_in_pages(self):
        containers = self.storage(PLATFORM).blob_containers
        sought = containers.list("rg-restore-weu", "stordersrestoreweu", filter="pg-")
        self.assertEqual(["pg-incident-files", "pg-restore-drills"], [c.name for c in sought])
        pages = containers.list("rg-restore-weu", "stordersrestoreweu", maxpagesize="2").by_page()
        names = [[c.name for c in page] for page in pages]
        self.assertEqual([["exports", "pg-incident-files"], ["pg-restore-drills"]], names)

    def test_a_container_that_is_not_there_is_not_found(self):
        with self.assertRaises(ResourceNotFoundError) as refused:
            self.storage(PLATFORM).blob_containers.get("rg-restore-weu", "stordersrestoreweu", "none")
        self.assertEqual("ContainerNotFound", refused.exception.error.code)

    def test_a_container_is_created_once_and_there_from_then_on(self):
        containers = self.storage(DEMO).blob_containers
        where = ["rg-demo", "stdemoweu", "e-new"]
        created = containers.create(*where, BlobContainer())
        self.assertEqual("e-new", created.name)
        self.assertEqual(created, containers.create(*where, BlobContainer()))
        self.assertEqual((created.id, set()), (containers.get(*where).id, strangers(created)))
        self.assertIn("e-new", [c.name for c in containers.list("rg-demo", "stdemoweu")])

    def test_a_container_that_may_not_be_created_or_has_no_good_name_is_refused(self):
        containers = self.storage(DEMO).blob_containers
        # The client keeps a name to its length by itself.
        for account, name, status, code in [
            ("stdemoweu", "Capital", 400, "InvalidResourceName"),
            ("stnocreateweu", "good", 403, "AuthorizationFailed"),
            ("stfilesonlyweu", "good", 400, "FeatureNotSupportedForAccount"),
        ]:
            with self.assertRaises(HttpResponseError) as refused:
                containers.create("rg-demo", account, name, BlobContainer())
            self.assertEqual((status, code), (refused.exception.status_code, refused.exception.error.code))

    def test_accounts_tell_what_keeps_a_restore_out(self):
        accounts = {account.name: account for account in self.storage(DEMO).storage_accounts.list()}
        self.assertFalse(accounts["stnocrosstenant"].allow_cross_tenant_replication)
        self.assertEqual("Disabled", accounts["stprivateweu"].public_network_access)
        for name, ruled in [("stfirewallweu", False), ("stfirewallruleweu", True)]:
            rules = accounts[name].network_rule_set
            self.assertEqual(("Deny", ruled), (rules.default_action, bool(rules.resource_access_rules)))
        untrusting = accounts["stfirewallnotrustweu"].network_rule_set
        self.assertEqual(("Deny", "None", True), (
            untrusting.default_action, untrusting.bypass, bool(untrusting.resource_access_rules)))
        self.assertEqual("SecuredByPerimeter", accounts["stperimeterweu"].public_network_access)
        self.assertIsNone(accounts["streplicationweu"].allow_cross_tenant_replication)
        kept = accounts["stversionsweu"].immutable_storage_with_versioning
        self.assertEqual((True, 7, "Unlocked"), (
            kept.enabled,
            kept.immutability_policy.immutability_period_since_creation_in_days,
            kept.immutability_policy.state,
        ))
        self.assertTrue(accounts["stanonymousweu"].allow_blob_public_access)
        self.assertEqual((None, "https://stfilesonlyweu.file.core.windows.net/"), (
            accounts["stfilesonlyweu"].primary_endpoints.blob, accounts["stfilesonlyweu"].primary_endpoints.file))
        self.assertEqual(set(), strangers(list(accounts.values())))

    def test_containers_tell_what_keeps_their_blobs(self):
        containers = self.storage(DEMO).blob_containers
        worm = containers.get("rg-demo", "stimmutableweu", "worm")
        policy = worm.immutability_policy
        self.assertEqual((True, 7), (worm.has_immutability_policy, policy.immutability_period_since_creation_in_days))
        held = containers.get("rg-demo", "stimmutableweu", "held")
        self.assertEqual((True, "case2026"), (held.has_legal_hold, held.legal_hold.tags[0].tag))
        self.assertEqual(set(), strangers(worm) | strangers(held))


class Servers(AzureTest):
    def servers(self, subscription):
        return self.connect(PostgreSQLManagementClient, subscription).servers

    def test_a_server_tells_how_far_back_its_own_backups_go(self):
        server = self.servers(PRODUCTION).get("rg-orders-prod", "psql-orders-prod")
        self.assertEqual(("psql-orders-prod", "Ready"), (server.name, server.state))
        self.assertEqual(14, server.backup.backup_retention_days)
        since = datetime.datetime.now(datetime.timezone.utc) - server.backup.earliest_restore_date
        self.assertLess(abs(since - datetime.timedelta(days=14)), datetime.timedelta(minutes=5))
        self.assertEqual(set(), strangers(server))

    def test_a_server_that_is_gone_or_may_not_be_read_is_refused(self):
        for subscription, group, name, status, code in [
            (PRODUCTION, "rg-orders-prod", "psql-orders-2024", 404, "ResourceNotFound"),
            (DEMO, "rg-demo", "psql-server-forbidden", 403, "AuthorizationFailed"),
        ]:
            with self.assertRaises(HttpResponseError) as refused:
                self.servers(subscription).get(group, name)
            self.assertEqual((status, code), (refused.exception.status_code, refused.exception.error.code))


class Access(AzureTest):
    def setUp(self):
        super().setUp()
        self.access = self.connect(AuthorizationManagementClient, DEMO)
        self.account = f"/subscriptions/{DEMO}{ACCOUNT}"

    def roles(self, scope, **filters):
        found = list(self.access.role_assignments.list_for_scope(scope, **filters))
        self.assertEqual(set(), strangers(found))
        return {(a.scope, a.principal_type, a.role_definition_id.rsplit("/", 1)[-1]) for a in found}

    def test_a_vault_may_write_into_one_container_and_not_into_another(self):
        vault = "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073"
        mine = f"atScope() and assignedTo('{vault}')"
        granted = f"{self.account}/blobServices/default/containers/drill-2026-11"
        denied = f"{self.account}/blobServices/default/containers/no-role"
        self.assertEqual({(granted, "ServicePrincipal", BLOB_CONTRIBUTOR)}, self.roles(granted, filter=mine))
        self.assertEqual(set(), self.roles(denied, filter=mine))

    def test_a_vault_may_hold_another_role_than_one_that_writes_blobs(self):
        account = self.account.replace("stdemoweu", "stotherroleweu")
        held = self.roles(account, filter="principalId eq '7ac02f95-e3d1-4860-a5b9-4d8f16e2c073'")
        self.assertEqual({(account, "ServicePrincipal", ACCOUNT_CONTRIBUTOR)}, held)

    def test_what_is_granted_above_is_told_below(self):
        subscription = f"/subscriptions/{DEMO}"
        self.assertEqual({(subscription, "User", OWNER)}, self.roles(self.account, filter="atScope()"))

    def test_each_way_to_ask_for_a_resource_tells_the_same(self):
        names = ["rg-demo", "Microsoft.Storage", "storageAccounts", "stdemoweu"]
        told = [
            self.access.role_assignments.list_for_resource(*names, filter="atScope()"),
            self.access.role_assignments.list_for_resource_group("rg-demo", filter="atScope()"),
            self.access.role_assignments.list_for_subscription(filter="atScope()"),
        ]
        self.assertEqual(1, len({tuple(a.id for a in assignments) for assignments in told}))

    def grant(self, scope, name, role=BLOB_CONTRIBUTOR):
        definition = f"/subscriptions/{DEMO}/providers/Microsoft.Authorization/roleDefinitions/{role}"
        wanted = RoleAssignmentCreateParameters(
            role_definition_id=definition,
            principal_id="7ac02f95-e3d1-4860-a5b9-4d8f16e2c073",
            principal_type="ServicePrincipal",
        )
        return self.access.role_assignments.create(scope, name, wanted)

    def test_a_role_is_granted_once_and_there_from_then_on(self):
        scope = f"{self.account}/blobServices/default/containers/no-role"
        name = "0d7f3c52-9b1e-4a68-8c04-e5a2d6f91b37"
        granted = self.grant(scope, name)
        self.assertEqual((name, scope, None), (granted.name, granted.scope, granted.condition))
        self.assertEqual(granted, self.grant(scope, name))
        self.assertEqual(granted, self.access.role_assignments.get(scope, name))
        mine = self.roles(scope, filter="principalId eq '7ac02f95-e3d1-4860-a5b9-4d8f16e2c073'")
        self.assertEqual({(scope, "ServicePrincipal", BLOB_CONTRIBUTOR)}, mine)
        with self.assertRaises(ResourceExistsError) as refused:
            self.grant(scope, "f6b09e14-2c8d-4735-a1e9-4d70c83b5a2f")
        self.assertEqual("RoleAssignmentExists", refused.exception.error.code)

    def test_a_role_that_may_not_be_granted_is_refused(self):
        with self.assertRaises(HttpResponseError) as refused:
            self.grant(self.account.replace("stdemoweu", "stnograntweu"), "0d7f3c52-9b1e-4a68-8c04-e5a2d6f91b37")
        self.assertEqual((403, "AuthorizationFailed"), (refused.exception.status_code, refused.exception.error.code))

    def test_the_operator_may_do_less_where_a_name_says_so(self):
        def may(*names):
            # No parent: the client writes two slashes, one after the other.
            found = list(self.access.permissions.list_for_resource("rg-demo", names[0], "", *names[1:]))
            self.assertEqual(1, len(found))
            return found[0].actions, found[0].not_actions

        self.assertEqual((["*/read"], []), may("Microsoft.DataProtection", "backupVaults", "bvault-demo-reader"))
        actions, but = may("Microsoft.Storage", "storageAccounts", "stnograntweu")
        self.assertEqual((["*"], True), (actions, "Microsoft.Authorization/*/Write" in but))

    def test_the_operator_may_do_all(self):
        of_group = list(self.access.permissions.list_for_resource_group("rg-demo"))
        # No parent: the client writes two slashes, one after the other.
        names = ["rg-demo", "Microsoft.Storage", "", "storageAccounts", "stdemoweu"]
        of_resource = list(self.access.permissions.list_for_resource(*names))
        self.assertIn(["*"], [permission.actions for permission in of_group])
        self.assertEqual(of_group, of_resource)
