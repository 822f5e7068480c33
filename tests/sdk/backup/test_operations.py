"""Operations asked for by their ids, as the specification has it: with the api-version alone, without a signature."""

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.dataprotection import models

from backup_client import IS_FIRST, ORDERS, VAULT, VAULT_ID, BackupTest, restore_request, wrapped

WEU = {"location": "westeurope"}


class Operations(BackupTest):
    def setUp(self):
        super().setUp()
        self.azure = self.client()
        self.request = restore_request(self.newest(self.azure, ORDERS))

    def begin(self, restore=True):
        """Begins a restore or a check and gives its operation's id, which only the headers of the answer tell."""
        instances = self.azure.backup_instances
        begin = instances.begin_trigger_restore if restore else instances.begin_validate_for_restore
        parameters = self.request if restore else wrapped(self.request)
        answers = []
        begin(**ORDERS, parameters=parameters, polling=False, raw_response_hook=answers.append)
        headers = answers[0].http_response.headers
        ids = {headers[name].split("?")[0].rsplit("/", 1)[-1] for name in ("Location", "Azure-AsyncOperation")}
        self.assertEqual(1, len(ids))
        return ids.pop()

    def test_a_restore_runs_and_then_tells_its_job(self):
        operation = self.begin()
        running = self.azure.operation_status.get(**WEU, operation_id=operation)
        self.assertEqual((operation, "Inprogress"), (running.name, running.status))
        self.assertIsNone(running.properties)
        # .NET's date that is not set.
        self.assertEqual((1, 1, 1), running.end_time.timetuple()[:3])

        self.stand_in.advance(5)
        done = self.azure.operation_status.get(**WEU, operation_id=operation)
        self.assertEqual("Succeeded", done.status)
        self.assertGreater(done.end_time, done.start_time)
        self.assertIsInstance(done.properties, models.OperationJobExtendedInfo)
        self.assertEqual(f"{VAULT_ID}/backupJobs/".lower(), done.properties.job_id[:-36].lower())
        self.assertNotEqual(f"{VAULT_ID}/backupJobs/", done.properties.job_id[:-36], "another casing, as recorded")

    def test_a_check_ends_without_properties(self):
        operation = self.begin(restore=False)
        self.stand_in.advance(45)
        done = self.azure.operation_status.get(**WEU, operation_id=operation)
        self.assertEqual(("Succeeded", None, None), (done.status, done.properties, done.error))

    def test_the_result_is_nothing_while_it_runs_and_then_the_job(self):
        operation = self.begin()
        self.assertIsNone(self.azure.operation_result.get(operation_id=operation, **WEU))
        self.stand_in.advance(5)
        done = self.azure.operation_result.get(operation_id=operation, **WEU)
        self.assertEqual(done.job_id, self.azure.operation_status.get(**WEU, operation_id=operation).properties.job_id)

    def test_vault_and_group_tell_the_same_as_the_region(self):
        if IS_FIRST:
            self.skipTest("2021-07-01 asks by region alone")
        operation = self.begin()
        self.stand_in.advance(5)
        group = {"resource_group_name": VAULT["resource_group_name"]}
        told = [
            self.azure.operation_status.get(**WEU, operation_id=operation),
            self.azure.operation_status_backup_vault_context.get(**VAULT, operation_id=operation),
            self.azure.operation_status_resource_group_context.get(**group, operation_id=operation),
        ]
        self.assertEqual(1, len({(t.name, t.status, t.start_time, t.properties.job_id) for t in told}))

    def test_an_operation_that_never_was_is_not_found(self):
        with self.assertRaises(ResourceNotFoundError):
            self.azure.operation_status.get(**WEU, operation_id="bm9uZTtub25l")

    def test_an_operation_is_not_found_in_another_region(self):
        operation = self.begin()
        with self.assertRaises(HttpResponseError) as refused:
            self.azure.operation_status.get(location="northeurope", operation_id=operation)
        self.assertEqual(404, refused.exception.status_code)
