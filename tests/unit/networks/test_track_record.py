import hashlib
from pathlib import Path

import pytest
from helpers.models import make_card

from radassist.domain.errors import ModelUnavailable
from radassist.domain.track_record import TrackRecord
from radassist.networks.card import TRACK_RECORD_NAME, ModelCard, TrackRecordEntry, read_card
from radassist.networks.track_record import load_track_record, save_track_record
from radassist.paths import shipped_models_dir

RECORD = TrackRecord(positive=(0.25, 0.875), negative=(0.125,))


def card_with(digest: str) -> ModelCard:
    return make_card(track_record=TrackRecordEntry(data="films", split="validation", films=3, sha256=digest))


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    assert load_track_record(tmp_path, card_with(save_track_record(RECORD, tmp_path))) == RECORD


def test_a_card_without_a_record_has_none(tmp_path: Path) -> None:
    save_track_record(RECORD, tmp_path)
    assert load_track_record(tmp_path, make_card()) is None


def test_another_record_than_the_card_describes_is_refused(tmp_path: Path) -> None:
    digest = save_track_record(RECORD, tmp_path)
    save_track_record(TrackRecord((0.5,), (0.5,)), tmp_path)
    with pytest.raises(ModelUnavailable, match="not the one its card describes"):
        load_track_record(tmp_path, card_with(digest))


def test_a_missing_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        load_track_record(tmp_path, card_with("0" * 64))


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"positive": [2], "negative": [0]}', '{"positive": "x", "negative": [0]}', "{"]
)
def test_a_file_that_holds_no_record_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / TRACK_RECORD_NAME).write_text(text)
    with pytest.raises(ModelUnavailable, match="holds no probabilities"):
        load_track_record(tmp_path, card_with(hashlib.sha256(text.encode()).hexdigest()))


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in shipped_models_dir().glob("*/card.json")), ids=lambda folder: folder.name
)
def test_the_record_of_a_shipped_model_agrees_with_the_figures_of_its_card(folder: Path) -> None:
    card = read_card(folder)
    record = load_track_record(folder, card)
    assert record is not None
    told = next(each for each in card.evaluations if each.split == "validation")
    counted = record.tally(card.operating_point.threshold)
    assert record.films == told.films
    for share, name in ((counted.sensitivity, "sensitivity"), (counted.specificity, "specificity")):
        assert share is not None
        assert share.value == pytest.approx(told.metrics[name].value, abs=0.002)  # a film may lie on the threshold
