"""What was chosen comes back; what is damaged is off."""

import pytest

from radassist.domain.node_choice import NodeChoice


def test_it_is_off_and_for_this_machine_alone_unless_the_user_says_otherwise() -> None:
    assert not NodeChoice().is_on
    assert NodeChoice().is_local


def test_it_comes_back_as_it_was() -> None:
    choice = NodeChoice(True, "HERE", "0.0.0.0", 104, ("A", "B C"), "ARCHIVE@10.0.0.1:104")
    assert NodeChoice.from_text(choice.to_text()) == choice


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"is_on": true}', '{"is_on": 1, "port": []}', "[" * 9000])
def test_what_is_damaged_is_off(text: str) -> None:
    assert NodeChoice.from_text(text) == NodeChoice()


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("10.0.0.1", False), ("here", False)],
)
def test_whether_others_can_reach_it_is_known(host: str, is_local: bool) -> None:
    assert NodeChoice(host=host).is_local is is_local
