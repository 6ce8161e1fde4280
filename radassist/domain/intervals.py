"""How far a share that was counted may lie from the true one."""

from math import sqrt

Z95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def wilson_interval(part: int, whole: int) -> tuple[float, float] | None:
    """95 % interval of a share, by Wilson's score (Journal of the American Statistical Association 22, 1927).

    Args:
        part: How many of `whole`.
        whole: None comes back for 0.
    """
    if whole == 0:
        return None
    share, z_squared = part / whole, Z95**2
    middle = (share + z_squared / (2 * whole)) / (1 + z_squared / whole)
    half = Z95 / (1 + z_squared / whole) * sqrt(share * (1 - share) / whole + z_squared / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)
