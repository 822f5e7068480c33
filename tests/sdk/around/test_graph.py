"""The resource graph, as Microsoft's client asks it: queries for what is backed up and for what was done."""

from azure.core.exceptions import HttpResponseError
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions

from azure_test import DEMO, PRODUCTION, AzureTest

INSTANCES = """RecoveryServicesResources
| where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'
| extend protectionState = properties.currentProtectionState
| where properties.dataSourceInfo.datasourceType in~ ('Microsoft.DBforPostgreSQL/flexibleServers')"""
JOBS = """RecoveryServicesResources
| where type =~ 'microsoft.dataprotection/backupvaults/backupjobs'
| where properties.dataSourceType in~ ('Microsoft.DBforPostgreSQL/flexibleServers')"""
VAULTS = "resources | where type =~ 'microsoft.dataprotection/backupvaults'"


class Graph(AzureTest):
    def ask(self, query, subscriptions=None, **options):
        request = QueryRequest(query=query, subscriptions=subscriptions)
        if options:
            request.options = QueryRequestOptions(**options)
        return self.connect(ResourceGraphClient).resources(request)

    def test_instances_of_every_subscription_are_found_at_once(self):
        found = self.ask(INSTANCES)
        self.assertEqual((66, 66), (found.total_records, found.count))
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
        self.assertEqual((66, 40), (first.total_records, first.count))
        second = self.ask(INSTANCES, top=40, skip_token=first.skip_token)
        self.assertEqual((66, 26, None), (second.total_records, second.count, second.skip_token))
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

    def test_vaults_tell_their_identity(self):
        found = self.ask(VAULTS, [DEMO])
        principals = {row["name"]: row["identity"]["principalId"] for row in found.data}
        self.assertEqual("7ac02f95-e3d1-4860-a5b9-4d8f16e2c073", principals["bvault-demo-weu"])

    def test_a_query_that_is_none_is_refused(self):
        with self.assertRaises(HttpResponseError) as refused:
            self.ask("drop everything")
        self.assertEqual((400, "BadRequest"), (refused.exception.status_code, refused.exception.error.code))
