"""A network that only measures brightness finds the one bright cell where it lies on the film, by any method."""

import numpy as np
import pytest
import torch
from helpers.models import make_card
from helpers.pictures import film_of
from torch import Tensor, nn

from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import SaliencyMethod, SaliencyWish
from radassist.explain.attribution import saliency
from radassist.explain.open_model import FedFilm, OpenModel
from radassist.networks.card import BlockEntry, InputSpec

SIDE = 224
STRIDES = (2, 4, 8, 16, 32)
TARGET = "PNEUMONIA"


class Brightness(nn.Module):
    """The score of the positive label is the mean of every block, whose cells are means of their pixels."""

    def __init__(self) -> None:
        super().__init__()
        for stride in STRIDES:
            self.add_module(f"block{stride}", nn.AvgPool2d(stride))

    def forward(self, batch: Tensor) -> Tensor:
        score = torch.stack([block(batch).mean(dim=(1, 2, 3)) for block in self.children()]).sum(dim=0)
        return torch.stack((-score, score), dim=1)


def fed(height: int, width: int, cell: tuple[int, int], stride: int) -> FedFilm:
    """Dim noise with one bright spot that fills `cell` of a block of `stride`."""
    pixels = np.random.default_rng(3).integers(0, 60, (height, width), dtype=np.uint8)
    rows, columns = height * stride // SIDE, width * stride // SIDE
    pixels[cell[0] * rows : (cell[0] + 1) * rows, cell[1] * columns : (cell[1] + 1) * columns] = 255
    blocks = tuple(BlockEntry(name=f"block{s}", module=f"block{s}", stride=s, channels=1) for s in STRIDES)
    shape = InputSpec(channels=1, height=SIDE, width=SIDE, mean=(0.0,), std=(1.0,))
    return OpenModel.of(make_card(input=shape, blocks=blocks), Brightness()).take(film_of(pixels))


def brightest_place(film: FedFilm, method: SaliencyMethod, block: str = "") -> tuple[float, float, float, float]:
    """Top, left, bottom and right of the highest cell, in film pixels."""
    *_, step = saliency(film, SaliencyWish(method, TARGET, block), CancelToken())
    found = step.result
    row, column = np.unravel_index(found.values.argmax(), found.values.shape)
    height, width = found.cell_size
    return row * height, column * width, (row + 1) * height, (column + 1) * width


@pytest.mark.parametrize("size", [(448, 448), (448, 1120), (1344, 672)])
@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("method", [SaliencyMethod.GRAD_CAM, SaliencyMethod.HI_RES_CAM, SaliencyMethod.LAYER_CAM])
def test_the_map_of_a_block_is_highest_on_the_film_pixels_of_the_bright_cell(method, stride, size) -> None:
    cell = (3, 5)
    film = fed(*size, cell, stride)
    rows, columns = size[0] * stride // SIDE, size[1] * stride // SIDE
    place = (cell[0] * rows, cell[1] * columns, (cell[0] + 1) * rows, (cell[1] + 1) * columns)
    assert brightest_place(film, method, f"block{stride}") == pytest.approx(place)


@pytest.mark.parametrize("size", [(224, 448), (448, 224)])
@pytest.mark.parametrize("method", [SaliencyMethod.INTEGRATED_GRADIENTS, SaliencyMethod.OCCLUSION])
def test_maps_of_the_film_itself_are_highest_inside_the_bright_cell(method, size) -> None:
    cell, stride = (3, 5), 32
    top, left, bottom, right = brightest_place(fed(*size, cell, stride), method)
    rows, columns = size[0] * stride // SIDE, size[1] * stride // SIDE
    middle = ((top + bottom) / 2 / rows, (left + right) / 2 / columns)
    assert (int(middle[0]), int(middle[1])) == cell
