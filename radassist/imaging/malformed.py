"""What libraries raise on malformed files. Catching these around a library call is how hostile content is met."""

import struct
import zlib

from pydicom.errors import BytesLengthException

MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
    BytesLengthException,
    struct.error,
    zlib.error,
)
"""Recursion without end and what is not implemented are RuntimeErrors; Pillow says SyntaxError of a broken PNG."""
