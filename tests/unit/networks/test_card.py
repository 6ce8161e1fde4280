import json
from pathlib import Path

import pytest
from helpers.models import make_card
from pydantic import ValidationError

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import (
    CARD_NAME,
    Conformal,
    FeatureGuard,
    Guard,
    InputSpec,
    ModelCard,
    read_card,
    write_card,
)


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    card = make_card(
        conformal=Conformal(error_rate=0.05, quantiles=(0.4, 0.6), fitted_on="calibration"),
        guard=Guard(
            lateral="refuse",
            features=FeatureGuard(block="block2", warn_beyond=9.5, rule="99 %", fitted_on="fit", sha256="0" * 64),
        ),
        ages=(1, 5),
    )
    write_card(card, tmp_path)
    assert read_card(tmp_path) == card


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"labels": ["A"]}, "labels: Tuple should have at least 2 items"),
        ({"labels": ["A", "A"]}, "labels are repeated"),
        ({"surprise": 1}, "surprise: Extra inputs are not permitted"),
        ({"weights_sha256": "abc"}, "weights_sha256"),
        (
            {"calibration": {"temperature": 0, "fitted_on": ""}},
            "calibration.temperature: Input should be greater than 0",
        ),
        ({"operating_point": {"threshold": 1.5, "rule": "", "chosen_on": ""}}, "operating_point.threshold"),
        ({"conformal": {"error_rate": 0.1, "quantiles": [0.5], "fitted_on": ""}}, "one figure a label"),
        (
            {"guard": {"features": {"block": "b", "warn_beyond": 1, "rule": "", "fitted_on": "", "sha256": "0" * 64}}},
            "not one of the blocks",
        ),
    ],
)
def test_a_card_that_contradicts_itself_is_refused_with_the_field(
    tmp_path: Path, changes: dict[str, object], complaint: str
) -> None:
    content = json.loads(make_card().model_dump_json()) | changes
    (tmp_path / CARD_NAME).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="not valid") as refusal:
        read_card(tmp_path)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"labels": NaN}'])
def test_a_file_that_is_no_card_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CARD_NAME).write_bytes(content)
    with pytest.raises(ModelUnavailable, match="not valid"):
        read_card(tmp_path)


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"card\.json cannot be read"):
        read_card(tmp_path)


@pytest.mark.parametrize("changes", [{"mean": (0.5,)}, {"std": (0.1, 0.1, 0.0)}, {"std": (0.1, 0.1)}])
def test_every_channel_has_a_mean_and_a_positive_deviation(changes: dict[str, tuple[float, ...]]) -> None:
    figures: dict[str, tuple[float, ...]] = {"mean": (0.5, 0.5, 0.5), "std": (0.2, 0.2, 0.2)}
    with pytest.raises(ValidationError):
        InputSpec(channels=3, height=32, width=32, **(figures | changes))


def test_the_readme_of_a_card_is_json_a_person_can_read(tmp_path: Path) -> None:
    write_card(make_card(), tmp_path)
    text = (tmp_path / CARD_NAME).read_text(encoding="utf-8")
    assert text.startswith("{\n  ")
    assert ModelCard.model_validate_json(text) == make_card()
