"""Results of received films are made once and laid into the outbox."""

from dataclasses import replace

import pytest
from helpers.fakes import make_analysis, make_film, make_items, make_services

from radassist.dicomnet.outbox import Outbox
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.dicom_results import DicomKind, NoDicomFilm
from radassist.domain.errors import StoreError
from radassist.domain.threshold_rule import Aim, OperatingPoint, ThresholdRule, set_here
from radassist.workflow.returned_results import ReturnedResults


class Writer:
    """Writes empty files, or fails as it is told."""

    def __init__(self) -> None:
        self.written = 0
        self.error: Exception | None = None

    def check(self, item) -> None:
        if isinstance(self.error, NoDicomFilm):
            raise self.error

    def write(self, scored, kinds, folder, stem) -> None:
        self.written += 1
        for kind in kinds:
            (folder / f"{stem}-{kind.value}.dcm").touch()
        if self.error:
            raise self.error


@pytest.fixture
def outbox(tmp_path) -> Outbox:
    outbox = Outbox(tmp_path)
    outbox.open()
    return outbox


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def recorded() -> list[str]:
    return []


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def results(outbox, writer, recorded, told) -> ReturnedResults:
    return ReturnedResults(outbox, [DicomKind.SR, DicomKind.SC], make_services(), writer, recorded.append, told.append)


@pytest.fixture
def item():
    (waiting,) = make_items("one.dcm")
    return waiting.started().scored(make_analysis(make_film("one.dcm")))


def test_a_film_has_its_results_once_however_often_it_comes(results, outbox, writer, item, recorded):
    for _ in range(2):
        results.offer(item, CancelToken())
    assert [file.name for file in outbox.waiting()] == ["result-sc.dcm", "result-sr.dcm"]
    for file in outbox.waiting():
        outbox.accepted(file)
    results.offer(item, CancelToken())
    assert writer.written == 1
    assert recorded == [item.film_sha256]


@pytest.mark.parametrize("change", ["threshold", "rule", "card", "model"])
def test_another_threshold_or_model_makes_results_of_its_own_and_the_way_back_makes_none(results, writer, item, change):
    results = replace(results, kinds=[DicomKind.SR])  # a picture would need the other model itself
    results.offer(item, CancelToken())
    results.offer(under_other_conditions(item, change), CancelToken())
    assert writer.written == 2
    results.offer(item, CancelToken())
    assert writer.written == 2


def under_other_conditions(item, change: str):
    analysis = item.analysis
    point, made = analysis.prediction.point, analysis.provenance
    if change == "threshold":
        return replace(item, analysis=analysis.at(OperatingPoint(0.9, set_here(ThresholdRule(Aim.VALUE, 0.9)))))
    if change == "rule":
        return replace(item, analysis=analysis.at(replace(point, set_by=set_here(ThresholdRule(Aim.YOUDEN)))))
    other = {"card": {"card_sha256": "ee" * 32}, "model": {"model_sha256": "ff" * 32}}[change]
    return replace(item, analysis=replace(analysis, provenance=replace(made, **other)))


def test_what_has_no_score_and_what_is_no_dicom_film_has_no_results(results, outbox, writer, item, told):
    results.offer(make_items("two.dcm")[0].started().failed("It is damaged."), CancelToken())
    writer.error = NoDicomFilm("it is a picture")
    results.offer(item, CancelToken())
    assert outbox.waiting() == told == []


def test_what_cannot_be_made_is_told_and_made_later(results, outbox, writer, item, told):
    writer.error = StoreError("The disk is full.")
    results.offer(item, CancelToken())
    assert outbox.waiting() == []
    assert told == ["The result of a film was not sent: The disk is full."]
    writer.error = None
    results.offer(item, CancelToken())
    assert len(outbox.waiting()) == 2


def test_what_cannot_be_recorded_does_not_leave(results, outbox, item, told):
    def fails(digest):
        raise StoreError("The record cannot be written.")

    replace(results, record=fails).offer(item, CancelToken())
    assert outbox.waiting() == []
    assert "The record cannot be written." in told[0]


def test_stopping_in_the_middle_leaves_nothing(results, outbox, writer, item):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        results.offer(item, token)
    assert outbox.waiting() == []
