"""Waiting for another machine, and giving it up."""

from threading import Event

import pytest

from radassist.dicomnet.patience import wait_for
from radassist.domain.cancellation import Cancelled, CancelToken


def test_an_answer_and_an_error_reach_whoever_waits() -> None:
    assert wait_for(lambda: 7, CancelToken()) == 7
    with pytest.raises(OSError, match="gone"):
        wait_for(_gone, CancelToken())


def test_whoever_gives_up_waits_no_longer_and_cuts_the_call() -> None:
    cancel, is_cut = CancelToken(), Event()
    cancel.cancel()
    with pytest.raises(Cancelled):
        wait_for(lambda: is_cut.wait(5), cancel, is_cut.set)
    assert is_cut.is_set()


def _gone() -> None:
    raise OSError("gone")
