import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.dicom_factory import film_bytes, phantom
from helpers.fakes import make_film
from helpers.models import TINY, make_card, make_network, save_model

from radassist import paths
from radassist.domain.analysis import UNDETERMINED, Analysis
from radassist.domain.errors import ModelUnavailable, RefusedImage, UserError
from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.domain.threshold_rule import Aim, OperatingPoint, ThresholdRule
from radassist.imaging.dicom import read_dicom
from radassist.imaging.rendering import to_grey8
from radassist.inference.calibration import calibrated_probabilities
from radassist.inference.feature_guard import FeatureDistance, save_feature_distance
from radassist.inference.predictor import ModelPredictor, load_predictor
from radassist.networks.card import Calibration, FeatureGuard, Guard, write_card
from radassist.networks.preprocess import Preprocess
from radassist.workflow.services import Predictor


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    save_model(folder, make_card(ages=(1, 5)))
    return folder


@pytest.fixture(scope="module")
def predictor(folder: Path) -> ModelPredictor:
    return load_predictor(str(folder), "cpu")


def _analyses(answers: list[Analysis | UserError]) -> list[Analysis]:
    analyses = [answer for answer in answers if isinstance(answer, Analysis)]
    assert len(analyses) == len(answers)
    return analyses


def test_a_score_is_the_one_of_a_plain_forward_pass_in_float64(predictor: ModelPredictor) -> None:
    film, card = make_film(size=(300, 200)), make_card(ages=(1, 5))
    analysis = _analyses(predictor.predict([film], with_blocks=False))[0]
    array = Preprocess.from_card(card).apply(to_grey8(film)).array
    with torch.no_grad():
        logits = make_network(card).double()(torch.from_numpy(array)[None].double())[0].numpy()
    np.testing.assert_allclose(analysis.prediction.scores, logits, atol=1e-6)
    expected = calibrated_probabilities(logits, card.calibration.temperature)
    np.testing.assert_allclose(analysis.prediction.probabilities, expected, atol=1e-6)


def test_a_rule_of_the_place_moves_the_decision_and_nothing_else(predictor: ModelPredictor) -> None:
    film = make_film(size=(300, 200))
    own = _analyses(predictor.predict([film], with_blocks=False))[0].prediction
    above = ThresholdRule(Aim.VALUE, own.positive_probability + 1e-6)
    predictor.decide_by(above)
    moved = _analyses(predictor.predict([film], with_blocks=False))[0].prediction
    assert moved == own.at(OperatingPoint(above.share, f"set here: {above}"))
    assert moved.label == "NORMAL"
    assert predictor.facts.point == moved.point
    assert predictor.facts.own_threshold == own.threshold
    assert predictor.score([to_grey8(film)])[0].point == moved.point

    predictor.decide_by(None)
    assert predictor.facts.point == own.point
    with pytest.raises(UserError, match="does not tell"):
        predictor.decide_by(ThresholdRule(Aim.SENSITIVITY, 0.9))


def test_a_picture_gets_the_score_its_film_gets(predictor: ModelPredictor) -> None:
    films = [make_film("a", size=(90, 80)), make_film("b", identity=Identity(modality="CT"))]
    pictures = predictor.score([to_grey8(film) for film in films])
    assert pictures[0] == _analyses(predictor.predict(films[:1], with_blocks=False))[0].prediction
    assert len(pictures) == 2  # no guard
    assert predictor.score([]) == []


def test_what_a_shutter_hides_cannot_move_a_score(predictor: ModelPredictor) -> None:
    shutter = {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [48, 40], "RadiusOfCircularShutter": 30}
    rows, columns = np.mgrid[1:97, 1:81]
    is_hidden = (rows - 48) ** 2 + (columns - 40) ** 2 > 900
    window = {"WindowCenter": "2048", "WindowWidth": "4096"}
    plain, marked = phantom(), phantom()
    marked[is_hidden] = 4095
    one, other = (read_dicom(film_bytes(pixels, bits=12, elements={**shutter, **window})) for pixels in (plain, marked))
    open_film = read_dicom(film_bytes(plain, bits=12, elements=window))
    painted = to_grey8(open_film)
    painted[is_hidden] = 0

    scores = [predictor.score([to_grey8(film)])[0] for film in (one, other)]
    assert scores[0] == scores[1] == predictor.score([painted])[0]
    assert scores[0] != predictor.score([to_grey8(open_film)])[0]


