"""The whole window with real decoders, the shipped model and the sample films: from opening to the exported table."""

import csv
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from helpers.commands import Radassist, recorded_accounts
from pytestqt.qtbot import QtBot

from radassist.app import make_backing, make_window
from radassist.domain.worklist import ItemState
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.results.table_presenter import TablePresenter
from radassist.gui.settings import WindowSettings
from radassist.imaging.rendering import to_grey8

NUMBERS = {"confidence", "p_NORMAL", "p_PNEUMONIA"}
TIMES = {"decode_ms", "predict_ms", "finished_at"}
PATIENCE_MS = 60_000


@pytest.fixture
def opened(qtbot: QtBot, qapp, samples: Path, monkeypatch, environment) -> Iterator[tuple[MainWindow, Presenter]]:
    monkeypatch.setenv("RADASSIST_HOME", environment["RADASSIST_HOME"])
    window, presenter = make_window(qapp, WindowSettings())
    qtbot.addWidget(window)
    window.show()
    presenter.start(partial(make_backing, "gap_cnn", "cpu"))
    presenter.open_paths([samples])
    qtbot.waitUntil(lambda: window.worklist_model.rowCount() == 24, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not _is_busy(presenter), timeout=PATIENCE_MS)
    yield window, presenter
    window.close()


def _is_busy(presenter: Presenter) -> bool:
    film, on_screen = presenter.films.current, presenter._window.film.radiograph
    # What was read ahead is known a moment before it stands on the screen.
    reading = film is None or not film.is_complete or on_screen is not film.radiograph
    return presenter.is_listing or presenter.queue.is_running or bool(presenter.queue.waiting()) or reading


def _rows(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name: cell for name, cell in row.items() if name not in TIMES} for row in csv.DictReader(file)]
    return [{name: float(cell) if name in NUMBERS else cell for name, cell in row.items()} for row in rows]


def _nearly(row: dict[str, object]) -> dict[str, object]:
    """The row with room for the last bit: a film scored alone and one scored in a batch may differ by it."""
    return {name: pytest.approx(cell, abs=2e-6) if name in NUMBERS else cell for name, cell in row.items()}


def test_the_exported_table_is_the_one_the_command_writes(
    opened: tuple[MainWindow, Presenter], qtbot: QtBot, radassist: Radassist, samples: Path, tmp_path: Path
) -> None:
    window, _ = opened
    assert {item.state for item in window.worklist_model.items()} == {ItemState.SCORED}
    window.findChild(TablePresenter).save(tmp_path / "window.csv")
    qtbot.waitUntil((tmp_path / "window.csv").exists, timeout=PATIENCE_MS)
    ended = radassist("batch", samples, "--csv", "command.csv", "--model", "gap_cnn", "--device", "cpu")
    assert ended.code == 0
    assert _rows(tmp_path / "window.csv") == [_nearly(row) for row in _rows(tmp_path / "command.csv")]
    if os.name != "nt":  # there files have no owner's name
        accounts, owner = recorded_accounts(radassist)
        assert accounts == {owner}


def test_every_block_of_every_film_can_be_laid_over_it(
    opened: tuple[MainWindow, Presenter], qtbot: QtBot, tmp_path: Path
) -> None:
    window, presenter = opened
    window.worklist.select_first()
    for _ in range(3):
        qtbot.waitUntil(lambda: not _is_busy(presenter), timeout=PATIENCE_MS)
        current = presenter.films.current
        assert current.analysis.film_sha256 == window.film.radiograph.facts.sha256
        blocks = [feature_map.block.name for feature_map in current.analysis.feature_maps]
        assert blocks == ["block1", "block2", "block3", "block4"]
        for _ in blocks:
            window.actions_by_id["next_block"].trigger()
            assert window.blocks.overlay_visible
        window.actions_by_id["next_film"].trigger()


def test_the_answer_on_the_screen_is_the_one_in_the_list(opened: tuple[MainWindow, Presenter], qtbot: QtBot) -> None:
    window, presenter = opened
    for _ in range(4):
        qtbot.waitUntil(lambda: not _is_busy(presenter), timeout=PATIENCE_MS)
        item = window.worklist_model.item(presenter.films.number)
        on_screen = presenter.films.current.analysis
        assert on_screen.film_sha256 == item.film_sha256
        assert on_screen.prediction.positive_probability == pytest.approx(
            item.analysis.prediction.positive_probability, abs=1e-6
        )
        assert to_grey8(window.film.radiograph).std() > 10
        window.actions_by_id["next_film"].trigger()


def test_a_film_that_was_only_looked_at_is_known_to_the_next_batch(
    qtbot: QtBot, qapp, radassist: Radassist, samples: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path / "home"))
    shutil.copytree(samples / "RAD-0012", tmp_path / "film")
    (film,) = (tmp_path / "film").iterdir()
    os.utime(film, (1_700_000_000,) * 2)
    settings = WindowSettings()
    settings.score_on_opening = False
    window, presenter = make_window(qapp, settings)
    qtbot.addWidget(window)
    window.show()
    presenter.start(partial(make_backing, "gap_cnn", "cpu"))
    presenter.open_paths([film])
    qtbot.waitUntil(lambda: bool(presenter.films.current and presenter.films.current.analysis), timeout=PATIENCE_MS)
    window.close()

    batch = Radassist(tmp_path, radassist.environment | {"RADASSIST_HOME": str(tmp_path / "home")})
    ended = batch("batch", film, "--csv", "out.csv", "--model", "gap_cnn", "--device", "cpu")

    assert "1 of them are results of an earlier run" in ended.out
