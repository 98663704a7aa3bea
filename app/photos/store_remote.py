"""Objects in a bucket: put, got, listed, deleted; every fault of the way there is one exception with a sentence."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from app.config_s3 import S3Access

T = TypeVar("T")
# Whoever asks for a page waits this long and no longer; what is carried from the spool has time.
QUICK = {"connect_timeout": "1s", "read_timeout": "3s", "timeout": "15s"}
PATIENT = {"connect_timeout": "3s", "read_timeout": "20s", "timeout": "120s"}
# After a fault the pages do not ask again for a while, and never with all threads of a server at once.
QUIET_S = 15.0
AT_ONCE = 3
WAIT_FOR_TURN_S = 0.2
_SAID = (
    ("NoSuchBucket", "there is no such bucket"),
    ("InvalidAccessKeyId", "the server does not know the key: look at DABIAO_S3_KEY"),
    ("SignatureDoesNotMatch", "the secret does not fit the key: look at DABIAO_S3_SECRET"),
    ("RequestTimeTooSkewed", "the clocks of this machine and of the server differ too much: set both by NTP"),
    ("AccessDenied", "the key may not do this: it needs to read, write, list and delete"),
    ("403 Forbidden", "the key may not do this: it needs to read, write, list and delete"),
    ("InvalidCertificate(", "the certificate of the server is not trusted: name its authority with ca=…"),
    ("kind: Timeout", "no answer in time"),
    ("error sending request", "nobody answers at the endpoint"),
)


class Away(Exception):
    """The bucket did not do it; the message says why, for operators."""


class Remote:
    """One bucket. Clients are made at first use, anew in each process, for their threads do not outlive a fork."""

    def __init__(self, access: S3Access) -> None:
        self.access = access
        self._clients: dict[tuple[int, bool], Any] = {}
        # A command has time: its pages are nobody's.
        self.hurried = True
        self._quiet_until = 0.0
        self._turn = threading.BoundedSemaphore(AT_ONCE)

    def put_new(self, key: str, body: bytes) -> bool:
        """False when the key is taken: what lies there stays."""
        try:
            self._asked(lambda lib, there: lib.put(there, self._key(key), body, mode="create", use_multipart=False))
        except FileExistsError:
            return False
        return True

    def put(self, key: str, body: bytes) -> None:
        self._asked(lambda lib, there: lib.put(there, self._key(key), body, use_multipart=False))

    def get(self, key: str, *, quick: bool = True) -> bytes | None:
        """None when there is no such object."""
        try:
            return self._asked(lambda lib, there: bytes(lib.get(there, self._key(key)).bytes()), quick=quick)
        except FileNotFoundError:
            return None

    def start_of(self, key: str, length: int) -> bytes | None:
        """The first bytes of an object."""
        try:
            return self._asked(lambda lib, there: bytes(lib.get_range(there, self._key(key), start=0, length=length)))
        except FileNotFoundError:
            return None

    def changed_at(self, key: str) -> datetime | None:
        """When the object was last written; None when there is none."""
        try:
            found: datetime = self._asked(lambda lib, there: lib.head(there, self._key(key)))["last_modified"]
        except FileNotFoundError:
            return None
        return found

    def delete(self, key: str) -> None:
        """What is not there is deleted already."""
        try:
            self._asked(lambda lib, there: lib.delete(there, self._key(key)))
        except FileNotFoundError:
            return

    def objects(self, folder: str) -> Iterator[tuple[str, datetime]]:
        """Name and time of every object directly in a folder; some servers list the folder itself, which is none."""
        own = self._key(folder)
        found = self._asked(lambda lib, there: lib.list_with_delimiter(there, own))["objects"]
        return ((each["path"].rpartition("/")[2], each["last_modified"]) for each in found if each["path"] != own)

    def folders(self) -> Sequence[str]:
        """The names of the folders at the top."""
        found = self._asked(lambda lib, there: lib.list_with_delimiter(there, self._key("") or None))
        return [each.rstrip("/").rpartition("/")[2] for each in found["common_prefixes"]]

    def _key(self, key: str) -> str:
        return "/".join(filter(None, (self.access.bucket.folder, key)))

    def _asked(self, work: Callable[[Any, Any], T], *, quick: bool = False) -> T:
        """Raises Away, FileNotFoundError and FileExistsError."""
        quick = quick and self.hurried
        lib = import_module("obstore")
        faults = import_module("obstore.exceptions")
        with self._in_turn() if quick else self._at_leisure():
            try:
                return work(lib, self._client(quick=quick))
            except FileNotFoundError as none:
                if "NoSuchBucket" not in str(none):
                    raise
                fault: Exception = none
            except faults.AlreadyExistsError as taken:
                raise FileExistsError(first_line(taken)) from None
            except (faults.BaseError, OSError) as other:
                fault = other
            if quick:
                self._quiet_until = time.monotonic() + QUIET_S
            raise Away(self._sentence(fault)) from None

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if time.monotonic() < self._quiet_until:
            raise Away("it did not answer a moment ago")
        if not self._turn.acquire(timeout=WAIT_FOR_TURN_S):
            raise Away("it is slow, and others wait already")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _at_leisure(self) -> Iterator[None]:
        yield

    def _client(self, *, quick: bool) -> Any:
        mine = (os.getpid(), quick)
        if mine not in self._clients:
            self._clients[mine] = self._made(QUICK if quick else PATIENT)
        return self._clients[mine]

    def _made(self, times: dict[str, str]) -> Any:
        bucket = self.access.bucket
        options: dict[str, Any] = {**times, "allow_http": bucket.endpoint.startswith("http://")}
        if bucket.ca:
            options["root_certificate"] = Path(bucket.ca).read_bytes()
        where = {"endpoint": bucket.endpoint} if bucket.endpoint else {}
        return import_module("obstore.store").S3Store(
            bucket.name,
            **where,
            region=bucket.region,
            access_key_id=self.access.key,
            secret_access_key=self.access.secret,
            virtual_hosted_style_request=not bucket.endpoint,
            client_options=options,
            # The spool tries again by itself; a page does not wait for a second try.
            retry_config={"max_retries": 0},
        )

    def _sentence(self, fault: Exception) -> str:
        where, text = self.access.bucket.endpoint or "Amazon", str(fault)
        said = next((words for sign, words in _SAID if sign in text), first_line(fault))
        return f"bucket {self.access.bucket.name} at {where}: {said}"


def first_line(fault: Exception) -> str:
    """What the library says, in short."""
    return str(fault).splitlines()[0][:200]