def test_a_batch_gives_what_its_films_give_alone_and_in_order(predictor: ModelPredictor) -> None:
    films = [make_film(f"film{number}", size=(80 + number, 100)) for number in range(5)]
    together = _analyses(predictor.predict(films, with_blocks=True))
    for film, analysis in zip(films, together, strict=True):
        alone = _analyses(predictor.predict([film], with_blocks=True))[0]
        assert analysis.film_sha256 == film.facts.sha256
        assert analysis.geometry.film_size == (film.height, film.width)
        np.testing.assert_allclose(analysis.prediction.probabilities, alone.prediction.probabilities, atol=1e-6)
        for one, other in zip(analysis.feature_maps, alone.feature_maps, strict=True):
            np.testing.assert_allclose(one.activations, other.activations, atol=1e-5)


def test_maps_come_only_when_asked_for_and_cover_the_input(predictor: ModelPredictor) -> None:
    film = make_film()
    assert _analyses(predictor.predict([film], with_blocks=False))[0].feature_maps == ()
    analysis = _analyses(predictor.predict([film], with_blocks=True))[0]
    assert tuple(found.block for found in analysis.feature_maps) == predictor.facts.blocks
    for found in analysis.feature_maps:
        channels, height, width = found.activations.shape
        assert (height * found.block.stride, width * found.block.stride) == analysis.geometry.input_size
        assert f"{channels} channels" in found.block.title


def test_a_refused_film_takes_its_place_and_spoils_no_other(predictor: ModelPredictor) -> None:
    films = [make_film("a"), make_film("b", identity=Identity(modality="CT")), make_film("c")]
    answers = predictor.predict(films, with_blocks=False)
    assert isinstance(answers[1], RefusedImage)
    assert answers[1].code == "WRONG_MODALITY"
    assert [a.film_sha256 for a in answers if isinstance(a, Analysis)] == [films[0].facts.sha256, films[2].facts.sha256]


def test_nothing_but_refusals_runs_no_network(predictor: ModelPredictor) -> None:
    answers = predictor.predict([make_film(identity=Identity(modality="MR"))], with_blocks=True)
    assert isinstance(answers[0], RefusedImage)
    assert predictor.predict([], with_blocks=False) == []


def test_the_films_notices_come_before_the_guards(predictor: ModelPredictor) -> None:
    film = make_film(notices=(Notice("MULTIFRAME", "Two."),), identity=Identity(age_years=40.0, view="LL"))
    notices = _analyses(predictor.predict([film], with_blocks=False))[0].notices
    assert [notice.code for notice in notices] == ["MULTIFRAME", "LATERAL", "AGE"]


def test_the_provenance_is_enough_to_do_it_again(predictor: ModelPredictor, folder: Path) -> None:
    before = datetime.now(UTC)
    provenance = _analyses(predictor.predict([make_film()], with_blocks=False))[0].provenance
    facts = predictor.facts
    assert (provenance.model, provenance.model_sha256) == ("tiny", facts.sha256)
    assert (provenance.preprocessing, provenance.device) == (facts.preprocessing, facts.device)
    assert provenance.decode_ms == 4.0
    assert provenance.predict_ms > 0
    assert before <= provenance.finished_at <= datetime.now(UTC)


def test_the_facts_are_the_cards(predictor: ModelPredictor) -> None:
    facts, card = predictor.facts, make_card()
    assert facts.labels == card.labels
    assert facts.threshold == card.operating_point.threshold
    assert facts.population == "Nobody."
    assert facts.device.startswith("CPU (")
    assert [block.stride for block in facts.blocks] == [2, 4]


