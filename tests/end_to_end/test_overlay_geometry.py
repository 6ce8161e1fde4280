"""A network that answers one cell lights the film exactly there, and rings it: preprocessing, hooks, panel and view."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from helpers.models import make_card
from helpers.pictures import film_of, grab
from numpy.typing import NDArray
from torch import Tensor, nn

from radassist.domain.analysis import Analysis
from radassist.gui.blocks.blocks_panel import BlocksPanel
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme
from radassist.imaging.rendering import ColorMap
from radassist.inference.device import choose_device
from radassist.inference.engine import InferenceEngine
from radassist.inference.predictor import ModelPredictor
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import BlockEntry, InputSpec

SIDE = 224
STRIDES = (2, 4, 8, 16, 32)


class Brightness(nn.Module):
    """Each block is the mean brightness of its cells: a spot that fills one cell lights just that cell."""

    def __init__(self) -> None:
        super().__init__()
        for stride in STRIDES:
            self.add_module(f"block{stride}", nn.AvgPool2d(stride))

    def forward(self, batch: Tensor) -> Tensor:
        for block in self.children():
            block(batch)
        return torch.zeros(len(batch), 2)


def _analysis(pixels: NDArray[np.uint8]) -> Analysis:
    blocks = tuple(BlockEntry(name=f"block{s}", module=f"block{s}", stride=s, channels=1) for s in STRIDES)
    shape = InputSpec(channels=1, height=SIDE, width=SIDE, mean=(0.0,), std=(1.0,))
    card = make_card(input=shape, blocks=blocks)
    engine = InferenceEngine(choose_device("cpu"), lambda device: TorchBackend(Brightness(), device, card.input))
    predictor = ModelPredictor(card, engine)
    (answer,) = predictor.predict([film_of(pixels)], with_blocks=True)
    assert isinstance(answer, Analysis)
    return answer


def _film(height: int, width: int, cell: tuple[int, int], stride: int) -> NDArray[np.uint8]:
    """Dim noise with one bright spot that fills `cell` of a block of `stride`."""
    pixels = np.random.default_rng(3).integers(0, 60, (height, width), dtype=np.uint8)
    rows, columns = height * stride // SIDE, width * stride // SIDE
    pixels[cell[0] * rows : (cell[0] + 1) * rows, cell[1] * columns : (cell[1] + 1) * columns] = 255
    return pixels


def _spot(view: FilmView) -> NDArray[np.float64]:
    """Middle, in pixels of the viewport, of what is brightest there; the words on the film left out."""
    view.set_corner_texts_visible(False)
    shown = grab(view.viewport()).astype(int).sum(axis=2)
    lit = shown[: int(shown.shape[0] * 0.9)] > 600
    return np.argwhere(lit).mean(axis=0)


@pytest.mark.parametrize(("height", "width", "aspect"), [(448, 448, 1.0), (448, 672, 1.0), (672, 448, 1.5)])
@pytest.mark.parametrize("stride", STRIDES[1:])
def test_the_peak_of_the_map_lies_under_the_pixel_that_made_it(
    qtbot, height: int, width: int, aspect: float, stride: int
) -> None:
    cell = (SIDE // stride // 3, SIDE // stride // 2)
    pixels = _film(height, width, cell, stride)
    analysis = _analysis(pixels)
    view, panel = FilmView(load_theme("dark")), BlocksPanel(load_theme("dark"))
    for widget in (view, panel):
        qtbot.addWidget(widget)
    view.resize(900, 700)
    view.show()
    panel.restore(BlocksState(block=f"block{stride}", color_map=ColorMap.GREY, smooth=False, visible=True))
    view.set_radiograph(replace(film_of(pixels), aspect=aspect))
    view.set_overlay_opacity(1.0)
    for zoom in (1.0, 0.7, 1.6):
        for change in (lambda: None, view.flip_horizontally, lambda: view.rotate(90)):
            change()
            view.fit()
            view.zoom_by(zoom)
            view.set_overlay(None)
            on_film = _spot(view)
            laid: list[object] = []
            panel.overlay_changed.connect(laid.append)
            panel.set_analysis(analysis)
            panel.overlay_changed.disconnect(laid.append)
            view.set_overlay(laid[-1])
            one_pixel = max(1.0, view.zoom * aspect)  # of the screen, or of the film where that is larger
            np.testing.assert_allclose(_spot(view), on_film, atol=one_pixel)


def _middle_of_change(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Middle of what two pictures of the same view differ in."""
    places = np.nonzero((after.astype(int) - before).max(axis=2) > 25)
    return np.array([(along.min() + along.max()) / 2 for along in places])


@pytest.mark.parametrize(("height", "width", "aspect"), [(448, 672, 1.0), (672, 448, 1.5)])
@pytest.mark.parametrize("stride", STRIDES[1:])
def test_lines_of_equal_value_run_round_the_pixel_that_made_them(
    qtbot, height: int, width: int, aspect: float, stride: int
) -> None:
    pixels = _film(height, width, (SIDE // stride // 3, SIDE // stride // 2), stride)
    view, panel = FilmView(load_theme("dark")), BlocksPanel(load_theme("dark"))
    for widget in (view, panel):
        qtbot.addWidget(widget)
    view.resize(900, 700)
    view.show()
    laid: list[object] = []
    panel.overlay_changed.connect(laid.append)
    panel.restore(BlocksState(block=f"block{stride}", color_map=ColorMap.VIRIDIS, contours=True, visible=True))
    panel.set_analysis(_analysis(pixels))
    view.set_radiograph(replace(film_of(pixels), aspect=aspect))
    for change in (lambda: None, view.flip_horizontally, lambda: view.rotate(90)):
        change()
        view.fit()
        view.set_overlay(None)
        on_film, without = _spot(view), grab(view.viewport())
        view.set_overlay(laid[-1])
        middle = _middle_of_change(without, grab(view.viewport()))
        np.testing.assert_allclose(middle, on_film, atol=max(1.5, view.zoom * aspect))
