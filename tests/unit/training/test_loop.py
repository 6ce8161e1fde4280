from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from helpers.labelled_films import SIDE, make_labelled_film
from torch import nn

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess
from radassist.networks.registry import create_network
from radassist.training.checkpoint import TrainingState
from radassist.training.datasets import FilmSet
from radassist.training.events import BatchDone, EpochDone, EpochStarted
from radassist.training.loop import Trainer, balancing_weights, check_wiring
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.options import Recipe

LABELS = ("NORMAL", "PNEUMONIA")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def make_set(split: Split, count: int) -> FilmSet:
    films = tuple(
        LabelledFilm(Path(f"{split}{number}.png"), LABELS[number % 2], str(number), split) for number in range(count)
    )
    grey = [torch.from_numpy(make_labelled_film(film.path.name, film.label).pixels) for film in films]
    return FilmSet(split, films, torch.stack(grey), torch.tensor([number % 2 for number in range(count)]))


def make_trainer(**recipe: object) -> Trainer:
    spec = InputSpec(channels=1, height=SIDE, width=SIDE, via=None, mean=(0.3,), std=(0.2,))
    chosen: dict[str, object] = {"epochs": 3, "batch_size": 8, "learning_rate": 0.01, "seed": 7, "average_decay": 0.5}
    return Trainer(
        Recipe(**(chosen | recipe)),  # type: ignore[arg-type]  # the tests' own figures
        Preprocess(spec),
        make_set(Split.FIT, 36),
        make_set(Split.VALIDATION, 12),
        torch.device("cpu"),
    )


def make_network() -> nn.Module:
    torch.manual_seed(7)
    network: nn.Module = create_network("gap_cnn", widths=(4, 8), size=SIDE)
    return network


def run_to_the_end(trainer: Trainer, folder: Path) -> TrainingState:
    state = trainer.start(make_network())
    for _ in trainer.run(state, folder, CancelToken()):
        pass
    return state


def test_a_learnable_difference_is_learnt_and_reported(tmp_path: Path) -> None:
    trainer = make_trainer()
    state = trainer.start(make_network())
    events = list(trainer.run(state, tmp_path, CancelToken()))
    done = [event for event in events if isinstance(event, EpochDone)]
    assert [event.epoch for event in events if isinstance(event, EpochStarted)] == [1, 2, 3]
    assert len([event for event in events if isinstance(event, BatchDone)]) == 15
    assert done[-1].metrics.validation_auc > 0.95
    assert done[-1].metrics.train_loss < done[0].metrics.train_loss
    assert events[-2].seconds_left == pytest.approx(0, abs=1e-6)


def test_a_stopped_training_resumes_with_the_same_result(tmp_path: Path) -> None:
    whole = run_to_the_end(make_trainer(), tmp_path / "whole")
    stopped = make_trainer().start(make_network())
    for event in make_trainer().run(stopped, tmp_path / "parts", CancelToken()):
        if isinstance(event, BatchDone) and (event.epoch, event.batch) == (2, 3):
            break
    resumed = run_to_the_end(make_trainer(), tmp_path / "parts")
    assert [row.validation_loss for row in resumed.history] == [row.validation_loss for row in whole.history]
    for name, tensor in whole.network.state_dict().items():
        assert torch.equal(tensor, resumed.network.state_dict()[name]), name
    for name, tensor in whole.best.items():
        assert torch.equal(tensor, resumed.best[name]), name


def test_another_seed_gives_other_weights(tmp_path: Path) -> None:
    one, other = (run_to_the_end(make_trainer(epochs=1, seed=seed), tmp_path / str(seed)) for seed in (1, 2))
    assert not torch.equal(one.network.head.linear.weight, other.network.head.linear.weight)


def test_the_kept_weights_are_those_of_the_best_epoch(tmp_path: Path) -> None:
    trainer = make_trainer(epochs=4)
    state = trainer.start(make_network())
    kept = {}
    for event in trainer.run(state, tmp_path, CancelToken()):
        if isinstance(event, EpochDone) and event.is_best:
            kept = {name: tensor.clone() for name, tensor in state.average.module.state_dict().items()}
    assert state.best_epoch == max(state.history, key=lambda row: (row.validation_auc, -row.validation_loss)).epoch
    assert all(torch.equal(tensor, state.best[name]) for name, tensor in kept.items())


def test_a_loss_that_is_no_number_ends_the_training_in_one_sentence(tmp_path: Path) -> None:
    trainer = make_trainer(learning_rate=1e30, warmup_epochs=0)
    state = trainer.start(make_network())
    with pytest.raises(UserError, match="epoch 1: the loss is no longer a number; try a lower learning rate"):
        for _ in trainer.run(state, tmp_path, CancelToken()):
            pass
    assert not list(tmp_path.iterdir())


def test_cancelling_leaves_the_training_within_a_step(tmp_path: Path) -> None:
    trainer, cancel = make_trainer(), CancelToken()
    steps = trainer.run(trainer.start(make_network()), tmp_path, cancel)
    while not isinstance(next(steps), BatchDone):
        pass
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)


def test_both_labels_weigh_the_same_in_all() -> None:
    targets = torch.tensor([1] * 30 + [0] * 10)
    weights = balancing_weights(targets)
    assert float(weights[1]) * 30 == pytest.approx(float(weights[0]) * 10)
    assert float(weights[targets].mean()) == pytest.approx(1.0)


def test_a_sound_network_learns_one_batch_by_heart() -> None:
    checked = check_wiring(make_network(), make_trainer(learning_rate=0.02))
    assert checked.loss < 0.01


def test_a_network_that_cannot_learn_one_batch_is_reported() -> None:
    with pytest.raises(UserError, match="did not learn one batch by heart: its loss is"):
        check_wiring(make_network(), make_trainer(learning_rate=0.0))
