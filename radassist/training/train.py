"""From labelled films to a model folder, as a generator of events; the command line only draws progress."""

import re
import shutil
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import nn

from radassist import __version__
from radassist.domain.cancellation import CancelToken, cancellable
from radassist.domain.errors import UserError
from radassist.export.files import check_writable, make_folder
from radassist.inference.device import choose_device
from radassist.inference.feature_guard import save_feature_distance
from radassist.inference.probes import save_probes
from radassist.networks.card import (
    CARD_NAME,
    MODEL_ID,
    Guard,
    InputSpec,
    ModelCard,
    Probes,
    TrainingRun,
)
from radassist.networks.inspection import describe_blocks
from radassist.networks.packing import pack, unpack
from radassist.networks.preprocess import Preprocess
from radassist.networks.registry import create_network
from radassist.networks.weights import save_network
from radassist.training.beginning import read_beginning, take_weights
from radassist.training.calibrate import check_two_logits, fit_logit_scale, fold_offset
from radassist.training.checkpoint import TrainingState, has_checkpoint
from radassist.training.datasets import FilmSet, read_film_set
from radassist.training.events import (
    FilmsRead,
    FilmsScored,
    FilmsVaried,
    TrainEvent,
    TrainingFinished,
)
from radassist.training.extra import require_extra
from radassist.training.figures import training_curves
from radassist.training.guarding import GuardFilms, fit_guard
from radassist.training.loop import Trainer, check_wiring
from radassist.training.manifest import LEARNT_FROM, LabelledFilm, Split, check_labels, films_of, read_labelled_films
from radassist.training.options import TrainOptions, command_line
from radassist.training.probing import ProbeFilms, fit_probes
from radassist.training.publish import (
    DataDescription,
    HeldOut,
    TrainedNetwork,
    make_card,
    read_description,
    write_log,
    write_track_record,
)
from radassist.training.scoring import score_films
from radassist.training.varying import Variations, vary
from radassist.workflow.services import FilmLoader

LABELS = ("NORMAL", "PNEUMONIA")
_CHECKPOINTS = "checkpoint"


def train(options: TrainOptions, loader: FilmLoader, cancel: CancelToken) -> Iterator[TrainEvent]:
    """Train a network and leave a model folder in `options.out`.

    The folder is a model only when all of it is there: until then it holds checkpoints, to resume from.

    Raises:
        UserError: In one sentence, whatever the films, the options, the disk or the numbers do not allow.
        Cancelled: Within a step of `cancel`.
    """
    require_extra()
    _check_options(options)
    description = _description(options)
    network, options = _begin(options)
    sets = yield from _read_sets(options, network, loader, cancel)
    variations = Variations(options.recipe.varied_validation, options.recipe.strength, options.recipe.seed)
    judges = yield from cancellable(vary(sets.validation, variations), cancel)
    run = _Run(options, description, network, sets, _make_trainer(options, network, sets.fit, judges))
    if options.overfit_one_batch:
        yield check_wiring(network, run.trainer)
        return
    make_folder(options.out)
    check_writable(options.out / CARD_NAME)
    state = run.trainer.start(network)
    yield from run.trainer.run(state, options.out / _CHECKPOINTS, cancel)
    if state.best:
        network.load_state_dict(state.best)
    card = yield from _publish(run, state)
    if state.history:
        shutil.rmtree(options.out / _CHECKPOINTS)
    yield TrainingFinished(options.out, card)


def is_resumable(out: Path) -> bool:
    """Whether a training into the folder `out` was stopped after a whole epoch and can go on."""
    return has_checkpoint(out / _CHECKPOINTS)


@dataclass(frozen=True, slots=True, eq=False)
class _FilmSets:
    fit: FilmSet
    validation: FilmSet
    calibration: FilmSet
    originals: FilmSet | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    options: TrainOptions
    description: DataDescription
    network: nn.Module
    sets: _FilmSets
    trainer: Trainer


def _read_sets(
    options: TrainOptions, network: nn.Module, loader: FilmLoader, cancel: CancelToken
) -> Generator[FilmsRead, None, _FilmSets]:
    """Decode what training needs; films of other splits are not even opened."""
    films = read_labelled_films(options.data, seed=options.recipe.seed)
    for split in LEARNT_FROM:
        check_labels(films_of(films, split), LABELS, split)
    originals = _originals(options.originals, films_of(films, Split.FIT)) if options.originals else ()
    squash = Preprocess(_input_spec(options, network))
    sets = []
    for split, chosen in [*((split, films_of(films, split)) for split in LEARNT_FROM), (Split.FIT, originals)]:
        steps = read_film_set(split, chosen, LABELS, squash, loader)
        sets.append((yield from cancellable(steps, cancel)))
    return _FilmSets(*sets) if originals else _FilmSets(*sets[:-1])


def _originals(folder: Path, fit: Sequence[LabelledFilm]) -> tuple[LabelledFilm, ...]:
    """The films in `folder` that show patients who are learnt from; those of others are not opened."""
    patients = {film.patient for film in fit}
    films = [replace(film, split=Split.FIT) for film in read_labelled_films(folder) if film.patient in patients]
    if not films:
        raise UserError(f"None of the films in {folder} shows a patient of the fit split.")
    return tuple(films)


def _check_options(options: TrainOptions) -> None:
    out = options.out
    if not re.fullmatch(MODEL_ID, out.name):
        raise UserError(f"{out.name!r} cannot be a model's id: use small letters, digits, '.', '_' and '-'.")
    if (out / CARD_NAME).exists():
        raise UserError(f"There is already a model in {out}; choose another folder.")
    if options.recipe.epochs == 0 and not options.start_from:
        raise UserError("Without an epoch there is nothing to publish: name a model with --start-from.")
    if is_resumable(out) and not (options.resume or options.overfit_one_batch):
        raise UserError(f"A training was stopped in {out}; go on with --resume, or remove the folder.")


