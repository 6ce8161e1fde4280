"""The network of a model: layers, kernels and what a value of a block depends on."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.explanations import NETWORK
from pytestqt.qtbot import QtBot

from radassist.domain.network_facts import ReceptiveField
from radassist.gui.models.network_page import NetworkPage
from radassist.gui.theme import load_theme

FACTS = replace(NETWORK, kernels=np.ones((4, 1, 3, 3), np.float32))


@pytest.fixture
def page(qtbot: QtBot) -> NetworkPage:
    made = NetworkPage(load_theme("light"))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def test_layers_sums_and_kernels_are_shown(page: NetworkPage) -> None:
    page.show_facts(FACTS, is_in_use=True)
    assert page.title.text() == "50 parameters, 9,224 multiply-adds a film."
    assert page.table.layers.rowCount() == 3 and len(page.kernels.pictures) == 4
    assert page.kernels.isVisible()


def test_the_field_of_the_marked_layers_block_can_be_drawn_on_the_film(page: NetworkPage, qtbot: QtBot) -> None:
    page.show_facts(FACTS, is_in_use=True)
    assert not page.field_button.isEnabled()
    page.table.selectRow(0)
    assert page.field.text() == "A value of block1 depends on 3 × 3 input pixels."
    with qtbot.waitSignal(page.field_wanted) as wanted:
        page.field_button.click()
    assert wanted.args == ["block1"]


def test_a_model_that_is_not_in_use_draws_nothing_on_the_film(page: NetworkPage) -> None:
    page.show_facts(FACTS, is_in_use=False)
    page.table.selectRow(0)
    assert "3 × 3" in page.field.text() and not page.field_button.isEnabled()


def test_a_block_that_sees_all_says_so_and_a_layer_of_no_block_nothing(page: NetworkPage) -> None:
    page.show_facts(replace(FACTS, fields={"block1": ReceptiveField(None)}, kernels=None), is_in_use=True)
    page.table.selectRow(0)
    assert page.field.text() == "A value of block1 depends on the whole film."
    page.table.selectRow(2)
    assert "Mark a layer" in page.field.text()
    assert not page.kernels.isVisible()


def test_a_sentence_takes_the_place_of_the_network(page: NetworkPage) -> None:
    page.show_facts(FACTS, is_in_use=True)
    page.say("The weights of model fake cannot be read.")
    assert page.facts is None and not page.table.isVisible() and not page.kernels.isVisible()
    assert page.title.text() == "The weights of model fake cannot be read."
