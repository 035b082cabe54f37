"""Redis, for what several copies of the web process share for a while. It may stop: nothing depends on it to answer."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from redis.asyncio import Redis
from redis.exceptions import RedisError

_TIMEOUT = 0.5  # seconds
_PAUSE = 10.0  # seconds before Redis is tried again
log = logging.getLogger(__name__)


class Unavailable(Exception):
    """Redis does not answer; what it was asked may be done all the same."""


class Resting(Unavailable):
    """Redis failed a moment ago, and was asked nothing."""


class RedisStore:
    """A connection to Redis that steps aside when it fails.

    Args:
        url: `redis://…`, `rediss://…` or `unix://…`.
        secret: neither names nor values can be read in Redis without it.
    """

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret.encode()
        self._client: Redis | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed_until = 0.0
        self._failing = False

    async def run(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        """Return what `work` does with the client.

        Raises:
            Unavailable: Redis fails, or failed a moment ago.
        """
        if time.monotonic() < self._closed_until:
            raise Resting
        try:
            found = await asyncio.wait_for(work(self._get_client()), 2 * _TIMEOUT)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._closed_until = time.monotonic() + _PAUSE
            if not self._failing:
                log.warning("Redis does not answer (%s): this copy goes on by itself", type(error).__name__)
            self._failing = True
            raise Unavailable from None
        if self._failing:
            log.warning("Redis answers again")
        self._failing = False
        return found

    def hidden(self, kind: str, name: str) -> str:
        """Return the key of something, in which the name, maybe a network address, cannot be read."""
        digest = hmac.new(self._secret, f"{kind}:{name}".encode(), hashlib.sha256).hexdigest()
        return f"ars-assistant:{kind}:{digest}"

    def encrypted(self, name: str, text: str) -> bytes:
        """Return what `decrypted` reads, under the same name only."""
        return self._cipher(name).encrypt(text.encode())

    def decrypted(self, name: str, value: bytes) -> str | None:
        """Return an encrypted text, None when it was not encrypted by us under this name."""
        try:
            return self._cipher(name).decrypt(value).decode()
        except InvalidToken:
            return None

    def _cipher(self, name: str) -> Fernet:
        # A key for each name: whoever can write in Redis cannot have one conversation's answer given in another.
        key = hmac.new(self._secret, f"value:{name}".encode(), hashlib.sha256).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def _get_client(self) -> Redis:
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            options = {"socket_timeout": _TIMEOUT, "socket_connect_timeout": _TIMEOUT}
            self._client, self._loop = Redis.from_url(self._url, **options), loop
        return self._client
