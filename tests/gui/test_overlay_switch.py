"""Which panel's map lies over the film."""

import numpy as np
from helpers.fakes import make_film
from PySide6.QtWidgets import QTabWidget, QWidget

from radassist.domain.dicom_results import MapOverFilm
from radassist.gui.explain.overlay_switch import OverlaySwitch
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.overlay import Overlay
from radassist.gui.theme import load_theme

RAW = MapOverFilm(np.zeros((2, 2), np.float32), (1.0, 1.0), (0.0, 1.0), "one")
ONE = Overlay(np.zeros((2, 2, 4), np.uint8), (1.0, 1.0), raw=RAW)
TWO = Overlay(np.ones((2, 2, 4), np.uint8), (1.0, 1.0))


def test_the_map_of_the_panel_in_front_lies_over_the_film(qtbot, monkeypatch) -> None:
    film, tabs, one, two = FilmView(load_theme("dark")), QTabWidget(), QWidget(), QWidget()
    for widget in (film, tabs):
        qtbot.addWidget(widget)
    film.set_radiograph(make_film())
    tabs.addTab(one, "One")
    tabs.addTab(two, "Two")
    shown = []
    monkeypatch.setattr(film, "set_overlay", shown.append)
    switch = OverlaySwitch(tabs, film)
    switch.offer(one, ONE)
    switch.offer(two, TWO)
    assert switch.raw is RAW
    tabs.setCurrentIndex(1)
    switch.offer(one, None)
    tabs.setCurrentIndex(0)

    assert switch.raw is None
    assert shown == [ONE, TWO, None]
