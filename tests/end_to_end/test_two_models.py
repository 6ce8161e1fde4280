"""One film under two shipped models in the real window: each side says what its model says when it is asked alone."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from radassist.app import make_backing, make_window
from radassist.domain.analysis import Analysis
from radassist.gui.beside.twin_sides import TwinSides
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.inference.predictor import load_predictor

PATIENCE_MS = 60_000


@pytest.fixture
def opened(qtbot: QtBot, qapp, samples: Path, monkeypatch, environment) -> Iterator[tuple[MainWindow, Presenter]]:
    monkeypatch.setenv("RADASSIST_HOME", environment["RADASSIST_HOME"])
    settings = WindowSettings()
    settings.set_text("beside/second_model", "simple_cnn3")
    window, presenter = make_window(qapp, settings)
    qtbot.addWidget(window)
    window.show()
    presenter.start(partial(make_backing, "gap_cnn", "cpu"))
    presenter.open_paths([samples / "RAD-0002"])
    qtbot.waitUntil(lambda: presenter.films.analysis is not None and presenter.facts is not None, timeout=PATIENCE_MS)
    yield window, presenter
    window.close()


def _alone(model: str, presenter: Presenter) -> Analysis:
    (answer,) = load_predictor(model, "cpu").predict([presenter.films.current.radiograph], with_blocks=True)
    assert isinstance(answer, Analysis)
    return answer


def test_each_side_says_what_its_model_says_alone(opened: tuple[MainWindow, Presenter], qtbot: QtBot) -> None:
    window, presenter = opened
    sides = window.findChild(TwinSides)
    window.actions_by_id["two_models"].trigger()
    qtbot.waitUntil(lambda: sides.opinion.maps is not None, timeout=PATIENCE_MS)
    for seen, model in ((presenter.films.analysis, "gap_cnn"), (sides.opinion.maps.analysis, "simple_cnn3")):
        alone = _alone(model, presenter)
        assert seen.provenance.model == model and seen.provenance.model_sha256 == alone.provenance.model_sha256
        assert seen.prediction.threshold == alone.prediction.threshold
        np.testing.assert_allclose(seen.prediction.probabilities, alone.prediction.probabilities, atol=2e-6)
        assert [entry.block for entry in seen.feature_maps] == [entry.block for entry in alone.feature_maps]
    assert window.film_area.first_strip.words.title.startswith("gap_cnn · ")
    assert window.film_area.second_strip.words.title.startswith("simple_cnn3 · ")
    (item,) = window.worklist_model.items()
    assert item.analysis is not None and item.analysis.provenance.model == "gap_cnn"