def _description(options: TrainOptions) -> DataDescription:
    return DataDescription(name=options.data.stem) if options.describe is None else read_description(options.describe)


def _begin(options: TrainOptions) -> tuple[nn.Module, TrainOptions]:
    """The network as training finds it, and the options with what it must be fed where earlier models decide that."""
    torch.manual_seed(options.recipe.seed)
    network: nn.Module = create_network(options.architecture, **options.config)
    # Found out now rather than after the last epoch.
    check_two_logits(network)
    if not options.start_from:
        return network, options
    beginning = read_beginning(options.start_from)
    take_weights(network, beginning)
    mean = beginning.input.mean[0] if options.mean is None else options.mean
    std = beginning.input.std[0] if options.std is None else options.std
    return network, replace(options, mean=mean, std=std)


def _input_spec(options: TrainOptions, network: nn.Module, fit: FilmSet | None = None) -> InputSpec:
    """The preprocessing: normalisation as asked for, else measured on the fit split once it is there."""
    channels, height, width = network.input_shape  # type: ignore[misc]  # torch types attributes as modules
    mean, std = options.mean, options.std
    if fit is not None:
        grey = fit.grey.float() / 255
        mean = round(float(grey.mean()), 3) if mean is None else mean
        std = max(0.01, round(float(grey.std()), 3)) if std is None else std
    return InputSpec(
        channels=channels,
        height=height,
        width=width,
        via=(options.via, options.via) if options.via else None,
        mean=(0.5 if mean is None else mean,) * channels,
        std=(0.25 if std is None else std,) * channels,
    )


def _make_trainer(options: TrainOptions, network: nn.Module, fit: FilmSet, validation: FilmSet) -> Trainer:
    return Trainer(
        options.recipe,
        Preprocess(_input_spec(options, network, fit)),
        fit,
        validation,
        torch.device(choose_device(options.device).name),
        workers=options.workers,
    )


def _publish(run: _Run, state: TrainingState) -> Generator[TrainEvent, None, ModelCard]:
    """Settle what follows the weights, and write all of it; the card comes last, and with it the folder is a model."""
    held_out = yield from _settle(run)
    preprocess, device, out = run.trainer.preprocess, run.trainer.device, run.options.out
    films = GuardFilms(run.sets.fit, run.sets.validation, run.sets.originals)
    guard = yield from fit_guard(run.network, films, preprocess, device)
    card = make_card(_trained_network(run, state), run.description, held_out, run.options.rule, run.options.store)
    if state.history:
        write_log(state.history, training_curves(state.history), out)
    features = None if guard is None else guard.card_entry(save_feature_distance(guard.distance, out))
    probes = yield from _probes(run)
    validated, temperature = held_out.validation.as_they_are, card.calibration.temperature
    record = write_track_record(validated, temperature, run.description.name, out)
    card = card.model_copy(update={"guard": Guard(features=features), "probes": probes, "track_record": record})
    return save_network(card, run.network, out)


def _probes(run: _Run) -> Generator[FilmsScored, None, Probes | None]:
    """Fit probes to the final weights and write them; what the card says of them."""
    films = ProbeFilms(run.sets.fit, run.sets.calibration, run.sets.validation)
    fitted = yield from fit_probes(run.network, films, run.trainer.preprocess, run.trainer.device)
    return None if fitted is None else fitted.card_entry(save_probes(fitted.probes, run.options.out))


def _settle(run: _Run) -> Generator[FilmsScored | FilmsVaried, None, HeldOut]:
    """Round the weights, fold the offset found on calibration into them, then score both held-out splits as in use."""
    options, preprocess, device = run.options, run.trainer.preprocess, run.trainer.device
    variations = Variations(options.varied_calibration, options.varied_strength, options.recipe.seed)
    validation = yield from vary(run.sets.validation, variations)
    calibration = yield from vary(run.sets.calibration, variations)
    unrounded = None
    if options.store != "float32":
        unrounded = yield from score_films(run.network, run.sets.validation, preprocess, device)
        run.network.load_state_dict(unpack(pack(run.network.state_dict(), options.store)))
    scale = fit_logit_scale((yield from score_films(run.network, calibration, preprocess, device)))
    fold_offset(run.network, scale.offset)
    validated = yield from score_films(run.network, validation, preprocess, device)
    calibrated = yield from score_films(run.network, calibration, preprocess, device)
    return HeldOut(scale, validated, calibrated, variations, unrounded)


def _training_run(options: TrainOptions, state: TrainingState) -> TrainingRun:
    return TrainingRun(
        command=command_line(options),
        epochs=state.epochs_done,
        best_epoch=state.best_epoch,
        seed=options.recipe.seed,
        minutes=round(sum(row.seconds for row in state.history) / 60, 1),
        code_version=__version__,
        recipe=asdict(options.recipe),
    )


def _trained_network(run: _Run, state: TrainingState) -> TrainedNetwork:
    options = run.options
    return TrainedNetwork(
        id=options.out.name,
        title=options.title or options.architecture,
        architecture=options.architecture,
        config=dict(options.config),
        labels=LABELS,
        spec=run.trainer.preprocess.spec,
        blocks=describe_blocks(run.network.cpu()),
        run=_training_run(options, state),
        films=len(run.sets.fit),
    )
