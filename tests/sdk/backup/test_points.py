"""Recovery points: listed, filtered, in pages, one."""

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.dataprotection import models

from azure_test import ANALYTICS, DEMO
from backup_client import IS_FIRST, ORDERS, BackupTest


def between(start, end):
    """A filter as Microsoft's command line writes it."""
    halves = [("startDate", start), ("endDate", end)]
    return " and ".join(f"{name} eq '{at:%Y-%m-%dT%H:%M:%S}.0000000Z'" for name, at in halves if at)


def made(point):
    return point.properties.recovery_point_time


class Points(BackupTest):
    def test_a_year_of_weekly_points_comes_newest_first(self):
        points = list(self.client().recovery_points.list(**ORDERS))
        times = [made(point) for point in points]
        self.assertEqual(sorted(times, reverse=True), times)
        # A week may be left out, and the first or the last may just not be there.
        self.assertIn(len(points), range(50, 53))
        self.assertLess(times[0] - times[-1], timedelta(weeks=52))
        for point in points:
            self.assertIsInstance(point.properties, models.AzureBackupDiscreteRecoveryPoint)
            self.assertEqual(point.name, point.properties.recovery_point_id)
            self.assertEqual("Full", point.properties.recovery_point_type)
            store = point.properties.recovery_point_data_stores_details[0]
            self.assertEqual(("VaultStore", "COMMITTED", True), (store.type, store.state, store.visible))
            self.assertIsNone(store.expiry_time)

    def test_a_point_tells_its_state_but_not_to_the_first_api_version(self):
        points = self.client().recovery_points.list(**ORDERS)
        states = {getattr(point.properties, "recovery_point_state", None) for point in points}
        self.assertEqual({None} if IS_FIRST else {"Completed", "Partial"}, states)

    def test_one_point_is_the_row_of_the_list(self):
        points = self.client().recovery_points
        row = next(iter(points.list(**ORDERS)))
        self.assertEqual(row, points.get(**ORDERS, recovery_point_id=row.name))

    def test_a_point_that_is_not_kept_is_not_found(self):
        with self.assertRaises(ResourceNotFoundError) as refused:
            self.client().recovery_points.get(**ORDERS, recovery_point_id="0" * 32)
        self.assertEqual("UserErrorGenericResourceNotFound", refused.exception.error.code)

    def test_a_filter_takes_a_start_an_end_or_both(self):
        points = self.client().recovery_points
        every = list(points.list(**ORDERS))
        start, end = made(every[8]), made(every[3]) + timedelta(seconds=1)
        start = start.replace(microsecond=0)

        def filtered(start, end):
            return [point.name for point in points.list(**ORDERS, filter=between(start, end))]

        names = [point.name for point in every]
        self.assertEqual(names[3:9], filtered(start, end))
        self.assertEqual(names[:9], filtered(start, None))
        self.assertEqual(names[3:], filtered(None, end))
        self.assertEqual([], filtered(datetime(2051, 1, 1, tzinfo=timezone.utc), None))

    def test_a_filter_that_azure_cannot_read_is_refused(self):
        with self.assertRaises(HttpResponseError) as refused:
            list(self.client().recovery_points.list(**ORDERS, filter="recoveryPointTime gt '2026-01-01'"))
        self.assertEqual(400, refused.exception.status_code)
        self.assertEqual("BMSUserErrorInvalidInput", refused.exception.error.code)


class Pages(BackupTest):
    """The client takes the address of the next page apart and puts it together again: a token has to survive that."""

    def setUp(self):
        super().setUp()
        self.points = self.client(ANALYTICS)
        self.warehouse = self.instance(self.points, "rg-analytics-weu", "bvault-analytics-weu", "psql-warehouse")

    def pages(self, **filters):
        pages = [list(page) for page in self.points.recovery_points.list(**self.warehouse, **filters).by_page()]
        names = [point.name for page in pages for point in page]
        self.assertEqual(len(names), len(set(names)), "a point stands on two pages")
        return pages

    def test_a_long_list_comes_in_three_pages(self):
        self.assertEqual([100, 100, 40], [len(page) for page in self.pages()])
        asked = [parse_qs(request["query"]) for request in self.stand_in.asked("/recoveryPoints")]
        self.assertEqual([False, True, True], ["$skipToken" in query for query in asked])

    def test_a_filter_holds_on_every_page(self):
        every = [point for page in self.pages() for point in page]
        since = made(every[129]).replace(microsecond=0)
        pages = self.pages(filter=between(since, None))
        self.assertEqual([100, 30], [len(page) for page in pages])
        self.assertEqual([p.name for p in every[:130]], [p.name for page in pages for p in page])
        asked = [parse_qs(request["query"]) for request in self.stand_in.asked("/recoveryPoints")][-2:]
        self.assertEqual([[between(since, None)]] * 2, [query["$filter"] for query in asked])


class Throttled(BackupTest):
    def test_the_client_asks_again_when_it_is_told_to_and_comes_through_in_time(self):
        client = self.client(DEMO)
        throttled = self.instance(client, "rg-demo", "bvault-demo-answers", "psql-throttled")
        with self.assertRaises(HttpResponseError) as refused:
            list(client.recovery_points.list(**throttled))
        self.assertEqual(429, refused.exception.status_code)
        self.assertEqual("SubscriptionRequestsThrottled", refused.exception.error.code)
        self.assertEqual([25] * 3, self.transport.waits)
        # It is over after 90 s.
        self.stand_in.advance(15)
        self.assertEqual(52, len(list(client.recovery_points.list(**throttled))))
