"""The resource graph, as Microsoft's client asks it: queries for what is backed up and for what was done."""

from azure.core.exceptions import HttpResponseError
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions

from azure_test import DEMO, LEGACY, PRODUCTION, AzureTest

INSTANCES = """RecoveryServicesResources
| where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'
| extend protectionState = properties.currentProtectionState
| where properties.dataSourceInfo.datasourceType in~ ('Microsoft.DBforPostgreSQL/flexibleServers')"""
JOBS = """RecoveryServicesResources
| where type =~ 'microsoft.dataprotection/backupvaults/backupjobs'
| where properties.dataSourceType in~ ('Microsoft.DBforPostgreSQL/flexibleServers')"""
# White space is all the same to a query.
OVERVIEW = """recoveryservicesresources
| where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'
| where properties.dataSourceInfo.datasourceType =~ 'Microsoft.DBforPostgreSQL/flexibleServers'
| extend server = tolower(tostring(properties.dataSourceInfo.resourceID))
| join kind=leftouter (resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers'
    | project server = tolower(id), exists = true) on server
| join kind=leftouter (resourcecontainers | where type =~ 'microsoft.resources/subscriptions'
    | project subscriptionId, subscription = name) on subscriptionId
| project id, source = properties.dataSourceInfo.resourceID, name = properties.dataSourceInfo.resourceName,
    region = properties.dataSourceInfo.resourceLocation, state = properties.currentProtectionState,
    operations = properties.backupInstanceExtendedProperties.allowedOperations, subscription, exists
| order by id asc"""
RESTORES = """recoveryservicesresources
| where type =~ 'microsoft.dataprotection/backupvaults/backupjobs'
| where properties.dataSourceType =~ 'Microsoft.DBforPostgreSQL/flexibleServers'
| where tostring(properties.operationCategory) contains 'restore'
| project id, server = properties.dataSourceName, status = properties.status, began = tostring(properties.startTime),
    ended = properties.endTime, took = properties.duration,
    made = properties.extendedInfo.sourceRecoverPoint.recoveryPointTime,
    container = properties.extendedInfo.recoveryDestination,
    prefix = properties.extendedInfo.additionalDetails['Restore File Prefix']
| order by began desc"""
VAULTS = "resources | where type =~ 'microsoft.dataprotection/backupvaults'"


