"""What becomes of a film."""

import pytest
from helpers.fakes import make_analysis, make_film, make_items

from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage
from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.workflow.outcome import WrongFilm, check_same_film, conclude


@pytest.fixture
def running() -> WorklistItem:
    return make_items("a.dcm")[0].started()


def test_a_scored_item_keeps_the_analysis_without_its_feature_maps(running):
    film = make_film(identity=Identity(modality="DX"))

    item = conclude(running, make_analysis(film, with_blocks=True), film)

    assert item.state is ItemState.SCORED
    assert item.analysis.feature_maps == ()
    assert item.film_sha256 == film.facts.sha256
    assert item.identity.modality == "DX"


@pytest.mark.parametrize("error", [RefusedImage("No chest.", code="NOT_CHEST"), UnsupportedImage("A video.")])
def test_a_sound_file_without_a_score_is_refused_with_the_sentence(running, error):
    item = conclude(running, error)

    assert (item.state, item.reason) == (ItemState.REFUSED, str(error))


def test_a_damaged_file_is_failed_with_the_sentence(running):
    item = conclude(running, DecodeError("a.dcm is cut short."))

    assert (item.state, item.reason) == (ItemState.FAILED, "a.dcm is cut short.")


def test_a_refused_film_keeps_its_digest_identity_and_notices(running):
    film = make_film(notices=(Notice("MULTIFRAME", "Only the first frame is shown."),), identity=Identity(view="LL"))

    item = conclude(running, RefusedImage("A lateral film."), film)

    assert item.film_sha256 == film.facts.sha256
    assert item.identity.view == "LL"
    assert [notice.code for notice in item.notices] == ["MULTIFRAME"]


def test_a_film_that_can_no_longer_be_read_loses_the_digest_of_its_earlier_run(running):
    film = make_film()
    again = conclude(running, make_analysis(film), film).started()

    assert conclude(again, DecodeError("a.dcm is gone.")).film_sha256 == ""


def test_a_bug_becomes_one_sentence_with_its_type_but_without_its_text(running):
    item = conclude(running, KeyError("JOHN DOE"))

    assert item.state is ItemState.FAILED
    assert (
        item.reason == "a.dcm could not be scored because of an internal error (KeyError); the details are in the log."
    )


def test_an_analysis_of_another_film_is_never_accepted():
    with pytest.raises(WrongFilm):
        check_same_film(make_analysis(make_film("a")), make_film("b"))
