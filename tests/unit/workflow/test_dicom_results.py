"""The loop that writes results of films as DICOM objects."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import FakeLoader, make_analysis, make_film, make_items, make_services

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.dicom_results import DicomKind, MapOverFilm, NoDicomFilm, ReaderView, ScoredFilm
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Window
from radassist.workflow.dicom_results import ResultWish, deepest_map, outlined, write_results


class Writer:
    """Remembers what it was given."""

    def __init__(self, *not_dicom: str) -> None:
        self.not_dicom = not_dicom
        self.written: list[tuple[ScoredFilm, str]] = []

    def check(self, item) -> None:
        if item.source.name in self.not_dicom:
            raise NoDicomFilm("it is a picture")

    def write(self, scored, kinds, folder, stem) -> None:
        self.written.append((scored, stem))


def wishes(*names: str) -> list[ResultWish]:
    items = [item.started().scored(make_analysis(make_film(item.source.name))) for item in make_items(*names)]
    return [ResultWish(item, item.source.path.stem) for item in items]


def run(wanted, writer, kinds=(DicomKind.SC,), cancel=None, services=None):
    return list(write_results(wanted, kinds, Path("out"), services or make_services(), writer, cancel or CancelToken()))


def test_every_film_is_written_and_pictures_are_counted_as_left_out():
    writer = Writer("two.png")
    steps = run(wishes("one.dcm", "two.png", "three.dcm"), writer)
    assert [(step.done, step.written) for step in steps] == [(0, False), (1, True), (2, False), (3, True)]
    assert [stem for _, stem in writer.written] == ["one", "three"]
    assert steps[1].film_sha256 == make_film("one.dcm").facts.sha256


def test_a_report_alone_reads_no_pixels():
    loader = FakeLoader()
    run(wishes("one.dcm"), Writer(), [DicomKind.SR], services=make_services(loader))
    assert loader.submitted == []


def test_the_map_is_that_of_the_deepest_block_where_none_is_named():
    writer = Writer()
    run(wishes("one.dcm"), writer)
    ((scored, _),) = writer.written
    assert scored.shown is not None and scored.shown.label == "block2 mean" and scored.shown.outlines


def test_how_the_film_was_looked_at_reaches_the_writer():
    writer, view = Writer(), ReaderView(Window(1.0, 2.0))
    (wish,) = wishes("one.dcm")
    run([replace(wish, view=lambda film: view)], writer)
    assert writer.written[0][0].view is view


def test_a_film_that_changed_since_it_was_scored_ends_the_writing():
    services = make_services(FakeLoader({"one.dcm": make_film("another.dcm")}))
    with pytest.raises(UserError, match="has changed since it was scored"):
        run(wishes("one.dcm"), Writer(), services=services)


def test_a_film_without_a_score_is_a_mistake_that_is_told():
    with pytest.raises(UserError, match="has no score"):
        run([ResultWish(make_items("one.dcm")[0], "one")], Writer())


def test_it_stops_between_two_films():
    cancel, writer = CancelToken(), Writer()
    steps = write_results(wishes("one.dcm", "two.dcm"), [DicomKind.SC], Path("out"), make_services(), writer, cancel)
    assert [next(steps).done, next(steps).done] == [0, 1]
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
    assert len(writer.written) == 1


def test_a_network_without_maps_and_a_map_without_signal_have_no_outline():
    assert deepest_map(make_analysis(make_film(), with_blocks=False)) is None
    flat = MapOverFilm(np.zeros((3, 4), np.float32), (8.0, 8.0), (0.0, 1.0), "flat")
    assert outlined(flat).outlines == ()


def test_the_map_of_another_model_never_stands_beside_a_score():
    (wish,) = wishes("one.dcm")
    scored = wish.item.analysis
    by_another = replace(scored, provenance=replace(scored.provenance, model_sha256="cd" * 32))
    writer = Writer()
    with pytest.raises(UserError, match="was scored by another model"):
        run([replace(wish, item=replace(wish.item, analysis=by_another))], writer)
    assert writer.written == []
