"""What stands around Azure Backup, as Microsoft's clients read it: subscriptions, storage, who may do what."""

from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.resource.subscriptions import SubscriptionClient
from azure.mgmt.storage import StorageManagementClient

from azure_test import DEMO, PLATFORM, PRODUCTION, AzureTest
from members import strangers

ACCOUNT = "/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu"
# Azure's built-in roles.
BLOB_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"


class Subscriptions(AzureTest):
    def test_every_subscription_is_listed_and_one_is_its_row(self):
        client = self.connect(SubscriptionClient)
        found = list(client.subscriptions.list())
        names = ["Analytics", "Drills", "Platform", "Production", "Sandbox"]
        self.assertEqual([f"Contoso {name}" for name in names], [s.display_name for s in found])
        self.assertEqual({"Enabled"}, {s.state for s in found})
        self.assertEqual(found[3], client.subscriptions.get(PRODUCTION))
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

    def test_the_operator_may_do_all(self):
        of_group = list(self.access.permissions.list_for_resource_group("rg-demo"))
        # No parent: the client writes two slashes, one after the other.
        names = ["rg-demo", "Microsoft.Storage", "", "storageAccounts", "stdemoweu"]
        of_resource = list(self.access.permissions.list_for_resource(*names))
        self.assertIn(["*"], [permission.actions for permission in of_group])
        self.assertEqual(of_group, of_resource)
