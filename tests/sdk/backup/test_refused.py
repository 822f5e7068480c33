"""What Azure refuses, at once, after a check, in a job; and more proof that it asks for."""

import json

from azure.core.exceptions import HttpResponseError
from azure.core.polling.base_polling import LocationPolling
from azure.mgmt.core.exceptions import ARMErrorFormat
from azure.mgmt.core.polling.arm_polling import ARMPolling
from azure.mgmt.dataprotection import models

from azure_test import ANALYTICS, DEMO
from backup_client import DEMO_ACCOUNT, BackupTest, job_name, restore_request, wrapped
from members import strangers


def user_facing(refused):
    """What an error tells a person. A poller leaves it to the caller to read the error as one of Resource Manager's."""
    told = ARMErrorFormat(json.loads(refused.response.text())["error"]).additional_info
    if [info.type for info in told] != ["UserFacingError"]:
        raise AssertionError(f"no UserFacingError: {refused.response.text()}")
    return told[0].info


class Refused(BackupTest):
    def check(self, client, instance, container="drill-2026-11", **more):
        """A check that has to be refused: how."""
        request = restore_request(self.newest(client, instance), url=f"{DEMO_ACCOUNT}/{container}")
        with self.assertRaises(HttpResponseError) as refused:
            begin = client.backup_instances.begin_validate_for_restore
            begin(**instance, parameters=wrapped(request), **more).result()
        return refused.exception

    def test_a_check_that_fails_tells_who_lacks_what_in_its_innermost_error_alone(self):
        client = self.client(DEMO)
        orders = self.instance(client, "rg-demo", "bvault-demo-weu", "psql-orders-demo")
        refused = self.check(client, orders, "no-role")
        self.assertEqual(200, refused.status_code)
        self.assertEqual("UserErrorMissingRequiredPermissions", refused.error.code)
        self.assertNotIn("containers/write", refused.error.message)
        inner = user_facing(refused)["innerError"]
        self.assertEqual("UserErrorMissingRequiredPermissions", inner["code"])
        why = inner["additionalInfo"]["DetailedNonLocalisedMessage"]
        self.assertIn("The client '7ac02f95-e3d1-4860-a5b9-4d8f16e2c073'", why)
        self.assertIn("'Microsoft.Storage/storageAccounts/blobServices/containers/write'", why)
        self.assertIn("/storageAccounts/stdemoweu/blobServices/default/containers/no-role'", why)

    def test_who_asks_at_location_alone_is_told_the_same_error(self):
        client = self.client(DEMO)
        orders = self.instance(client, "rg-demo", "bvault-demo-weu", "psql-orders-demo")
        polling = ARMPolling(30, lro_algorithms=[LocationPolling()])
        refused = self.check(client, orders, "no-role", polling=polling)
        self.assertEqual("UserErrorMissingRequiredPermissions", refused.error.code)
        self.assertIn("DetailedNonLocalisedMessage", user_facing(refused)["innerError"]["additionalInfo"])

    def test_an_operation_that_failed_reads_as_one_in_the_clients_words(self):
        client = self.client(DEMO)
        orders = self.instance(client, "rg-demo", "bvault-demo-weu", "psql-orders-demo")
        refused = self.check(client, orders, "no-role")
        operation = refused.response.request.url.split("?")[0].rsplit("/", 1)[-1]
        status = client.operation_status.get(location="westeurope", operation_id=operation)
        self.assertEqual(("Failed", "UserErrorMissingRequiredPermissions"), (status.status, status.error.code))
        self.assertEqual(set(), strangers(status) - {".error.additionalInfo"})

    def test_a_soft_deleted_instance_is_refused_at_once(self):
        client = self.client(ANALYTICS)
        gone = self.instance(client, "rg-analytics-weu", "bvault-analytics-weu", "psql-sandbox-eu")
        refused = self.check(client, gone)
        self.assertEqual((400, "BMSUserErrorInvalidInput"), (refused.status_code, refused.error.code))
        self.assertEqual("BMSUserErrorInvalidInput", user_facing(refused)["code"])
        self.assertEqual([], self.transport.waits)

    def test_a_job_that_fails_nests_its_cause_three_deep(self):
        client = self.client(DEMO)
        orders = self.instance(client, "rg-demo", "bvault-demo-weu", "psql-orders-demo")
        request = restore_request(self.newest(client, orders), url=f"{DEMO_ACCOUNT}/job-fails")
        done = client.backup_instances.begin_trigger_restore(**orders, parameters=request).result()
        self.stand_in.advance(120)
        vault = {name: orders[name] for name in ("resource_group_name", "vault_name")}
        job = client.jobs.get(**vault, job_id=job_name(done.job_id)).properties
        self.assertEqual("Failed", job.status)
        codes, errors = [], job.error_details
        while errors:
            self.assertIsInstance(errors[0], models.UserFacingError)
            codes.append(errors[0].code)
            errors = errors[0].details
        self.assertEqual("DppPluginInvalidInputParameters", codes[0])
        self.assertEqual("UserErrorContainerNotAccessible", codes[2])
        self.assertEqual(3, len(codes))

    def test_the_client_answers_a_claims_challenge_with_a_better_token(self):
        client = self.client(DEMO)
        challenged = self.instance(client, "rg-demo", "bvault-demo-sign-in", "psql-claims-readable")
        request = restore_request(self.newest(client, challenged), url=f"{DEMO_ACCOUNT}/drill-2026-11")
        client.backup_instances.begin_validate_for_restore(**challenged, parameters=wrapped(request)).result()
        self.assertEqual([{"access_token": {"acrs": {"essential": True, "values": ["p1"]}}}], self.credential.claims)
