import numpy as np
import pytest
import torch
from torch.nn import functional

from radassist.domain.errors import UserError
from radassist.explain.convolution import (
    CLASSICAL_KERNELS,
    ClassicalKernel,
    Layout,
    Sliding,
    parse_kernel,
    slide,
)

RAMP = np.arange(1, 26, dtype=np.uint8).reshape(5, 5)
SOBEL = CLASSICAL_KERNELS[ClassicalKernel.SOBEL_VERTICAL]


def test_on_a_ramp_the_vertical_sobel_kernel_gives_8_as_networks_slide_it_and_minus_8_flipped() -> None:
    layout = Layout((3, 3))
    assert slide(RAMP, SOBEL, layout).tolist() == [[8.0] * 3] * 3
    assert slide(RAMP, SOBEL, layout, Sliding.CONVOLUTION).tolist() == [[-8.0] * 3] * 3


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 4])
@pytest.mark.parametrize("size", [(3, 3), (1, 5), (4, 2)])
def test_sliding_is_torchs_convolution(size: tuple[int, int], padding: int, stride: int) -> None:
    random = np.random.default_rng(5)
    grey = random.integers(0, 256, (17, 12), dtype=np.uint8)
    kernel = random.normal(size=size).astype(np.float32)
    layout = Layout(size, stride, padding)
    theirs = functional.conv2d(
        torch.from_numpy(grey.astype(np.float64))[None, None],
        torch.from_numpy(kernel.astype(np.float64))[None, None],
        stride=stride,
        padding=padding,
    )
    ours = slide(grey, kernel, layout)
    assert ours.shape == layout.output_size((17, 12))
    np.testing.assert_allclose(ours, theirs[0, 0].numpy(), rtol=1e-4, atol=1e-3)


def test_flipping_is_the_convolution_of_mathematics() -> None:
    signal, kernel = np.array([[1.0, 2.0, 5.0, 3.0]], np.float32), np.array([[1.0, 10.0, 100.0]], np.float32)
    flipped = slide(signal, kernel, Layout((1, 3)), Sliding.CONVOLUTION)
    assert flipped[0].tolist() == np.convolve(signal[0], kernel[0], "valid").tolist()


def test_the_size_of_what_comes_out_is_explained_with_its_numbers() -> None:
    layout = Layout((3, 3), stride=2, padding=1)
    assert layout.output_size((224, 225)) == (112, 113)
    assert layout.output_size_in_words((224, 225)).splitlines() == [
        "height: (224 + 2 x 1 - 3) / 2 + 1, rounded down, is 112",
        "width: (225 + 2 x 1 - 3) / 2 + 1, rounded down, is 113",
    ]


def test_a_kernel_larger_than_the_film_is_said() -> None:
    with pytest.raises(UserError, match="larger than the film"):
        slide(RAMP, np.ones((7, 3), np.float32), Layout((7, 3)))


@pytest.mark.parametrize(
    ("layout", "corner"),
    [
        (Layout((3, 3)), (1.0, 1.0)),  # without padding the outermost pixels get no value
        (Layout((3, 3), padding=1), (0.0, 0.0)),
        (Layout((2, 2), stride=2), (0.0, 0.0)),
        (Layout((5, 3), stride=2, padding=1), (0.5, -0.5)),
    ],
)
def test_cells_are_centred_where_the_middle_of_the_kernel_lay(layout: Layout, corner: tuple[float, float]) -> None:
    assert layout.corner() == corner


def test_blurs_keep_an_even_grey_and_edge_kernels_do_not_see_it() -> None:
    even = np.full((9, 9), 100, np.uint8)
    for name, kernel in CLASSICAL_KERNELS.items():
        value = float(slide(even, kernel, Layout((kernel.shape[0], kernel.shape[1])))[0, 0])
        is_edge = any(word in name for word in ("Sobel", "Prewitt", "Laplacian"))
        if name is not ClassicalKernel.EMBOSS:
            assert value == pytest.approx(0 if is_edge else 100, abs=1e-4)


def test_every_classical_kernel_has_numbers_that_stay_as_they_are() -> None:
    assert set(CLASSICAL_KERNELS) == set(ClassicalKernel)
    with pytest.raises(ValueError, match="read-only"):
        CLASSICAL_KERNELS[ClassicalKernel.SHARPEN][0, 0] = 9


def test_vertical_edges_excite_the_kernel_that_is_named_after_them() -> None:
    edge = np.zeros((7, 7), np.uint8)
    edge[:, 3:] = 200
    for name in (ClassicalKernel.SOBEL_VERTICAL, ClassicalKernel.PREWITT_VERTICAL):
        assert slide(edge, CLASSICAL_KERNELS[name], Layout((3, 3))).any()
    for name in (ClassicalKernel.SOBEL_HORIZONTAL, ClassicalKernel.PREWITT_HORIZONTAL):
        assert not slide(edge, CLASSICAL_KERNELS[name], Layout((3, 3))).any()


@pytest.mark.parametrize("text", ["1 0 -1\n2 0 -2\n1 0 -1", "1, 0, -1; 2,0,-2 ; 1 0 -1", " 1 0 -1 ;2 0 -2;1 0 -1;\n"])
def test_kernels_are_typed_with_blanks_commas_lines_or_semicolons(text: str) -> None:
    assert parse_kernel(text).tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]


def test_fractions_are_numbers() -> None:
    np.testing.assert_allclose(parse_kernel("1/9 -1/4"), [[1 / 9, -0.25]], rtol=1e-6)


@pytest.mark.parametrize("text", ["", "1 2; 3", "a b", "1 1/0", "nan", "1e9", "1/x", " ".join("1" * 16)])
def test_what_is_no_kernel_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(UserError):
        parse_kernel(text)
