"""A restore from its check to its files, and how it is followed."""

from datetime import timedelta

from azure.core.polling.base_polling import LocationPolling
from azure.mgmt.core.polling.arm_polling import ARMPolling
from azure.mgmt.dataprotection import models

from backup_client import API, DRILLS, IS_FIRST, ORDERS, VAULT, BackupTest, job_name, restore_request, wrapped


class Restore(BackupTest):
    def setUp(self):
        super().setUp()
        self.azure = self.client()
        self.request = restore_request(self.newest(self.azure, ORDERS), prefix="orders-sdk-1")

    def start(self):
        """Starts the restore and gives its job's name."""
        done = self.azure.backup_instances.begin_trigger_restore(**ORDERS, parameters=self.request).result()
        self.assertIsInstance(done, models.OperationJobExtendedInfo)
        return job_name(done.job_id)

    def job(self, name):
        return self.azure.jobs.get(**VAULT, job_id=name)

    def test_a_check_succeeds_after_the_waits_that_azure_and_the_client_agree_on(self):
        poller = self.azure.backup_instances.begin_validate_for_restore(**ORDERS, parameters=wrapped(self.request))
        self.assertIsNone(poller.result().job_id)
        self.assertEqual("Succeeded", poller.status())
        # The address of the 202 is asked at once; no answer says when to ask again, so the client takes its 30 s.
        self.assertEqual([30, 30], self.transport.waits)
        asked = self.stand_in.asked("/operation")
        kinds = ["operationStatus"] * 3 + ["operationResults"]
        self.assertEqual(kinds, [request["path"].split("/")[-2] for request in asked])
        self.assertEqual({"westeurope.management.azure.com"}, {request["host"] for request in asked})
        signed = {"&s=" in request["query"] and len(request["query"]) > 3_500 for request in asked}
        self.assertEqual({not IS_FIRST}, signed)

    def test_a_restore_leads_to_a_job_that_completes(self):
        name = self.start()
        running = self.job(name).properties
        self.assertEqual("InProgress", running.status)
        self.assertEqual(("Restore", "Restore"), (running.operation, running.operation_category))
        self.assertEqual([""], running.supported_actions)
        self.assertTrue(running.progress_enabled and running.is_user_triggered)
        self.assertEqual((None, "PT0S"), (running.end_time, running.duration))
        self.assertEqual({"Restore File Prefix": "orders-sdk-1"}, running.extended_info.additional_details)
        self.assertEqual(DRILLS, running.extended_info.recovery_destination)
        read = running.extended_info.source_recover_point
        self.assertEqual(self.request.recovery_point_id, read.recovery_point_id)

        self.stand_in.advance(15 * 60)
        done = self.job(name).properties
        self.assertEqual("Completed", done.status)
        self.assertIsNone(done.error_details)
        self.assertIn((done.end_time - done.start_time) // timedelta(minutes=1), range(11, 13))
        task = done.extended_info.sub_tasks[0]
        self.assertEqual((1, "Trigger Restore", "Completed"), (task.task_id, task.task_name, task.task_status))
        self.assertGreater(int(task.additional_details["DataTransferredInBytes"]), 18_000_000_000)

    def test_the_list_of_jobs_tells_less_and_in_another_form(self):
        name = self.start()
        self.stand_in.advance(15 * 60)
        jobs = list(self.azure.jobs.list(**VAULT))
        starts = [job.properties.start_time for job in jobs]
        self.assertEqual(sorted(starts), starts)
        self.assertEqual(name, jobs[-1].name)
        self.assertEqual({None}, {job.properties.extended_info for job in jobs})
        listed, alone = jobs[-1].properties.duration, self.job(name).properties.duration
        self.assertRegex(listed, r"^00:1[12]:\d\d\.\d{1,7}$")
        self.assertRegex(alone, r"^PT1[12]M[\d.]+S$")

    def test_who_asks_at_location_alone_learns_the_same(self):
        polling = ARMPolling(30, lro_algorithms=[LocationPolling()])
        begin = self.azure.backup_instances.begin_trigger_restore
        done = begin(**ORDERS, parameters=self.request, polling=polling).result()
        self.assertEqual("InProgress", self.job(job_name(done.job_id)).properties.status)
        # It is asked at once, and again after the `Retry-After` of its 202.
        self.assertEqual([30], self.transport.waits)
        self.assertEqual([], self.stand_in.asked("/operationStatus/"))

    def test_the_same_prefix_in_the_same_container_fails_the_second_job(self):
        first, second = self.start(), self.start()
        self.stand_in.advance(15 * 60)
        self.assertEqual("Completed", self.job(first).properties.status)
        failed = self.job(second).properties
        self.assertEqual("Failed", failed.status)
        self.assertIsInstance(failed.error_details[0].details[0], models.UserFacingError)
        self.assertEqual("UserErrorTargetFilesAlreadyExist", failed.error_details[0].details[0].code)

    def test_every_request_has_a_token_and_the_api_version(self):
        self.start()
        for request in self.stand_in.log():
            self.assertIn("authorization", [name.lower() for name in request["headers"]])
            self.assertIn(f"api-version={API}", request["query"])

