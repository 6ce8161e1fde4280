"""A loaded model as the use cases see it: films in, analyses or refusals out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import (
    Analysis,
    BlockSpec,
    FeatureMap,
    ModelFacts,
    Prediction,
    Provenance,
)
from radassist.domain.errors import ModelUnavailable, UserError
from radassist.domain.precision import Precision
from radassist.domain.prepared import AnyFilm, InputShape, PreparedFilm
from radassist.domain.radiograph import Notice
from radassist.domain.threshold_rule import OperatingPoint, ThresholdRule
from radassist.domain.track_record import TrackRecord, operating_point
from radassist.inference.backends import BackendMaker
from radassist.inference.calibration import make_prediction
from radassist.inference.device import choose_device
from radassist.inference.engine import EngineResult, FilmScore, InferenceEngine
from radassist.inference.feature_guard import FeatureDistance, check_distance, load_feature_distance, pooled_features
from radassist.inference.guard import GuardedFilm, check_film
from radassist.inference.preparing import prepare
from radassist.inference.probes import ProbeSet, load_probes
from radassist.networks.card import ModelCard, card_file, read_card
from radassist.networks.catalogue import default_model_id, find_model
from radassist.networks.preprocess import Preprocess
from radassist.networks.track_record import load_track_record


def load_predictor(
    model_id: str | None = None,
    device: str = "auto",
    precision: Precision = Precision.FLOAT32,
    *,
    cores: int | None = None,
) -> "ModelPredictor":
    """Load a model, ready to answer at full speed.

    Args:
        model_id: Name or folder of the model; None for the default one.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        precision: Of the arithmetic; all but float32 are for the CPU alone.
        cores: Of the CPU to compute on; None for all that there are.

    Raises:
        ModelUnavailable: If there is no such model or device, or the model does not do what its card says.
    """
    chosen = choose_device(device)
    folder = find_model(model_id or default_model_id())
    card = read_card(folder)
    distance = load_feature_distance(folder, card)
    engine = InferenceEngine(chosen, BackendMaker(folder, card, precision, cores=cores))
    predictor = ModelPredictor(card, engine, distance, load_probes(folder, card), load_track_record(folder, card))
    predictor.warm_up()
    return predictor


_COLOUR = "COLOUR"


@dataclass(frozen=True, slots=True, eq=False)
class _Passed:
    """A film that passed the guard's first rules, and what they said of it."""

    film: PreparedFilm
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """What the films of one batch have in common."""

    provenance: Provenance
    notices: tuple[Notice, ...]
    with_blocks: bool


