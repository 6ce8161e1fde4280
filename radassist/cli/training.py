"""What learns from or measures labelled films: options in, progress bars out."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from radassist.cli.terminal import check_exist, interruptible, progress_bar, say
from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import parse_rule
from radassist.networks.storage import Store
from radassist.training.manifest import Split
from radassist.training.options import EvaluateOptions, ProbeOptions, Recipe, TrainOptions, parse_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.progress import Progress

    from radassist.domain.cancellation import CancelToken
    from radassist.training.events import EpochMetrics, EvaluateEvent, ProbeEvent, TrainEvent, ValidateEvent
    from radassist.workflow.services import FilmLoader

    _Event = TrainEvent | EvaluateEvent | ProbeEvent | ValidateEvent

_RECIPE = Recipe()
_TRAIN = TrainOptions(Path(), "", Path())
_Films = Annotated[Path, Option("--data", metavar="DIR", help="A folder of label folders, or a manifest CSV.")]
_Device = Annotated[str, Option(help="auto, cpu, cuda or cuda:N.")]


def train(  # noqa: PLR0913  (one parameter an option)
    data: _Films,
    architecture: Annotated[str, Option("--arch", metavar="NAME", help="Which network to train.")],
    out: Annotated[Path, Option(metavar="DIR", help="Folder of the new model; its name becomes the model's id.")],
    epochs: Annotated[int, Option(min=0, help="0 publishes what --start-from names.")] = _RECIPE.epochs,
    batch_size: Annotated[int, Option(min=2)] = _RECIPE.batch_size,
    learning_rate: Annotated[float, Option(help="Its peak, after the warm-up.")] = _RECIPE.learning_rate,
    weight_decay: Annotated[float, Option()] = _RECIPE.weight_decay,
    warmup_epochs: Annotated[float, Option(min=0)] = _RECIPE.warmup_epochs,
    label_smoothing: Annotated[float, Option(min=0, max=0.5)] = _RECIPE.label_smoothing,
    average_decay: Annotated[float, Option(min=0, max=1, help="Of the moving average.")] = _RECIPE.average_decay,
    early_side: Annotated[int, Option(min=0, help="Shrink films to this side in early epochs.")] = _RECIPE.early_side,
    augment: Annotated[bool, Option(help="Vary the films.")] = _RECIPE.augment,
    strength: Annotated[float, Option(min=0, max=1, help="Of the variation.")] = _RECIPE.strength,
    varied_validation: Annotated[
        int, Option(min=0, metavar="N", help="Choose the epoch by N varied copies of each film, too.")
    ] = _RECIPE.varied_validation,
    seed: Annotated[int, Option()] = _RECIPE.seed,
    config: Annotated[list[str] | None, Option(metavar="NAME=VALUE", help="Of the architecture; repeatable.")] = None,
    title: Annotated[str, Option(help="For people.")] = "",
    start_from: Annotated[
        list[str] | None, Option(metavar="ID", help="A model to begin with; repeatable: the mean of their weights.")
    ] = None,
    describe: Annotated[Path | None, Option(metavar="FILE", help="JSON description of the films.")] = None,
    mean: Annotated[float | None, Option(help="Of grey in [0, 1]; measured when left out.")] = None,
    std: Annotated[float | None, Option(help="Likewise.")] = None,
    via: Annotated[int, Option(min=0, help="Squash films to this side first; 0 for not at all.")] = _TRAIN.via,
    originals: Annotated[
        Path | None, Option(metavar="DIR", help="Training films at their original size, for the guard.")
    ] = None,
    rule: Annotated[
        str, Option(metavar="RULE", help="Of the threshold: sensitivity=0.95, specificity=0.95 or youden.")
    ] = str(_TRAIN.rule),
    varied_calibration: Annotated[
        int, Option(min=0, metavar="N", help="Calibrate on N varied copies of each film, too.")
    ] = _TRAIN.varied_calibration,
    varied_strength: Annotated[float, Option(min=0, max=1, help="Of those copies.")] = _TRAIN.varied_strength,
    store: Annotated[Store, Option(help="How the weights are rounded in their file.")] = _TRAIN.store,
    device: _Device = "auto",
    workers: Annotated[int, Option(min=0, help="Processes that vary films.")] = 0,
    resume: Annotated[bool, Option("--resume", help="Go on from the checkpoint in DIR.")] = False,
    overfit_one_batch: Annotated[bool, Option("--overfit-one-batch", help="Only learn one batch by heart.")] = False,
) -> None:
    """Train a network on labelled films and leave a model folder with its card."""
    check_exist([data, *([originals] if originals else [])])
    recipe = Recipe(
        epochs=epochs, batch_size=batch_size, learning_rate=learning_rate, weight_decay=weight_decay,
        warmup_epochs=warmup_epochs, label_smoothing=label_smoothing, average_decay=average_decay,
        early_side=early_side, augment=augment, strength=strength, varied_validation=varied_validation, seed=seed,
    )  # fmt: skip
    options = TrainOptions(
        data, architecture, out, recipe, parse_config(config or ()), title=title, start_from=tuple(start_from or ()),
        describe=describe, mean=mean, std=std, via=via, originals=originals, rule=parse_rule(rule),
        varied_calibration=varied_calibration, varied_strength=varied_strength, store=store, device=device,
        workers=workers, resume=resume, overfit_one_batch=overfit_one_batch,
    )  # fmt: skip
    _run_training(options)


def evaluate(  # noqa: PLR0913  (one parameter an option)
    data: _Films,
    model: Annotated[str, Option(metavar="ID", help="A model, or its folder.")],
    out: Annotated[Path, Option(metavar="DIR", help="Folder for the report.")],
    split: Annotated[Split, Option(help="Which films.")] = Split.TEST,
    all_films: Annotated[bool, Option("--all-films", help="Every film, whatever its split.")] = False,
    name: Annotated[str, Option(help="Of the data, for titles.")] = "",
    films: Annotated[bool, Option(help="Show the films called wrongly.")] = True,
    into_card: Annotated[bool, Option("--into-card", help="Write the figures into the model's card.")] = False,
    device: _Device = "auto",
) -> None:
    """Measure a model on labelled films and write a report."""
    check_exist([data])
    _run_evaluation(EvaluateOptions(data, model, out, split, all_films, name, films, into_card, device))


def probe(options: ProbeOptions) -> None:
    """`radassist models probe`."""
    from radassist.training import after_training

    check_exist([options.data])
    _show(partial(after_training.probe, options))


def validate(options: ProbeOptions) -> None:
    """`radassist models validate`."""
    from radassist.training import after_training

    check_exist([options.data])
    _show(partial(after_training.validate, options))


def _run_training(options: TrainOptions) -> None:
    from radassist.training import train

    try:
        _show(partial(train.train, options))
    except Cancelled as stop:
        raise UserError(_where_it_stands(resumable=train.is_resumable(options.out))) from stop


def _run_evaluation(options: EvaluateOptions) -> None:
    from radassist.training import after_training

    _show(partial(after_training.evaluate, options))


def _show(steps: "Callable[[FilmLoader, CancelToken], Iterable[_Event]]") -> None:
    """Take `steps` with decoders at hand, and draw each event."""
    from radassist.imaging.decoding import DecoderPool

    with DecoderPool() as loader, interruptible() as cancel, progress_bar(quiet=False) as bar:
        board = _Board(bar)
        for event in steps(loader, cancel):
            board.show(event)


class _Board:
    """Shows events of a training or an evaluation: one bar at a time, and a line for each result."""

    def __init__(self, bar: "Progress") -> None:
        self._bar = bar
        self._task = bar.add_task("Starting", total=None)

    def show(self, event: "_Event") -> None:
        """Draw one event."""
        from radassist.training import events

        match event:
            case events.FilmsRead(done, total):
                self._move("Reading films", done, total)
            case events.FilmsScored(done, total):
                self._move("Scoring films", done, total)
            case events.FilmsVaried(done, total):
                self._move("Varying films", done, total)
            case events.BatchDone(epoch, batch, batches, loss, seconds_left):
                self._move(f"Epoch {epoch}, loss {loss:.3f}, {seconds_left / 60:.0f} min to go", batch, batches)
            case events.EpochDone(metrics, is_best):
                say(_epoch_in_words(metrics, is_best=is_best))
            case events.WiringChecked(loss, steps):
                say(f"One batch was learnt by heart in {steps} steps (loss {loss:.4f}): the wiring is right.")
            case events.TrainingFinished(folder, card):
                say(f"Model {card.id} written to {folder}.")
            case events.EvaluationFinished(folder, evaluation):
                figures = ", ".join(f"{name} {found.value:.3f}" for name, found in evaluation.metrics.items())
                say(f"{evaluation.films} films of {evaluation.data}, {evaluation.split}: {figures}.")
                say(f"Report written to {folder}.")
            case events.ProbesFitted(folder, probes):
                areas = ", ".join(f"{entry.block} {entry.auc.value:.3f}" for entry in probes.blocks)
                say(f"What each block alone tells, AUC on {probes.measured_on}: {areas}.")
                say(f"Probes written to {folder}.")
            case events.TrackRecordWritten(folder, record):
                say(f"What became of {record.films} films of {record.data}, {record.split}, written to {folder}.")

    def _move(self, words: str, done: int, total: int) -> None:
        self._bar.update(self._task, description=words, completed=done, total=total)


def _where_it_stands(*, resumable: bool) -> str:
    if resumable:
        return "Stopped; the same command with --resume goes on after the last whole epoch."
    return "Stopped before the first epoch was whole; there is nothing to go on from."


def _epoch_in_words(metrics: "EpochMetrics", *, is_best: bool) -> str:
    return (
        f"Epoch {metrics.epoch}: loss {metrics.train_loss:.4f}, validation loss {metrics.validation_loss:.4f}, "
        f"AUC {metrics.validation_auc:.4f}, {metrics.seconds:.0f} s{', best so far' if is_best else ''}."
    )
