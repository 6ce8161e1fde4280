"""The loop that makes de-identified copies."""

import pytest
from helpers.fakes import FakeLoader, make_analysis, make_film, make_items, make_services

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.deidentification import BURNED_IN_TAG, DeidentifyOptions, Outcome
from radassist.domain.errors import DecodeError
from radassist.domain.tags import TagList, TagRow
from radassist.workflow.deidentify import deidentify

CLEAN = TagList("DICOM", (TagRow(0, BURNED_IN_TAG, "CS", "Burned In Annotation", "NO"),))
NOTHING = DeidentifyOptions()
LOOKED = DeidentifyOptions(takes_burned_in=True)


class Writer:
    def __init__(self) -> None:
        self.written: list[object] = []
        self.labels: tuple[str, ...] | None = None

    def write(self, tags, film, analysis) -> None:
        self.written.append((tags.format, film.facts.sha256, analysis))

    def finish(self, labels) -> None:
        self.labels = labels


def outcomes(loader: FakeLoader, writer: Writer, options=NOTHING, names=("one.dcm", "two.dcm")):
    steps = deidentify(make_items(*names), options, make_services(loader), writer, CancelToken())
    return [step.outcome for step in steps]


def test_films_that_do_not_say_they_have_no_writing_are_left_out_unless_somebody_looked() -> None:
    writer, loader = Writer(), FakeLoader(tags={"one.dcm": CLEAN})
    assert outcomes(loader, writer) == [None, Outcome.WRITTEN, Outcome.BURNED_IN]
    assert loader.submitted == ["one.dcm"]
    assert outcomes(loader, writer, LOOKED) == [None, Outcome.WRITTEN, Outcome.WRITTEN]
    assert writer.labels == ()


def test_what_gives_no_film_is_left_out_and_the_rest_goes_on() -> None:
    loader = FakeLoader({"one.dcm": DecodeError("one.dcm is damaged.")})
    assert outcomes(loader, Writer(), LOOKED) == [None, Outcome.UNREADABLE, Outcome.WRITTEN]


def test_a_score_goes_with_the_very_film_it_was_made_of() -> None:
    film = make_film("one.dcm")
    (item,) = make_items("one.dcm")
    scored = item.started().scored(make_analysis(film))
    for known, is_there in ((film, True), (make_film("changed.dcm"), False)):
        writer = Writer()
        list(deidentify([scored], LOOKED, make_services(FakeLoader({"one.dcm": known})), writer, CancelToken()))
        assert (writer.written[0][2] is not None) is is_there
        assert writer.labels == ("NORMAL", "PNEUMONIA")


def test_it_stops_between_two_films_and_writes_no_table() -> None:
    cancel, writer = CancelToken(), Writer()
    steps = deidentify(make_items("one.dcm", "two.dcm"), LOOKED, make_services(), writer, cancel)
    next(steps)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
    assert len(writer.written) == 1 and writer.labels is None
