"""The two families of errors."""

import pytest

from radassist.domain import errors


@pytest.mark.parametrize("name", ["DecodeError", "UnsupportedImage", "RefusedImage", "ModelUnavailable", "StoreError"])
def test_what_a_user_can_act_on_is_a_user_error_and_says_its_sentence(name: str) -> None:
    error = getattr(errors, name)("a.dcm is cut short.")
    assert isinstance(error, errors.UserError)
    assert str(error) == "a.dcm is cut short."


def test_a_refusal_has_a_short_reason_for_tables() -> None:
    assert errors.RefusedImage("A hand.", code="NOT_CHEST").code == "NOT_CHEST"
