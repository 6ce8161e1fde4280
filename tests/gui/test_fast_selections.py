"""A thousand selections faster than films can be read: score, map, title and film are always of one file."""

import random
from pathlib import Path

import pytest
from helpers.fakes import make_analysis, make_film, make_items
from helpers.windows import Desk, desk

from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.film.overlay import Overlay

NAMES = [f"{number:03}.dcm" for number in range(40)]
SELECTIONS = 1000


class Screen:
    """What the reader sees, each part named by the file it came from."""

    def __init__(self, at: Desk) -> None:
        self._window = at.window
        self._overlay: Overlay | None = None
        at.window.blocks.overlay_changed.connect(self._on_overlay)
        self._films = {make_film(name).facts.sha256: name for name in NAMES}
        self._owners = {_pixels(at, name): name for name in NAMES}

    def parts(self) -> set[str]:
        """Names of the files that film, score and map on the screen belong to; parts not shown are left out."""
        film, analysis = self._window.film.radiograph, self._window.findings._analysis
        seen = [self._films[film.facts.sha256]] if film else []
        seen += [self._films[analysis.film_sha256]] if analysis else []
        return {*seen, *([self._owners[self._overlay.rgba.tobytes()]] if self._overlay else [])}

    def has_all(self) -> bool:
        return bool(self._window.film.radiograph and self._window.findings._analysis and self._overlay)

    def _on_overlay(self, overlay: Overlay | None) -> None:
        self._overlay = overlay


def _pixels(at: Desk, name: str) -> bytes:
    """The map of a file as it is laid over its film."""
    maps, state = BlockMaps(make_analysis(make_film(name), with_blocks=True)), at.window.blocks.state()
    return maps.reduced(maps.names[0], state.reduction, state.channel).rgba(state.color_map).tobytes()


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.settings.score_on_opening = False
        made.window.show()
        made.window.blocks.set_overlay_visible(True)
        yield made


@pytest.mark.slow
def test_score_map_title_and_film_are_always_of_one_file(at: Desk, qtbot) -> None:
    screen = Screen(at)
    at.presenter.add_items(make_items(*NAMES))
    at.presenter.use(at.backing())
    choose, whole = random.Random(11), 0
    for _ in range(SELECTIONS):
        name = NAMES[number := choose.randrange(len(NAMES))]
        at.window.worklist.select(number)
        if choose.random() < 0.3:
            qtbot.wait(choose.choice((0, 1, 3)))
        assert name in at.window.windowTitle()
        assert screen.parts() <= {name}
        whole += screen.has_all()
    qtbot.waitUntil(at.is_settled)
    assert screen.parts() == {name}
    assert screen.has_all()
    assert whole > 100
