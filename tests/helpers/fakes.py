"""Small stand-ins for the decoder pool and the model: instant, deterministic, and able to misbehave on request."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from radassist.domain.analysis import Analysis, BlockSpec, FeatureMap, ModelFacts, Prediction, Provenance
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import DecodeError, UserError
from radassist.domain.geometry import Geometry
from radassist.domain.prepared import AnyFilm, InputShape, PreparedFilm
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import FileFacts, Notice, Radiograph, Window
from radassist.domain.reading import Opinion, ReaderAnswer, SeenScore
from radassist.domain.study import FilmSource, Identity, Instance
from radassist.domain.tags import TagList, TagRow
from radassist.domain.threshold_rule import OperatingPoint, ThresholdRule
from radassist.domain.track_record import TrackRecord, operating_point
from radassist.domain.worklist import WorklistItem
from radassist.inference.preparing import prepare
from radassist.workflow.services import Services

BLOCKS = (
    BlockSpec("block1", "features.0", stride=2, title="Block 1: edges, 4 channels"),
    BlockSpec("block2", "features.1", stride=8, title="Block 2: shapes, 6 channels"),
)
FACTS = ModelFacts(
    model="fake",
    title="Fake model",
    sha256="ab" * 32,
    labels=("NORMAL", "PNEUMONIA"),
    threshold=0.5,
    blocks=BLOCKS,
    device="CPU (fake)",
    preprocessing="v1 fake 32 x 32",
    population="Nobody.",
)
INPUT_SIZE = (32, 32)
RECORD = TrackRecord(positive=(0.3, 0.6, 0.7, 0.9), negative=(0.1, 0.2, 0.4, 0.65))
FINISHED_AT = datetime(2024, 5, 17, 10, 30, tzinfo=UTC)


def make_film(
    name: str = "film.dcm",
    *,
    size: tuple[int, int] = (96, 64),
    notices: tuple[Notice, ...] = (),
    identity: Identity | None = None,
) -> Radiograph:
    """An 8-bit film whose pixels and digest follow from `name` alone."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
    pixels = np.random.default_rng(list(digest)).integers(0, 256, size, dtype=np.uint8)
    return Radiograph(
        pixels=pixels,
        bits_stored=8,
        windows=(Window(128.0, 256.0, name="Full range"),),
        identity=identity or Identity(),
        facts=FileFacts(format="DICOM", sha256=digest.hex(), decode_ms=4.0),
        notices=notices,
    )


def make_analysis(film: AnyFilm, *, probability: float | None = None, with_blocks: bool = False) -> Analysis:
    """An analysis of `film`; its probability of PNEUMONIA follows from the film's digest unless given."""
    positive = int(film.facts.sha256[:4], 16) / 0xFFFF if probability is None else probability
    return Analysis(
        film_sha256=film.facts.sha256,
        prediction=Prediction(
            labels=FACTS.labels,
            scores=(0.0, positive),
            probabilities=(1 - positive, positive),
            threshold=FACTS.threshold,
            decision="PNEUMONIA" if positive >= FACTS.threshold else "NORMAL",
        ),
        provenance=Provenance(
            model=FACTS.model,
            model_sha256=FACTS.sha256,
            preprocessing=FACTS.preprocessing,
            device=FACTS.device,
            decode_ms=film.facts.decode_ms,
            predict_ms=2.5,
            finished_at=FINISHED_AT,
        ),
        notices=film.notices,
        geometry=Geometry(film_size=(film.height, film.width), input_size=INPUT_SIZE),
        feature_maps=_feature_maps(film) if with_blocks else (),
    )


