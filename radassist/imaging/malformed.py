"""What libraries raise on malformed files. Catching these around a library call is how hostile content is met."""

import struct
import zlib

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
    struct.error,
    zlib.error,
)
"""Recursion without end and what is not implemented are RuntimeErrors; Pillow says SyntaxError of a broken PNG."""

SEND_AGAIN = "Ask for it to be sent again."
"""What to do about a file that arrived damaged."""