class Graph(AzureTest):
    def ask(self, query, subscriptions=None, **options):
        request = QueryRequest(query=query, subscriptions=subscriptions)
        if options:
            request.options = QueryRequestOptions(**options)
        return self.connect(ResourceGraphClient).resources(request)

    def test_instances_of_every_subscription_are_found_at_once(self):
        found = self.ask(INSTANCES)
        self.assertEqual((73, 73), (found.total_records, found.count))
        self.assertEqual(("false", None), (found.result_truncated, found.skip_token))
        kinds = {row["properties"]["dataSourceInfo"]["datasourceType"] for row in found.data}
        self.assertEqual({"Microsoft.DBforPostgreSQL/flexibleServers"}, kinds)
        self.assertEqual({"microsoft.dataprotection/backupvaults/backupinstances"}, {row["type"] for row in found.data})

    def test_a_list_of_subscriptions_narrows_it_down(self):
        found = self.ask(INSTANCES, [PRODUCTION])
        self.assertEqual({PRODUCTION}, {row["subscriptionId"] for row in found.data})
        self.assertEqual(6, found.count)

    def test_a_long_answer_comes_in_pages(self):
        first = self.ask(INSTANCES, top=40)
        self.assertEqual((73, 40), (first.total_records, first.count))
        second = self.ask(INSTANCES, top=40, skip_token=first.skip_token)
        self.assertEqual((73, 33, None), (second.total_records, second.count, second.skip_token))
        every = self.ask(INSTANCES).data
        self.assertEqual(every, first.data + second.data)
        self.assertEqual(every[60:], self.ask(INSTANCES, skip=60).data)

    def test_jobs_are_told_with_what_only_one_job_tells_and_durations_of_a_list(self):
        found = self.ask(JOBS, [PRODUCTION])
        self.assertEqual({"microsoft.dataprotection/backupvaults/backupjobs"}, {row["type"] for row in found.data})
        restores = [row for row in found.data if row["properties"]["operationCategory"] == "Restore"]
        self.assertEqual({"psql-catalog-prod"}, {row["properties"]["dataSourceName"] for row in restores})
        for row in restores:
            told = row["properties"]["extendedInfo"]
            self.assertRegex(told["additionalDetails"]["Restore File Prefix"], r"^drill-catalog-\d{4}-\d\d-\d\d$")
            self.assertEqual("https://stordersrestoreweu.blob.core.windows.net/exports", told["recoveryDestination"])
            self.assertRegex(row["properties"]["duration"], r"^\d\d:\d\d:\d\d(\.\d{1,7})?$")

    def test_restores_are_found_newest_first_with_their_own_columns(self):
        rows = self.ask(RESTORES, result_format="objectArray", top=1000).data
        columns = {"id", "server", "status", "began", "ended", "took", "made", "container", "prefix"}
        self.assertEqual([columns] * len(rows), [set(row) for row in rows])
        self.assertEqual(sorted((row["began"] for row in rows), reverse=True), [row["began"] for row in rows])
        of = {row["server"]: row for row in rows}
        self.assertEqual("Failed", of["psql-gitea"]["status"])
        self.assertEqual("CompletedWithWarnings", of["psql-sonarqube"]["status"])
        self.assertRegex(of["psql-catalog-prod"]["prefix"], r"^drill-catalog-\d{4}-\d\d-\d\d$")
        self.assertEqual([], self.ask(RESTORES.replace("'restore'", "'nothing'")).data)

    def test_vaults_tell_their_identity(self):
        found = self.ask(VAULTS, [DEMO])
        principals = {row["name"]: row["identity"].get("principalId") for row in found.data}
        self.assertEqual("7ac02f95-e3d1-4860-a5b9-4d8f16e2c073", principals["bvault-demo-weu"])
        self.assertIsNone(principals["bvault-demo-no-identity"])

    def test_a_projection_has_the_columns_that_it_names_and_no_others(self):
        found = self.ask(OVERVIEW, result_format="objectArray", top=1000)
        self.assertEqual((73, 73), (found.total_records, found.count))
        columns = {"id", "source", "name", "region", "state", "operations", "subscription", "exists"}
        self.assertEqual([columns] * 73, [set(row) for row in found.data])
        rows = {row["name"]: row for row in found.data}
        self.assertEqual(sorted(row["id"] for row in found.data), [row["id"] for row in found.data])
        orders = rows["psql-orders-prod"]
        self.assertEqual(("Contoso Production", True), (orders["subscription"], orders["exists"]))
        self.assertIsNone(rows["psql-orders-2024"]["exists"])
        self.assertNotIn("Restore", rows["psql-sandbox-eu"]["operations"])
        one = OVERVIEW.replace("| extend", f"| where id =~ '{rows['psql-gitea']['id'].upper()}'\n| extend", 1)
        self.assertEqual([rows["psql-gitea"]], self.ask(one).data)

    def test_an_account_is_found_by_its_name(self):
        query = "resources\n| where type =~ 'microsoft.storage/storageaccounts' and name =~ '{}'\n| project id"
        account = f"/subscriptions/{DEMO}/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu"
        self.assertEqual([{"id": account}], self.ask(query.format("STDEMOWEU")).data)
        self.assertEqual([], self.ask(query.format("stnone")).data)

    def test_a_subscription_of_which_nothing_may_be_read_refuses(self):
        with self.assertRaises(HttpResponseError) as refused:
            self.ask(OVERVIEW, [LEGACY])
        self.assertEqual((403, "AuthorizationFailed"), (refused.exception.status_code, refused.exception.error.code))
        self.assertEqual({DEMO}, {row["id"].split("/")[2] for row in self.ask(OVERVIEW, [LEGACY, DEMO]).data})

    def test_a_projection_that_is_not_understood_is_refused(self):
        with self.assertRaises(HttpResponseError) as refused:
            self.ask("resources | where type =~ 'microsoft.storage/storageaccounts' | project nonsense")
        self.assertEqual((400, "BadRequest"), (refused.exception.status_code, refused.exception.error.code))
        self.assertEqual("InvalidQuery", refused.exception.error.details[0].code)

    def test_a_query_that_is_none_is_refused(self):
        with self.assertRaises(HttpResponseError) as refused:
            self.ask("drop everything")
        self.assertEqual((400, "BadRequest"), (refused.exception.status_code, refused.exception.error.code))