def _feature_maps(film: AnyFilm) -> tuple[FeatureMap, ...]:
    random = np.random.default_rng(list(bytes.fromhex(film.facts.sha256)))
    return tuple(
        FeatureMap(block, random.random((channels, INPUT_SIZE[0] // block.stride, INPUT_SIZE[1] // block.stride), "f4"))
        for block, channels in zip(BLOCKS, (4, 6), strict=True)
    )


@dataclass
class FakeLoader:
    """Answers every file at once: with `outcomes[name]` (a film, or an exception), else with `make_film(name)`.

    Attributes:
        held: Names whose futures stay open until `release(name)`.
        identities: What the headers say, by name.
        tags: All that they say, by name; a name and nothing else for other files.
        submitted: Names in the order they were asked for.
    """

    outcomes: Mapping[str, Radiograph | BaseException] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    submitted: list[str] = field(default_factory=list)
    closed: bool = False
    identities: Mapping[str, Identity] = field(default_factory=dict)
    tags: Mapping[str, TagList] = field(default_factory=dict)
    states: Mapping[str, PresentationState] = field(default_factory=dict)
    _open: dict[str, Future[Radiograph]] = field(default_factory=dict)

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        self.submitted.append(source.name)
        future: Future[Radiograph] = Future()
        self._open[source.name] = future
        if source.name not in self.held:
            self.release(source.name)
        return future

    def release(self, name: str) -> None:
        future = self._open.pop(name)
        if not future.set_running_or_notify_cancel():
            return
        outcome = self.outcomes.get(name) or make_film(name)
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    def prepare(self, source: FilmSource, shape: InputShape) -> "Future[PreparedFilm]":
        return _prepared(self.submit(source), shape)

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        future: Future[Identity | None] = Future()
        future.set_result(self.identities.get(source.name))
        return future

    def read_presentation(self, source: FilmSource) -> "Future[PresentationState]":
        future: Future[PresentationState] = Future()
        if source.name in self.states:
            future.set_result(self.states[source.name])
        else:
            future.set_exception(DecodeError(f"{source.name} names no film it is meant for."))
        return future

    def read_tags(self, source: FilmSource) -> "Future[TagList]":
        future: Future[TagList] = Future()
        row = TagRow(0, "(0010,0010)", "PN", "Patient's Name", source.name)
        future.set_result(self.tags.get(source.name, TagList("DICOM", (row,))))
        return future

    def close(self) -> None:
        self.closed = True


@dataclass
class FakePredictor:
    """A model that needs no network.

    Attributes:
        point: The threshold in force.
        answers: By film digest: an analysis, or why there is none. Every other film gets `make_analysis`.
        poison: Digests of films that make a whole `predict` call raise.
        calls: Number of films of each `predict` call.
    """

    answers: Mapping[str, Analysis | UserError] = field(default_factory=dict)
    poison: Mapping[str, Exception] = field(default_factory=dict)
    calls: list[int] = field(default_factory=list)
    before_predict: Callable[[], object] = lambda: None
    point: OperatingPoint = FACTS.point

    @property
    def facts(self) -> ModelFacts:
        if self.point == FACTS.point:
            return FACTS
        threshold, set_by = self.point.threshold, self.point.set_by
        return replace(FACTS, threshold=threshold, threshold_by=set_by, card_threshold=FACTS.threshold)

    def decide_by(self, rule: ThresholdRule | None) -> ModelFacts:
        self.point = fake_point(rule)
        return self.facts

    @property
    def shape(self) -> InputShape:
        return InputShape(*INPUT_SIZE)

    def predict(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> list[Analysis | UserError]:
        self.calls.append(len(films))
        self.before_predict()
        for film in films:
            if film.facts.sha256 in self.poison:
                raise self.poison[film.facts.sha256]
        answers = [
            self.answers.get(film.facts.sha256) or make_analysis(film, with_blocks=with_blocks) for film in films
        ]
        return [answer.at(self.point) if isinstance(answer, Analysis) else answer for answer in answers]


def fake_point(rule: ThresholdRule | None) -> OperatingPoint:
    """What `rule` asks for of `RECORD`."""
    return FACTS.point if rule is None else operating_point(rule, RECORD)


OTHER_FACTS = replace(FACTS, model="other", title="Other model", sha256="cd" * 32, threshold=0.25)


class OtherPredictor(FakePredictor):
    """A second model: its facts are `OTHER_FACTS`, every film has a probability of 0.375."""

    @property
    def facts(self) -> ModelFacts:
        return OTHER_FACTS

    def predict(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> list[Analysis | UserError]:
        return [
            self._own(answer) if isinstance(answer, Analysis) else answer
            for answer in super().predict(films, with_blocks=with_blocks)
        ]

    def _own(self, answer: Analysis) -> Analysis:
        said = replace(answer.prediction, probabilities=(0.625, 0.375), threshold=0.25, decision="PNEUMONIA")
        made = replace(answer.provenance, model=OTHER_FACTS.model, model_sha256=OTHER_FACTS.sha256)
        return replace(answer, prediction=said, provenance=made)


def _prepared(film: "Future[Radiograph]", shape: InputShape) -> "Future[PreparedFilm]":
    """The future of `film` made ready; ends as it does, and cancels it."""
    prepared: Future[PreparedFilm] = Future()

    def hand_on(read: "Future[Radiograph]") -> None:
        if read.cancelled():
            prepared.cancel()
        elif prepared.set_running_or_notify_cancel():
            try:
                prepared.set_result(prepare(read.result(), shape))
            except BaseException as error:
                prepared.set_exception(error)

    film.add_done_callback(hand_on)
    prepared.add_done_callback(lambda done: film.cancel() if done.cancelled() else None)
    return prepared


def fake_discover(paths: Sequence[Path], cancel: CancelToken) -> Iterator[Instance]:
    """Every path is a film, whether it exists or not."""
    for path in paths:
        cancel.raise_if_cancelled()
        yield Instance(FilmSource(path))


def make_services(
    loader: FakeLoader | None = None, predictor: FakePredictor | None = None, *, batch_size: int = 4
) -> Services:
    """Services over fakes."""
    model = predictor or FakePredictor()
    return Services(
        discover=fake_discover, loader=loader or FakeLoader(), make_predictor=lambda: model, batch_size=batch_size
    )


def make_items(*names: str) -> list[WorklistItem]:
    """Waiting worklist items for files of these names."""
    return [WorklistItem(number, FilmSource(Path("films") / name)) for number, name in enumerate(names)]


@dataclass
class FakeScorer:
    """A model whose positive probability is `rule(picture)`, by default the mean grey over 255.

    Attributes:
        pictures: Everything it was asked about.
    """

    rule: Callable[[np.ndarray], float] = lambda picture: float(picture.mean()) / 255
    pictures: list[np.ndarray] = field(default_factory=list)

    def score(self, pictures: Sequence[np.ndarray]) -> list[Prediction]:
        self.pictures += pictures
        film = make_film()
        return [make_analysis(film, probability=self.rule(picture)).prediction for picture in pictures]


def make_answer(film_sha256: str = "ab" * 32, opinion: Opinion = Opinion.AGREE, **changes: Any) -> ReaderAnswer:
    """A reader's answer to the decision PNEUMONIA of the fake model; `changes` replace its fields."""
    seen = SeenScore(FACTS.model, FACTS.sha256, probability=0.75, threshold=FACTS.threshold, decision="PNEUMONIA")
    return ReaderAnswer(
        **({"film_sha256": film_sha256, "opinion": opinion, "answered_at": FINISHED_AT, "seen": seen} | changes)
    )
