"""A model's card in words."""

import pytest
from helpers.models import make_card, save_model

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import Metric, ProbeEntry, Probes
from radassist.networks.sheet import list_sheets, read_sheet


@pytest.fixture
def models(tmp_path, monkeypatch):
    """The folder of the user's models."""
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    return tmp_path / "data" / "models"


def test_a_sheet_says_what_the_card_says(models):
    save_model(models / "tiny")
    sheet = read_sheet(models / "tiny")

    rows = {name: value for table in sheet.tables for name, value in table.rows}
    assert (sheet.id, sheet.title) == ("tiny", "Tiny model")
    assert rows["labels"] == "NORMAL, PNEUMONIA"
    assert rows["threshold"] == "0.5000: a coin"
    assert sheet.curves is None


def test_the_probes_of_the_blocks_are_told_where_there_are_any(models):
    entry = ProbeEntry(block="block1", auc=Metric(value=0.71, low=0.6, high=0.8))
    probes = Probes(
        blocks=(entry,), rule="", fitted_on="fit", scaled_on="calibration", measured_on="validation", sha256="0" * 64
    )
    save_model(models / "tiny", make_card(probes=probes))

    tables = {table.heading: table.rows for table in read_sheet(models / "tiny").tables}
    heading = "What each block alone tells: AUC of a linear probe on validation"
    assert tables[heading] == (("block1", "0.710 (0.600 to 0.800)"),)


def test_the_picture_of_the_training_is_named_where_there_is_one(models):
    save_model(models / "tiny")
    (models / "tiny" / "curves.png").write_bytes(b"")

    assert read_sheet(models / "tiny").curves == models / "tiny" / "curves.png"


def test_the_default_model_stands_first_and_is_marked(models):
    save_model(models / "tiny")
    (models / "DEFAULT").write_text("tiny")
    first, *others = list_sheets()

    assert (first.id, first.is_default) == ("tiny", True)
    assert [sheet.id for sheet in others] == sorted(sheet.id for sheet in others)
    assert not any(sheet.is_default for sheet in others)


def test_a_folder_without_a_card_has_no_sheet(models):
    with pytest.raises(ModelUnavailable):
        read_sheet(models / "nobodys")


@pytest.mark.parametrize("model_id", ["efficientnet_lite0", "gap_cnn"])
def test_a_shipped_model_tells_its_test_figures_with_intervals(model_id):
    sheet = next(sheet for sheet in list_sheets() if sheet.id == model_id)
    measured = [
        table for table in sheet.tables if table.heading.startswith("Measured on") and ", test (624" in table.heading
    ]

    assert len(measured) == 1
    figures = dict(measured[0].rows)
    assert " to " in figures["auc"] and "%" in figures["specificity"]
