"""The convolution bench: any small kernel slid over a grey film, as a network does it or as mathematics writes it.

A network's layer slides the kernel as it is and adds up products; that is a cross-correlation. A convolution in the
mathematical sense slides the kernel turned by half a circle. Learned kernels do not care; classical ones change sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from radassist.domain.errors import UserError

Kernel = NDArray[np.float32]
"""(height, width)."""

LARGEST_SIDE = 15


class Sliding(StrEnum):
    """Which way round the kernel lies."""

    DOT_PRODUCT = "sliding dot product"
    CONVOLUTION = "flipped convolution"


class ClassicalKernel(StrEnum):
    """Kernels every textbook has; the word is the name for people."""

    IDENTITY = "Identity"
    BOX_BLUR = "Box blur"
    GAUSSIAN_BLUR = "Gaussian blur"
    SHARPEN = "Sharpen"
    SOBEL_VERTICAL = "Sobel, vertical edges"
    SOBEL_HORIZONTAL = "Sobel, horizontal edges"
    PREWITT_VERTICAL = "Prewitt, vertical edges"
    PREWITT_HORIZONTAL = "Prewitt, horizontal edges"
    LAPLACIAN = "Laplacian"
    LAPLACIAN_DIAGONAL = "Laplacian with diagonals"
    EMBOSS = "Emboss"


def _kernel(*rows: tuple[float, ...], divisor: float = 1) -> Kernel:
    values = (np.array(rows, np.float64) / divisor).astype(np.float32)
    values.flags.writeable = False
    return values


_SOBEL = _kernel((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
_PREWITT = _kernel((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))

CLASSICAL_KERNELS: Mapping[ClassicalKernel, Kernel] = MappingProxyType(
    {
        ClassicalKernel.IDENTITY: _kernel((0, 0, 0), (0, 1, 0), (0, 0, 0)),
        ClassicalKernel.BOX_BLUR: _kernel((1, 1, 1), (1, 1, 1), (1, 1, 1), divisor=9),
        ClassicalKernel.GAUSSIAN_BLUR: _kernel(
            (1, 4, 6, 4, 1), (4, 16, 24, 16, 4), (6, 24, 36, 24, 6), (4, 16, 24, 16, 4), (1, 4, 6, 4, 1), divisor=256
        ),
        ClassicalKernel.SHARPEN: _kernel((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
        ClassicalKernel.SOBEL_VERTICAL: _SOBEL,
        ClassicalKernel.SOBEL_HORIZONTAL: _SOBEL.T,
        ClassicalKernel.PREWITT_VERTICAL: _PREWITT,
        ClassicalKernel.PREWITT_HORIZONTAL: _PREWITT.T,
        ClassicalKernel.LAPLACIAN: _kernel((0, 1, 0), (1, -4, 1), (0, 1, 0)),
        ClassicalKernel.LAPLACIAN_DIAGONAL: _kernel((1, 1, 1), (1, -8, 1), (1, 1, 1)),
        ClassicalKernel.EMBOSS: _kernel((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
    }
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kernel goes over a film.

    Attributes:
        kernel_size: Its (height, width).
        stride: Pixels from one place to the next.
        padding: Rows and columns of 0 around the film.
    """

    kernel_size: tuple[int, int]
    stride: int = 1
    padding: int = 0

    def output_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """(height, width) of what comes of a film of `size`: floor((n + 2 padding - kernel) / stride) + 1 along each.

        Raises:
            UserError: If the kernel does not fit in.
        """
        height, width = (
            (side + 2 * self.padding - kernel) // self.stride + 1
            for side, kernel in zip(size, self.kernel_size, strict=True)
        )
        if height < 1 or width < 1:
            raise UserError("The kernel is larger than the film with its padding.")
        return height, width

    def output_size_in_words(self, size: tuple[int, int]) -> str:
        """The formula with its numbers, a line for the height and one for the width."""
        lines = (
            f"{name}: ({side} + 2 x {self.padding} - {kernel}) / {self.stride} + 1, rounded down, is {result}"
            for name, side, kernel, result in zip(
                ("height", "width"), size, self.kernel_size, self.output_size(size), strict=True
            )
        )
        return "\n".join(lines)

    def corner(self) -> tuple[float, float]:
        """Where the first value's cell begins, (row, column) in film pixels; a cell has `stride` pixels each way.

        Every cell is centred where the middle of the kernel lay.
        """
        row, column = ((kernel - self.stride) / 2 - self.padding for kernel in self.kernel_size)
        return row, column


def slide(
    grey: NDArray[np.uint8] | NDArray[np.float32],
    kernel: NDArray[np.floating],
    layout: Layout,
    sliding: Sliding = Sliding.DOT_PRODUCT,
) -> NDArray[np.float32]:
    """Slide `kernel` over `grey`: the sum of products at each place, raw.

    Args:
        grey: (H, W).
        kernel: (height, width), of the layout's size.
        layout: Stride and padding.
        sliding: `DOT_PRODUCT` as networks do, `CONVOLUTION` with the kernel turned by half a circle.

    Returns:
        (height, width) of `layout.output_size`, float32.

    Raises:
        UserError: If the kernel does not fit in.
    """
    height, width = layout.output_size((grey.shape[0], grey.shape[1]))
    padded = np.pad(grey, layout.padding).astype(np.float32)
    laid = kernel if sliding is Sliding.DOT_PRODUCT else kernel[::-1, ::-1]
    total = np.zeros((height, width), np.float32)
    for (row, column), weight in np.ndenumerate(laid):
        if weight:
            last = (row + (height - 1) * layout.stride + 1, column + (width - 1) * layout.stride + 1)
            total += np.float32(weight) * padded[row : last[0] : layout.stride, column : last[1] : layout.stride]
    return total


def parse_kernel(text: str) -> Kernel:
    """A kernel as typed: rows by lines or semicolons, numbers by blanks or commas; `1/9` is a number too.

    Raises:
        UserError: If it is no rectangle of finite numbers, of at most 15 by 15.
    """
    rows = [row.replace(",", " ").split() for row in text.replace(";", "\n").splitlines() if row.strip()]
    if not rows or len({len(row) for row in rows}) != 1:
        raise UserError("A kernel needs the same count of numbers in every row.")
    if max(len(rows), len(rows[0])) > LARGEST_SIDE:
        raise UserError(f"A kernel has at most {LARGEST_SIDE} rows and columns.")
    return np.array([[_number(word) for word in row] for row in rows], np.float32)


def _number(word: str) -> float:
    above, _, below = word.partition("/")
    try:
        value = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        value = np.nan
    if not abs(value) < 1e6:  # also true of what is no number
        raise UserError(f"{word!r} is no number a kernel can have.")
    return value
