from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.analysis import Reduction
from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.film.image_view import PointerInfo
from radassist.gui.inside.core_sample import CoreDrill, SampleRow, film_rows
from radassist.imaging.rendering import ColorMap, ValueAt, color_table

ANALYSIS = make_analysis(make_film(size=(96, 64)), with_blocks=True)
FINE, COARSE = (feature_map.activations for feature_map in ANALYSIS.feature_maps)
INFO = PointerInfo(row=50, column=20, value=ValueAt(stored=7, modality=-1017.0, grey8=3))


def test_a_place_has_one_value_a_block_from_the_cell_over_it() -> None:
    rows = list(CoreDrill(BlockMaps(ANALYSIS), BlocksState("block2", Reduction.CHANNEL, 2)).at(50, 20))
    # Cells of block1 have 6 x 4 film pixels, those of block2 24 x 16.
    assert [row.name for row in rows] == ["block1", "block2"]
    assert [float(row.value) for row in rows] == pytest.approx([FINE[2, 8, 5], COARSE[2, 2, 1]], rel=1e-2)
    assert [row.is_chosen for row in rows] == [False, True]


def test_the_last_pixel_of_the_film_lies_under_the_last_cell() -> None:
    (row, _) = CoreDrill(BlockMaps(ANALYSIS), BlocksState(reduction=Reduction.CHANNEL)).at(95, 63)
    assert float(row.value) == pytest.approx(FINE[0, 15, 15], rel=1e-2)


def test_a_block_with_fewer_channels_says_which_it_shows() -> None:
    drill = CoreDrill(BlockMaps(ANALYSIS), BlocksState(reduction=Reduction.CHANNEL, channel=5))
    assert [row.name for row in drill.at(0, 0)] == ["block1, channel 3", "block2"]
    assert drill.what == "channel 5"


def test_the_colour_is_that_of_the_map() -> None:
    ramp = np.broadcast_to(np.arange(16, dtype=np.float32), (1, 16, 16))
    maps = BlockMaps(replace(ANALYSIS, feature_maps=(replace(ANALYSIS.feature_maps[0], activations=ramp),)))
    (row,) = CoreDrill(maps, BlocksState(color_map=ColorMap.VIRIDIS)).at(0, 63)
    red, green, blue = color_table(ColorMap.VIRIDIS)[255]
    assert row.color == f"#{red:02x}{green:02x}{blue:02x}"


def test_weights_that_are_still_asked_for_leave_a_gap() -> None:
    drill = CoreDrill(BlockMaps(ANALYSIS), BlocksState(reduction=Reduction.CLASS))
    assert {row.value for row in drill.at(3, 3)} == {"…"}


def test_the_film_has_its_modality_value_and_millimetres_from_its_edges() -> None:
    rows = film_rows(INFO, FilmScale(0.5, 0.25, ScaleBasis.AT_DETECTOR))
    assert rows == (
        SampleRow("From the left", "10.2 mm"),
        SampleRow("From the top", "12.6 mm"),
        SampleRow("Film", "−1017"),
    )


def test_a_film_without_a_scale_has_columns_and_rows() -> None:
    assert film_rows(INFO, FilmScale(1.0, 1.0, ScaleBasis.PIXELS))[0] == SampleRow("Column, row", "20, 50")


def test_what_is_not_picture_has_no_value() -> None:
    hidden = PointerInfo(row=1, column=2, value=ValueAt(stored=7, modality=7.0, grey8=0, is_picture=False))
    assert film_rows(hidden, FilmScale(1.0, 1.0, ScaleBasis.PIXELS))[-1] == SampleRow("Film", "not picture")
