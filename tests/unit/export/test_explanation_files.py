"""What was found out about a film, as files."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.explanations import FakeExplainer, make_mark
from helpers.fakes import BLOCKS, make_analysis, make_film
from PIL import Image

from radassist.domain.analysis import BlockOpinion
from radassist.domain.errors import StoreError
from radassist.domain.explanation import ChannelRanking, ChannelRule, SaliencyMethod, SaliencyWish
from radassist.domain.lungs import EvidenceLedger, Zone, ZoneShare
from radassist.domain.robustness import RobustnessStrip, VariantScore, Variation
from radassist.export.explanation_files import FilmFiles, MapFile, film_folder, write_explanation, write_left_out
from radassist.imaging.rendering import to_grey8

FILM = make_film("a.dcm", size=(96, 64))


def a_map(kind: str = "grad-cam", colours: bool = True) -> MapFile:
    values = np.linspace(-1, 2, 8, dtype=np.float32).reshape(4, 2)
    cells = np.full((4, 2, 3), 200, np.uint8) if colours else None
    return MapFile(kind, "block1", "PNEUMONIA", values, (24.0, 32.0), cells)


def files(*maps: MapFile, rankings: tuple[ChannelRanking, ...] = ()) -> FilmFiles:
    picture = FakeExplainer().network_picture(FILM)
    return FilmFiles("a.dcm", to_grey8(FILM), make_analysis(FILM), picture, maps, rankings)


def facts(folder) -> dict:
    return json.loads((folder / "explanation.json").read_text(encoding="ascii"))


def picture(path) -> np.ndarray:
    with Image.open(path) as opened:
        return np.asarray(opened)


def test_every_map_is_a_picture_over_the_film_and_its_values(tmp_path):
    write_explanation(files(a_map()), tmp_path / "out")

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["block1_grad-cam.npy", "block1_grad-cam.png", "explanation.json", "film.png", "network_input.png"]
    assert picture(tmp_path / "out" / "block1_grad-cam.png").shape == (96, 64, 3)
    assert np.array_equal(np.load(tmp_path / "out" / "block1_grad-cam.npy"), a_map().values)


def test_the_json_says_what_the_files_are(tmp_path):
    write_explanation(files(a_map()), tmp_path)

    told = facts(tmp_path)
    assert (told["film"], told["sha256"], told["status"]) == ("a.dcm", FILM.facts.sha256, "explained")
    assert told["prediction"]["probabilities"].keys() == {"NORMAL", "PNEUMONIA"}
    assert told["film_size"] == [96, 64]
    assert told["network_input"] == {
        "picture": "network_input.png", "size": [4, 4], "outline": [[0, 0], [0, 64], [96, 64], [96, 0]],
    }  # fmt: skip
    (one,) = told["maps"]
    assert (one["picture"], one["values"], one["target"]) == ("block1_grad-cam.png", "block1_grad-cam.npy", "PNEUMONIA")
    assert (one["lowest"], one["highest"], one["shape"], one["cell_size"]) == (-1.0, 2.0, [4, 2], [24.0, 32.0])
    assert "not for diagnosis" in told["note"]


def test_a_map_that_shows_nothing_is_the_film_alone_and_says_so(tmp_path):
    write_explanation(files(a_map(colours=False)), tmp_path)

    assert np.array_equal(picture(tmp_path / "block1_grad-cam.png"), to_grey8(FILM))
    assert facts(tmp_path)["maps"][0]["is_empty"] is True


def test_pictures_are_shrunk_to_the_longest_side_and_values_are_not(tmp_path):
    cells = np.zeros((2, 1, 3), np.uint8)
    cells[1] = 255
    write_explanation(
        files(MapFile("mean", "block1", "", np.zeros((2, 1), np.float32), (48.0, 64.0), cells)),
        tmp_path,
        longest_side=48,
    )

    assert picture(tmp_path / "film.png").shape == (48, 32)
    over = picture(tmp_path / "block1_mean.png").astype(int) - picture(tmp_path / "film.png")[..., None] * 0.55
    assert over[:11].mean() < 5
    assert over[37:].mean() == pytest.approx(0.45 * 255, abs=5)
    assert np.load(tmp_path / "block1_mean.npy").shape == (2, 1)
    assert facts(tmp_path)["maps"][0]["cell_size"] == [48.0, 64.0]


def test_tests_of_a_map_and_of_the_film_are_told_in_sentences_and_numbers(tmp_path):
    wish = SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block1")
    mark = make_mark(make_ranking_subject(), wish)
    ledger = EvidenceLedger((ZoneShare(Zone.LUNGS, 0.75, 0.25), ZoneShare(Zone.BORDERS, 0.25, 0.75)), 0.9, True)
    prediction = make_analysis(FILM, probability=0.9).prediction
    lower = VariantScore(Variation.FLIP, "flipped", make_analysis(FILM, probability=0.6).prediction)
    strip = RobustnessStrip(prediction, (lower,), 1, 1)
    whole = replace(files(replace(a_map(), ledger=ledger, trust=mark)), robustness=strip)
    whole = replace(whole, analysis=replace(whole.analysis, opinions=(BlockOpinion("block1", 0.6, 0.7),)))
    write_explanation(whole, tmp_path)

    told = facts(tmp_path)
    assert told["blocks_alone"] == [{"block": "block1", "probability": 0.6, "auc": 0.7}]
    (one,) = told["maps"]
    assert one["trust"]["belief"] == mark.belief.value
    assert one["trust"]["cascade"] == {step.stage: step.correlation for step in mark.cascade}
    assert one["evidence"]["shares"] == {"lungs": 0.75, "borders": 0.25}
    assert (told["robustness"]["lowest"], told["robustness"]["highest"], told["robustness"]["warns"]) == (
        0.6,
        0.9,
        True,
    )
    assert told["robustness"]["variants"][0]["film"] == "flipped"


def test_rankings_are_told_channel_by_channel(tmp_path):
    ranking = ChannelRanking(
        make_ranking_subject(), BLOCKS[0], ChannelRule.ABLATION, "PNEUMONIA", np.array([0.5, 2.0], np.float32)
    )
    write_explanation(files(rankings=(ranking,)), tmp_path)

    assert facts(tmp_path)["channels"] == [
        {"block": "block1", "rule": "ablation", "target": "PNEUMONIA", "order": [1, 0], "values": [0.5, 2.0]}
    ]


def make_ranking_subject():
    return FakeExplainer().network_picture(FILM).subject


def test_a_film_that_was_left_out_has_its_reason(tmp_path):
    write_left_out("b\udcff.dcm", "refused", "It is a CT image.", tmp_path / "b")

    told = facts(tmp_path / "b")
    assert (told["status"], told["reason"]) == ("refused", "It is a CT image.")
    assert told["film"] == "b\udcff.dcm"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        write_explanation(files(), tmp_path / "file" / "out")


def _keys(told: object) -> set[str]:
    """Of all objects, but for those whose keys are labels, zones or stages."""
    if isinstance(told, list):
        return set().union(*map(_keys, told))
    if not isinstance(told, dict):
        return set()
    named = {"probabilities", "scores", "shares", "areas", "cascade"}
    return set(told).union(*(_keys(value) for key, value in told.items() if key not in named))


def test_every_key_is_described(tmp_path):
    ledger = EvidenceLedger(tuple(ZoneShare(zone, 0.2, 0.2) for zone in Zone), 0.7, has_evidence=True)
    analysis = replace(make_analysis(FILM), opinions=(BlockOpinion("block1", 0.8, 0.9),))
    mark = make_mark(FakeExplainer().network_picture(FILM).subject, SaliencyWish(SaliencyMethod.CAM, "PNEUMONIA"))
    strip = RobustnessStrip(analysis.prediction, (VariantScore(Variation.FLIP, "flipped", analysis.prediction),), 1, 1)
    ranking = ChannelRanking(mark.subject, BLOCKS[0], ChannelRule.ABLATION, "PNEUMONIA", np.ones(4, np.float32))
    whole = replace(
        files(replace(a_map(), ledger=ledger, trust=mark), rankings=(ranking,)), analysis=analysis, robustness=strip
    )
    write_explanation(whole, tmp_path)
    write_left_out("b.dcm", "failed", "b.dcm is cut short.", tmp_path / "left_out")
    page = (Path(__file__).parents[3] / "docs" / "explanation.md").read_text(encoding="utf-8")

    keys = _keys(facts(tmp_path)) | _keys(facts(tmp_path / "left_out"))
    assert len(keys) > 40
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


@pytest.mark.parametrize(
    ("name", "folder"),
    [("b c.dcm", "0002_b_c"), ("../..", "0002"), ("\u5f71.png", "0002"), ("x" * 200 + ".dcm", "0002_" + "x" * 60)],
)
def test_every_system_takes_the_folder_of_a_film(name, folder):
    assert film_folder(1, name) == folder
