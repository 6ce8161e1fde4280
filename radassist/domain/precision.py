"""The number formats a network may compute in. Apart from the other values, so that naming them costs no numpy."""

from enum import StrEnum


class Precision(StrEnum):
    """Number format in which a network computes on the CPU."""

    FLOAT32 = "float32"
    BFLOAT16 = "bf16"
