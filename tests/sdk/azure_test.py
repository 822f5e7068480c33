"""What every test here stands on: a world of its own, and Microsoft's clients led into it."""

import unittest

from stand_in import StandIn
from transport import Credential, Loopback

PRODUCTION = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05"
PLATFORM = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640"
ANALYTICS = "2ae9750c-71b3-4f08-a6d4-c3905be81f27"
DEMO = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8"
LEGACY = "d1947b26-8f0e-4ac3-9275-60be3c8da1f7"


class AzureTest(unittest.TestCase):
    """A test with a world of its own."""

    maxDiff = None

    def setUp(self):
        self.stand_in = self.enterContext(StandIn())
        self.credential = Credential()
        self.transport = Loopback(self.stand_in)

    def connect(self, client_of, *where, **more):
        """One of Microsoft's clients."""
        return self.enterContext(client_of(self.credential, *where, transport=self.transport, **more))
