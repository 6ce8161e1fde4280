"""Steps between versions never change once they have been shipped: files of users have taken them."""

import hashlib

from radassist.store.schema import MIGRATIONS

SHIPPED = ("ea34cbe0b5ae7e11", "d6d7df4f2b632b03", "3b563f6af4856cf3")


def test_shipped_steps_are_what_they_were():
    digests = tuple(hashlib.sha256(step.encode()).hexdigest()[:16] for step in MIGRATIONS)

    assert digests[: len(SHIPPED)] == SHIPPED
