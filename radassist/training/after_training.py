"""What is done with a trained model and labelled films, as generators of events: measured, probed, its past kept."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import torch

from radassist.domain.cancellation import CancelToken, cancellable
from radassist.domain.errors import UserError
from radassist.export.files import check_writable
from radassist.inference.device import choose_device
from radassist.inference.probes import save_probes
from radassist.networks.card import CARD_NAME, ModelCard, write_card
from radassist.networks.preprocess import Preprocess
from radassist.networks.weights import LoadedModel, load_network
from radassist.training.datasets import FilmSet, read_film_set
from radassist.training.evaluate import evaluate_scores
from radassist.training.events import (
    EvaluateEvent,
    EvaluationFinished,
    FilmsRead,
    FilmsScored,
    ProbeEvent,
    ProbesFitted,
    TrackRecordWritten,
    ValidateEvent,
)
from radassist.training.extra import require_extra
from radassist.training.manifest import (
    LEARNT_FROM,
    LabelledFilm,
    Split,
    check_labels,
    films_of,
    read_labelled_films,
)
from radassist.training.options import EvaluateOptions, ProbeOptions
from radassist.training.probing import ProbeFilms, fit_probes
from radassist.training.publish import add_evaluation, write_track_record
from radassist.training.report import write_report
from radassist.training.scoring import SplitScores, score_films
from radassist.workflow.services import FilmLoader


def evaluate(options: EvaluateOptions, loader: FilmLoader, cancel: CancelToken) -> Iterator[EvaluateEvent]:
    """Measure a model on one split and write the report into `options.out`.

    Raises:
        UserError: In one sentence, whatever the films, the model or the disk do not allow.
        Cancelled: Within a batch of `cancel`.
    """
    require_extra()
    model = load_network(options.model)
    films = _films_to_measure(options, model.card)
    scoring = _read_and_score(model, films, torch.device(choose_device(options.device).name), loader)
    film_set, scores = yield from cancellable(scoring, cancel)
    report = evaluate_scores(model.card, scores, options.name or options.data.stem)
    write_report(report, options.out, film_set.grey.numpy() if options.films else None)
    card = add_evaluation(model.card, report)
    if options.into_card:
        write_card(card, model.folder)
    yield EvaluationFinished(options.out, card.evaluations[-1])


def probe(options: ProbeOptions, loader: FilmLoader, cancel: CancelToken) -> Iterator[ProbeEvent]:
    """Fit probes to the blocks of a trained model and write them into its folder, in place of those that were there.

    Reads the same films as the training did, by the same splits; those of other splits are not opened.

    Raises:
        UserError: In one sentence, whatever the films, the model or the disk do not allow.
        Cancelled: Within a batch of `cancel`.
    """
    require_extra()
    model = load_network(options.model)
    check_writable(model.folder / CARD_NAME)
    films = read_labelled_films(options.data, seed=model.card.training_run.seed)
    preprocess, device = Preprocess.from_card(model.card), torch.device(choose_device(options.device).name)
    sets = {}
    for split in LEARNT_FROM:
        check_labels(films_of(films, split), model.card.labels, split)
        reading = read_film_set(split, films_of(films, split), model.card.labels, preprocess, loader)
        sets[split] = yield from cancellable(reading, cancel)
    chosen = ProbeFilms(sets[Split.FIT], sets[Split.CALIBRATION], sets[Split.VALIDATION])
    fitted = yield from cancellable(fit_probes(model.network, chosen, preprocess, device), cancel)
    if fitted is None:
        raise UserError(f"Model {model.card.id} has no blocks, or validation has too few films to measure a probe.")
    entry = fitted.card_entry(save_probes(fitted.probes, model.folder))
    write_card(model.card.model_copy(update={"probes": entry}), model.folder)
    yield ProbesFitted(model.folder, entry)


def validate(options: ProbeOptions, loader: FilmLoader, cancel: CancelToken) -> Iterator[ValidateEvent]:
    """Score the films of validation and write what became of them into the model's folder, in place of what was there.

    Reads the films the training validated on, and no others.

    Raises:
        UserError: In one sentence, whatever the films, the model or the disk do not allow.
        Cancelled: Within a batch of `cancel`.
    """
    model = load_network(options.model)
    check_writable(model.folder / CARD_NAME)
    films = films_of(read_labelled_films(options.data, seed=model.card.training_run.seed), Split.VALIDATION)
    check_labels(films, model.card.labels, Split.VALIDATION)
    scoring = _read_and_score(model, films, torch.device(choose_device(options.device).name), loader)
    _, scores = yield from cancellable(scoring, cancel)
    temperature, data = model.card.calibration.temperature, model.card.training_data.name
    entry = write_track_record(scores, temperature, data, model.folder)
    write_card(model.card.model_copy(update={"track_record": entry}), model.folder)
    yield TrackRecordWritten(model.folder, entry)


def _films_to_measure(options: EvaluateOptions, card: ModelCard) -> tuple[LabelledFilm, ...]:
    films = read_labelled_films(options.data, seed=card.training_run.seed)
    if options.all_films:
        films = tuple(replace(film, split=options.split) for film in films)
    chosen = films_of(films, options.split)
    check_labels(chosen, card.labels, options.split)
    return chosen


def _read_and_score(
    model: LoadedModel, films: Sequence[LabelledFilm], device: torch.device, loader: FilmLoader
) -> Generator[FilmsRead | FilmsScored, None, tuple[FilmSet, SplitScores]]:
    """Films of one split as the network is fed them, and its scores."""
    preprocess = Preprocess.from_card(model.card)
    film_set = yield from read_film_set(films[0].split, films, model.card.labels, preprocess, loader)
    scores = yield from score_films(model.network.to(device), film_set, preprocess, device)
    return film_set, scores
