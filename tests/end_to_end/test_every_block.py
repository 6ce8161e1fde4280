"""Every published block of every shipped model, over every sample film, in the real window."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from radassist import paths
from radassist.app import make_backing, make_window
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.networks.card import read_card

FOLDERS = sorted(path.parent for path in paths.shipped_models_dir().glob("*/card.json"))
PATIENCE_MS = 60_000


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_block_lies_over_every_sample_film(
    folder: Path, qtbot: QtBot, qapp, samples: Path, monkeypatch, environment
) -> None:
    monkeypatch.setenv("RADASSIST_HOME", environment["RADASSIST_HOME"])
    blocks = {block.name for block in read_card(folder).block_specs}
    window, presenter = make_window(qapp, WindowSettings())
    qtbot.addWidget(window)
    window.show()
    presenter.start(partial(make_backing, str(folder), "cpu"))
    presenter.open_paths([samples])
    qtbot.waitUntil(lambda: window.worklist_model.rowCount() == 24, timeout=PATIENCE_MS)
    for number in range(24):
        window.worklist.select(number)
        qtbot.waitUntil(partial(_is_shown, window, presenter, number), timeout=PATIENCE_MS)
        assert _laid_over(window, len(blocks)) == blocks
    window.close()


def _is_shown(window: MainWindow, presenter: Presenter, number: int) -> bool:
    film = presenter.films.current
    is_there = presenter.films.number == number and film is not None and film.is_complete
    return is_there and window.film.radiograph is film.radiograph


def _laid_over(window: MainWindow, times: int) -> set[str]:
    """The blocks that lie over the film when one goes on so many times."""
    names = set()
    for _ in range(times):
        window.actions_by_id["next_block"].trigger()
        names.add(window.film.overlay_words.partition(":")[0])
    return names
