from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import make_film
from helpers.models import make_card
from numpy.typing import NDArray
from PIL import Image

from radassist.domain.errors import RefusedImage
from radassist.domain.prepared import InputShape
from radassist.domain.radiograph import Notice, Window
from radassist.domain.study import Identity
from radassist.inference.guard import RULES, GuardedFilm, check_film
from radassist.inference.preparing import prepare
from radassist.networks.card import Guard, ModelCard


def _guarded(
    identity: Identity | None = None, grey8: NDArray[np.uint8] | None = None, card: ModelCard | None = None
) -> GuardedFilm:
    film = make_film(identity=identity or Identity())
    if grey8 is not None:
        film = replace(film, pixels=grey8)
    return GuardedFilm(prepare(film, InputShape(32, 32)), card or make_card(ages=(1, 5)))


def _codes(guarded: GuardedFilm) -> list[str]:
    return [notice.code for notice in check_film(guarded)]


def _refusal(guarded: GuardedFilm) -> RefusedImage:
    with pytest.raises(RefusedImage) as refusal:
        check_film(guarded)
    return refusal.value


@pytest.mark.parametrize("modality", ["CR", "DX", "RG", "", "OT", "SC", "cr"])
@pytest.mark.parametrize("part", ["", "CHEST", "THORAX", "Chest, PA", "CHEST_TO_ABDOMEN", "RIBS"])
@pytest.mark.parametrize("view", ["", "PA", "AP", "ap"])
def test_a_frontal_chest_film_passes_without_a_word(modality: str, part: str, view: str) -> None:
    assert _codes(_guarded(Identity(modality=modality, body_part=part, view=view, age_years=3.0))) == []


@pytest.mark.parametrize("modality", ["CT", "MR", "US", "NM", "PT", "MG", "XA", "RF", "IO", "PX", "SM", "ES", "ECG"])
def test_what_is_no_plain_film_is_refused_by_its_modality(modality: str) -> None:
    refusal = _refusal(_guarded(Identity(modality=modality, body_part="CHEST")))
    assert refusal.code == "WRONG_MODALITY"
    assert str(refusal).endswith(", not a chest X-ray film, so it gets no score.")


def test_a_modality_nobody_knows_is_named_without_its_tricks() -> None:
    refusal = _refusal(_guarded(Identity(modality="<b>ZZ</b>\n")))
    assert "an image of modality B ZZ B" in str(refusal)


@pytest.mark.parametrize("part", ["HAND", "SKULL", "ABDOMEN", "Left Knee", "PELVIS", "CSPINE", "EXTREMITY"])
def test_another_part_of_the_body_is_refused(part: str) -> None:
    refusal = _refusal(_guarded(Identity(modality="CR", body_part=part)))
    assert refusal.code == "NOT_CHEST"
    assert part.upper() in str(refusal)


@pytest.mark.parametrize("view", ["LL", "RL", "LATERAL", "lat"])
def test_a_lateral_film_is_warned_of_or_refused_as_the_card_says(view: str) -> None:
    identity = Identity(modality="DX", view=view)
    assert _codes(_guarded(identity)) == ["LATERAL", "AGE_UNKNOWN"]
    refusing = make_card(guard=Guard(lateral="refuse"))
    assert _refusal(_guarded(identity, card=refusing)).code == "LATERAL"


def test_an_unusual_view_is_named() -> None:
    notices = check_film(_guarded(Identity(view="RAO", age_years=3.0)))
    assert [notice.code for notice in notices] == ["VIEW"]
    assert "RAO" in notices[0].sentence


@pytest.mark.parametrize(
    ("view", "known", "codes"),
    [
        ("PA", ("AP",), ["PROJECTION"]),
        ("AP", ("PA",), ["PROJECTION"]),
        ("ap supine", ("PA",), ["PROJECTION"]),
        ("AP ERECT", ("AP",), []),
        ("PA", ("AP", "PA"), []),
        ("PA", (), []),
        ("", ("AP",), []),
        ("FRONTAL", ("AP",), []),
        ("LL", ("AP",), ["LATERAL"]),
    ],
)
def test_a_film_taken_the_other_way_than_the_training_films_is_told(view, known, codes) -> None:
    assert _codes(_guarded(Identity(view=view), card=make_card(views=known))) == codes


