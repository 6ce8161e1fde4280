import numpy as np
import pytest

from radassist.domain.network_facts import LayerRow, NetworkFacts, Totals
from radassist.gui.inside.kernel_picture import KernelPicture, kernel_of
from radassist.gui.theme import load_theme

SOBEL = np.array([[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]], np.float32)


def facts(*layers: tuple[str, str], kernels: int = 2) -> NetworkFacts:
    rows = tuple(
        LayerRow(f"layer{number}", kind, (1, 2, 8, 8), 1, 1, 3, block) for number, (kind, block) in enumerate(layers)
    )
    return NetworkFacts("m", "ab", rows, Totals(1, 1), {}, np.stack([SOBEL, 2 * SOBEL])[:kernels])


def test_the_largest_weight_is_white_its_negative_black_and_zero_in_the_middle(qtbot) -> None:
    picture = KernelPicture(load_theme("dark"))
    qtbot.addWidget(picture)
    picture.show_kernel(SOBEL)
    picture.resize(90, 90)
    image = picture.grab().toImage()
    greys = [image.pixelColor(x, 45).red() for x in (15, 45, 75)]
    assert greys[0] == 0 and greys[1] in (127, 128) and greys[2] == 255
    assert "2.000" in picture.toolTip()


def test_a_kernel_of_several_inputs_has_them_side_by_side(qtbot) -> None:
    picture = KernelPicture(load_theme("dark"))
    qtbot.addWidget(picture)
    picture.show_kernel(np.concatenate([SOBEL, SOBEL, SOBEL]))
    assert picture.cells is not None and picture.cells.shape == (3, 9)
    picture.show_kernel(None)
    assert picture.isHidden()


def test_a_channel_of_a_first_layer_has_its_kernel() -> None:
    network = facts(("Conv2d", "block1"), ("ReLU", "block1"), ("Conv2d", "block2"))
    np.testing.assert_array_equal(kernel_of(network, "block1", 1), 2 * SOBEL)


@pytest.mark.parametrize(
    ("network", "block", "channel"),
    [
        (facts(("Conv2d", "block1"), ("Conv2d", "block2")), "block2", 0),
        (facts(("Conv2d", "block1"), ("Conv2d", "block1")), "block1", 0),
        (facts(("Conv2d", "block1")), "block1", 5),
        (facts(("Linear", "block1")), "block1", 0),
    ],
)
def test_no_kernel_is_shown_where_none_makes_the_channel_alone(network: NetworkFacts, block: str, channel: int) -> None:
    assert kernel_of(network, block, channel) is None
