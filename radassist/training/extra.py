"""The packages that only training and evaluation need."""

from importlib.util import find_spec

from radassist.domain.errors import UserError


def require_extra() -> None:
    """Refuse the work before it begins where the packages of the extra `train` are absent.

    Raises:
        UserError: If one of them is.
    """
    if find_spec("sklearn") is None or find_spec("matplotlib") is None:
        raise UserError("Training and evaluation need more packages: install radassist[train].")