def test_it_is_the_predictor_the_use_cases_ask_for(predictor: ModelPredictor) -> None:
    wanted: Predictor = predictor
    assert wanted.facts.model == "tiny"


def test_without_a_name_the_default_model_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: tmp_path)
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "none")
    save_model(tmp_path / "tiny")
    (tmp_path / "DEFAULT").write_text("tiny\n", encoding="utf-8")
    assert load_predictor(None, "cpu").facts.model == "tiny"


def test_a_model_without_blocks_scores_without_maps(tmp_path: Path) -> None:
    save_model(tmp_path, make_card("mlp", {"size": 32, "hidden": 5}))
    answers = load_predictor(str(tmp_path), "cpu").predict([make_film()], with_blocks=True)
    assert _analyses(answers)[0].feature_maps == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"labels": ("NORMAL", "PNEUMONIA", "OTHER")}, "one score for each label"),
        ({"config": TINY | {"head": "flatten", "size": 64}, "architecture": "gap_cnn"}, "do not fit"),
    ],
)
def test_a_model_that_does_not_do_what_its_card_says_does_not_load(
    tmp_path: Path, changes: dict[str, object], complaint: str
) -> None:
    card = save_model(tmp_path)
    write_card(card.model_copy(update=changes), tmp_path)
    with pytest.raises(ModelUnavailable, match=complaint):
        load_predictor(str(tmp_path), "cpu")


def test_a_card_with_another_input_than_the_networks_does_not_load(tmp_path: Path) -> None:
    card = save_model(tmp_path, make_card("simple_cnn", {"classes": 2}))
    wider = card.input.model_copy(update={"height": 64, "width": 64})
    write_card(card.model_copy(update={"input": wider}), tmp_path)
    with pytest.raises(ModelUnavailable, match=r"does not take the input its card names: .*32x32"):
        load_predictor(str(tmp_path), "cpu")


def test_a_network_whose_answer_is_not_finite_does_not_load(tmp_path: Path) -> None:
    card = make_card(calibration=Calibration(temperature=1.0, fitted_on="nothing"))
    network = make_network(card)
    network.head.linear.weight.data.fill_(3e38)
    network.features.block2.norm.bias.data.fill_(3e38)
    from radassist.networks.weights import save_network

    save_network(card, network, tmp_path)
    with pytest.raises(ModelUnavailable, match="Model tiny does not work"):
        load_predictor(str(tmp_path), "cpu")


@pytest.mark.parametrize("with_blocks", [False, True])
@pytest.mark.parametrize(
    ("warn_beyond", "refuse_beyond", "refused", "warned"),
    [(1e-6, 1e-6, True, False), (1e-6, None, False, True), (1e-6, 1e6, False, True), (1e6, None, False, False)],
)
def test_a_film_unlike_the_training_films_is_warned_of_or_refused(
    tmp_path: Path, warn_beyond: float, refuse_beyond: float | None, refused: bool, warned: bool, with_blocks: bool
) -> None:
    digest = save_feature_distance(FeatureDistance(np.zeros(6), np.eye(6)), tmp_path)
    guard = FeatureGuard(
        block="block2", warn_beyond=warn_beyond, refuse_beyond=refuse_beyond, rule="", fitted_on="", sha256=digest
    )
    save_model(tmp_path, make_card(guard=Guard(features=guard)))
    answer = load_predictor(str(tmp_path), "cpu").predict([make_film()], with_blocks=with_blocks)[0]
    assert isinstance(answer, RefusedImage if refused else Analysis)
    if isinstance(answer, Analysis):
        assert ("UNLIKE_TRAINING" in [notice.code for notice in answer.notices]) == warned
        assert answer.prediction.decision == (UNDETERMINED if warned else answer.prediction.label)
        assert len(answer.feature_maps) == (2 if with_blocks else 0)


def test_the_module_imports_no_torch_before_a_model_is_loaded() -> None:
    code = "import sys; import radassist.inference.predictor; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
