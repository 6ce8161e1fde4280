"""Steps between versions never change once they have been shipped: files of users have taken them."""

import hashlib

from radassist.store.schema import MIGRATIONS

SHIPPED = ("f62a8cfc1595945f",)


def test_shipped_steps_are_what_they_were():
    digests = tuple(hashlib.sha256(step.encode()).hexdigest()[:16] for step in MIGRATIONS)

    assert digests[: len(SHIPPED)] == SHIPPED
