"""Cancelling."""

import pytest

from radassist.domain.cancellation import Cancelled, CancelToken


def test_a_token_lets_work_go_on_until_it_is_cancelled() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    assert not token.is_cancelled and not token.wait(0)
    token.cancel()
    token.cancel()
    assert token.is_cancelled and token.wait(10)
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()
