"""How Microsoft's clients reach the stand-in. All that is theirs stays theirs, the authentication policy, which insists
on https, among it; only the last step is another one."""

import base64
import json
import math
import time
from urllib.parse import urlsplit

from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import RequestsTransport


class Loopback(RequestsTransport):
    """Sends what is meant for any host of Azure to the stand-in, and lets its clock run where a client would wait."""

    def __init__(self, stand_in):
        super().__init__(use_env_settings=False)  # No proxy.
        self._stand_in = stand_in
        self.waits = []

    def send(self, request, **kwargs):
        meant = request.url
        host = urlsplit(meant).netloc
        root = f"https://{host}"
        if not meant.startswith(root + "/"):
            raise AssertionError(f"not an address of Azure's: {meant}")
        request.headers["x-stand-in-host"] = host
        request.url = f"http://{self._stand_in.address}{meant[len(root):]}"
        try:
            return super().send(request, **kwargs)
        finally:
            # A poller reads where it has asked.
            request.url = meant
            del request.headers["x-stand-in-host"]

    def sleep(self, duration):
        self.waits.append(duration)
        self._stand_in.advance(math.ceil(duration))


class Credential:
    """Gives a token to whoever asks, with more proof in it where claims are asked for."""

    def __init__(self):
        self.claims = []

    def get_token(self, *scopes, claims=None, **_):
        if scopes != ("https://management.azure.com/.default",):
            raise AssertionError(f"a token for {scopes}")
        said = {"oid": "d7a30c96-2f81-4e5d-b094-6a3e8c17f250"}
        if claims:
            self.claims.append(json.loads(claims))
            said["acrs"] = ["p1"]
        parts = [{"typ": "JWT", "alg": "RS256"}, said]
        encoded = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
        return AccessToken(".".join([*encoded, "unsigned"]), int(time.time()) + 3600)
