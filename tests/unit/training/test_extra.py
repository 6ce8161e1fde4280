import pytest

from radassist.domain.errors import UserError
from radassist.training import extra


@pytest.mark.parametrize("absent", ["sklearn", "matplotlib"])
def test_without_a_package_the_work_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == absent else name)
    with pytest.raises(UserError, match=r"install radassist\[train\]"):
        extra.require_extra()


def test_with_its_packages_nothing_stands_in_the_way() -> None:
    extra.require_extra()
