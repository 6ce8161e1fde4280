"""A worklist item reaches its end by allowed steps only, and never keeps what an earlier state said of it."""

import pytest
from helpers.fakes import make_analysis, make_film, make_items
from hypothesis import given
from hypothesis import strategies as st

from radassist.domain.worklist import FINAL_STATES, IllegalTransition, ItemState

STEPS = {
    "start": lambda item: item.started(),
    "put back": lambda item: item.put_back(),
    "score": lambda item: item.scored(make_analysis(make_film())),
    "refuse": lambda item: item.refused("A lateral film."),
    "fail": lambda item: item.failed("Cut short."),
}
LEADS_TO = {
    "start": ItemState.RUNNING,
    "put back": ItemState.WAITING,
    "score": ItemState.SCORED,
    "refuse": ItemState.REFUSED,
    "fail": ItemState.FAILED,
}


def is_allowed(state: ItemState, step: str) -> bool:
    if step == "put back":
        return state is not ItemState.WAITING
    return (state is ItemState.RUNNING) != (step == "start")


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_steps_lead_where_they_say_or_nowhere(steps):
    item = make_items("a.dcm")[0]

    for step in steps:
        if not is_allowed(item.state, step):
            with pytest.raises(IllegalTransition):
                STEPS[step](item)
            continue
        item = STEPS[step](item)
        assert item.state is LEADS_TO[step]
        assert (item.analysis is not None) == (item.state is ItemState.SCORED)
        assert bool(item.reason) == (item.state in FINAL_STATES - {ItemState.SCORED})