class ModelPredictor:
    """Preprocessing, guard, network and calibration of one model. Used by one thread.

    Satisfies `radassist.workflow.services.Predictor`.
    """

    def __init__(
        self,
        card: ModelCard,
        engine: InferenceEngine,
        distance: FeatureDistance | None = None,
        probes: ProbeSet | None = None,
        record: TrackRecord | None = None,
    ) -> None:
        self._card = card
        self._engine = engine
        self._distance = distance
        self._probes = probes
        self._record = record
        self._point = OperatingPoint(card.operating_point.threshold)
        self._card_sha256 = hashlib.sha256(card_file(card)).hexdigest()
        self._preprocess = Preprocess.from_card(card)
        self._blocks = card.block_specs

    @property
    def facts(self) -> ModelFacts:
        """What the screen says of the model; the device changes when the engine had to fall back."""
        return ModelFacts(
            model=self._card.id,
            title=self._card.title,
            sha256=self._card.weights_sha256,
            labels=self._card.labels,
            threshold=self._point.threshold,
            threshold_by=self._point.set_by,
            card_threshold=self._card.operating_point.threshold,
            blocks=self._blocks,
            device=self._engine.words,
            preprocessing=self._preprocess.version,
            population=self._card.training_data.population,
            card_sha256=self._card_sha256,
            record=self._record,
        )

    @property
    def shape(self) -> InputShape:
        """What films are prepared for."""
        return self._preprocess.shape

    def decide_by(self, rule: ThresholdRule | None) -> None:
        """Decide at the threshold `rule` asks for from now on; None for that of the card.

        Raises:
            UserError: If `rule` takes a track record, and the model has none.
        """
        own = OperatingPoint(self._card.operating_point.threshold)
        self._point = own if rule is None else operating_point(rule, self._record)

    def warm_up(self) -> None:
        """Score a black film once: the first forward pass is slow, and a model that cannot do it is no model.

        Raises:
            ModelUnavailable: If the network does not take the input or give the labels its card names.
        """
        spec = self._card.input
        black = np.zeros((1, spec.height, spec.width), np.uint8)
        try:
            answer = self._engine.predict(black, self._blocks).answers[0]
        except UserError as error:
            raise ModelUnavailable(f"Model {self._card.id} does not take the input its card names: {error}") from error
        if isinstance(answer, UserError):
            raise ModelUnavailable(f"Model {self._card.id} does not work: {answer}")
        if answer.logits.shape != (len(self._card.labels),):
            raise ModelUnavailable(f"Model {self._card.id} does not give one score for each label of its card.")

    def predict(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> list[Analysis | UserError]:
        """One answer a film, in order: its analysis, or why no score may be given."""
        guarded = [self._guarded(film) for film in films]
        passed = [one for one in guarded if isinstance(one, _Passed)]
        scored = iter(self._score(passed, with_blocks=with_blocks))
        return [one if isinstance(one, UserError) else next(scored) for one in guarded]

    def score(self, pictures: Sequence[NDArray[np.uint8]]) -> list[Prediction]:
        """One prediction a picture, (H, W) uint8 as `to_grey8` makes them, in order, by network and calibration alone.

        The guard is not asked: what is scored here are variations of a film, not films.

        Raises:
            UserError: If a picture cannot be scored.
        """
        squashed = [self._preprocess.squash(picture) for picture in pictures]
        answers = self._engine.predict(np.stack(squashed)).answers if squashed else ()
        return [make_prediction(_logits(answer), self._card).at(self._point) for answer in answers]

    def _guarded(self, film: AnyFilm) -> _Passed | UserError:
        ready = film if isinstance(film, PreparedFilm) else prepare(film, self.shape)
        if ready.shape != self.shape:  # the model was changed after the film was read
            return UserError("The film was prepared for another model. Score it again.")
        try:
            return _Passed(ready, check_film(GuardedFilm(ready, self._card)))
        except UserError as error:
            return error

    def _score(self, passed: Sequence[_Passed], *, with_blocks: bool) -> list[Analysis | UserError]:
        if not passed:
            return []
        blocks = self._blocks if with_blocks else self._guarded_blocks()
        result = self._engine.predict(np.stack([one.film.fed for one in passed]), blocks)
        run = _Run(self._provenance(result), result.notices, with_blocks)
        return [
            answer if isinstance(answer, UserError) else self._conclude(one, answer, blocks, run)
            for one, answer in zip(passed, result.answers, strict=True)
        ]

    def _conclude(self, one: _Passed, score: FilmScore, blocks: Sequence[BlockSpec], run: _Run) -> Analysis | UserError:
        maps = tuple(FeatureMap(block, activations) for block, activations in zip(blocks, score.maps, strict=True))
        try:
            unlike = self._check_features(maps, one.film)
        except UserError as error:
            return error
        prediction = make_prediction(score.logits, self._card).at(self._point)
        if unlike:  # a score that must not be relied on carries no decision
            prediction = prediction.left_open()
        return Analysis(
            film_sha256=one.film.facts.sha256,
            prediction=prediction,
            provenance=replace(run.provenance, decode_ms=one.film.facts.decode_ms),
            notices=(*one.film.notices, *one.notices, *unlike, *run.notices),
            geometry=one.film.geometry,
            feature_maps=maps if run.with_blocks else (),
            opinions=self._probes.opinions(maps) if run.with_blocks and self._probes else (),
        )

    def _check_features(self, maps: Sequence[FeatureMap], film: PreparedFilm) -> tuple[Notice, ...]:
        guard = self._card.guard.features
        if guard is None or self._distance is None:
            return ()
        guarded = next(found for found in maps if found.block.name == guard.block)
        distance = self._distance.of(pooled_features(guarded.activations[None]))[0]
        has_colours = any(notice.code == _COLOUR for notice in film.notices)
        notice = check_distance(float(distance), guard, has_colours=has_colours)
        return () if notice is None else (notice,)

    def _guarded_blocks(self) -> tuple[BlockSpec, ...]:
        guard = self._card.guard.features
        return tuple(block for block in self._blocks if guard is not None and block.name == guard.block)

    def _provenance(self, result: EngineResult) -> Provenance:
        """Of a film of this batch, but for the time its own decoding took."""
        return Provenance(
            model=self._card.id,
            model_sha256=self._card.weights_sha256,
            preprocessing=self._preprocess.version,
            device=self._engine.words,
            decode_ms=0.0,
            predict_ms=1000 * result.seconds / len(result.answers),
            finished_at=datetime.now().astimezone(),
            card_sha256=self._card_sha256,
        )


def _logits(answer: FilmScore | UserError) -> NDArray[np.float64]:
    if isinstance(answer, UserError):
        raise answer
    return answer.logits