def test_the_sentence_names_both_ways() -> None:
    (notice,) = check_film(_guarded(Identity(view="PA"), card=make_card(views=("AP",))))
    assert notice.sentence == "The film is PA; the model learned from AP films only."


@pytest.mark.parametrize(
    ("age", "codes"), [(None, ["AGE_UNKNOWN"]), (1.0, []), (5.9, []), (0.5, ["AGE"]), (6.0, ["AGE"]), (71.2, ["AGE"])]
)
def test_an_age_the_model_never_saw_is_warned_of(age: float | None, codes: list[str]) -> None:
    assert _codes(_guarded(Identity(age_years=age))) == codes


def test_the_sentence_about_age_holds_the_models_ages_and_not_the_patients() -> None:
    baby, grown = (check_film(_guarded(Identity(age_years=age)))[0].sentence for age in (0.25, 71.0))
    assert baby == "The patient is younger than those the model learned from (1 to 5 years)."
    assert grown == "The patient is older than those the model learned from (1 to 5 years)."


def test_a_film_that_tells_no_age_is_met_with_the_ages_the_model_knows() -> None:
    (notice,) = check_film(_guarded(Identity()))
    assert notice.sentence == (
        "The film does not say how old the person is; the model learned from people of 1 to 5 years only."
    )


@pytest.mark.parametrize("age", [90.0, None])
def test_a_card_without_ages_says_nothing_of_age(age: float | None) -> None:
    assert _codes(_guarded(Identity(age_years=age), card=make_card())) == []


@pytest.mark.parametrize(("size", "refused"), [((63, 200), True), ((200, 63), True), ((64, 64), False)])
def test_a_thumbnail_is_refused(size: tuple[int, int], refused: bool) -> None:
    grey8 = np.random.default_rng(1).integers(0, 256, size, dtype=np.uint8)
    if refused:
        assert _refusal(_guarded(grey8=grey8)).code == "TOO_SMALL"
    else:
        assert _codes(_guarded(grey8=grey8, card=make_card())) == []


def test_an_even_grey_is_refused_even_with_a_marker_in_the_corner() -> None:
    grey8 = np.full((300, 300), 90, np.uint8)
    grey8[:30, :30] = 255
    assert _refusal(_guarded(grey8=grey8)).code == "BLANK"


def test_the_first_refusal_ends_the_questions_and_notices_keep_their_order() -> None:
    asked: list[str] = []

    def says(name: str, finding: Notice | RefusedImage | None):  # type: ignore[no-untyped-def]
        def rule(_guarded: GuardedFilm) -> Notice | RefusedImage | None:
            asked.append(name)
            return finding

        return rule

    one, two = Notice("ONE", "One."), Notice("TWO", "Two.")
    assert check_film(_guarded(), (says("a", one), says("b", None), says("c", two))) == (one, two)
    with pytest.raises(RefusedImage):
        check_film(_guarded(), (says("d", RefusedImage("No.", "NO")), says("e", one)))
    assert asked == ["a", "b", "c", "d"]


def test_every_rule_is_in_the_table_once() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES) == 6


@pytest.mark.shared
def test_no_real_chest_film_is_refused(shared_data: Path) -> None:
    folders = ("kermany_originals/NORMAL", "kermany_originals/PNEUMONIA", "adult_probe/normal", "adult_probe/pneumonia")
    paths = [path for folder in folders for path in sorted((shared_data / folder).iterdir())[:15]]
    assert len(paths) == 60
    for path in paths:
        with Image.open(path) as film:
            grey8 = np.asarray(film.convert("L"))
        assert _codes(_guarded(grey8=grey8)) == ["AGE_UNKNOWN"], path.name


def test_the_guard_judges_the_film_as_shown_and_not_its_stored_values() -> None:
    film = replace(make_film(), windows=(Window(10_000.0, 2.0),))
    assert _refusal(GuardedFilm(prepare(film, InputShape(32, 32)), make_card())).code == "BLANK"
