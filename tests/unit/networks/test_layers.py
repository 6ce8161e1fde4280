import pytest
import torch

from radassist.domain.errors import UserError
from radassist.networks.layers import block_title, check_input, conv_block, grey_stem


@pytest.mark.parametrize("pool", ["max", "stride"])
def test_a_block_halves_height_and_width(pool: str) -> None:
    block = conv_block(1, 8, pool=pool)  # type: ignore[arg-type]
    assert block(torch.zeros(2, 1, 20, 30)).shape == (2, 8, 10, 15)


def test_a_block_without_normalisation_has_only_the_convolutions_parameters() -> None:
    assert sum(p.numel() for p in conv_block(3, 16, batch_norm=False).parameters()) == 3 * 16 * 9 + 16


def test_a_grey_stem_does_to_grey_what_the_colour_stem_does_to_three_equal_channels() -> None:
    weight, film = torch.randn(5, 3, 3, 3), torch.randn(1, 1, 12, 12)
    colour = torch.nn.functional.conv2d(film.expand(-1, 3, -1, -1), weight)
    torch.testing.assert_close(torch.nn.functional.conv2d(film, grey_stem(weight)), colour, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("given", "smallest", "wanted"),
    [
        ((1, 1, 200, 224), None, r"takes 224x224 pixels in 1 channel\(s\), not 200x224 in 1 channel"),
        ((1, 3, 224, 224), 32, "takes at least 32x32 pixels in 1 channel.*in 3 channel"),
        ((1, 1, 31, 224), 32, "not 31x224"),
        ((224, 224), None, r"not an array of shape \(224, 224\)"),
    ],
)
def test_a_wrong_input_is_told_what_is_wanted(given: tuple[int, ...], smallest: int | None, wanted: str) -> None:
    with pytest.raises(UserError, match=wanted):
        check_input(torch.zeros(given), (1, 224, 224), smallest)


def test_other_sizes_pass_where_any_size_will_do() -> None:
    check_input(torch.zeros(4, 1, 100, 333), (1, 224, 224), smallest=32)


def test_titles_go_from_edges_to_regions() -> None:
    titles = [block_title(number, 8, 7) for number in range(1, 8)]
    assert titles[0] == "Block 1: edges, 8 channels"
    assert titles[-1] == "Block 7: regions, 8 channels"
    assert block_title(2, 64, 2) == "Block 2: textures, 64 channels"
