"""`radassist demo`: the sample films scored, listed, written, and shown in the window."""

import csv
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from radassist import paths
from radassist.cli.batch import SOME_NOT_SCORED
from radassist.cli.terminal import NOT_FOR_DIAGNOSIS, interruptible, print_table, say
from radassist.cli.window import is_watched, window_can_open
from radassist.domain.errors import UserError

if TYPE_CHECKING:
    from radassist.cli.scoring import Grey, Scored
    from radassist.domain.worklist import WorklistItem

_RESULTS = Path("results.csv")


def demo() -> None:
    """Score the sample films, list them, write results.csv here, and open the window on them."""
    from radassist.cli.scoring import check_model
    from radassist.export.files import check_writable
    from radassist.wiring import write_results

    check_writable(_RESULTS)
    check_model(None)
    scored = _score_samples()
    if scored.summary is None:
        raise UserError("Stopped before all samples were scored; nothing was written.")
    items = sorted(scored.items, key=_suspicion, reverse=True)
    write_results(items, _RESULTS, labels=scored.labels)
    _print_worklist(items, read_labels(paths.samples_dir()), scored.labels[1])
    say(f"{scored.in_words()} Written to {_RESULTS}. {NOT_FOR_DIAGNOSIS}")
    code = _show(items, scored.thumbnails)
    raise typer.Exit(code if scored.is_complete else SOME_NOT_SCORED)


def read_labels(samples: Path) -> dict[Path, str]:
    """The readers' label of each sample film; empty where there is no list of them."""
    try:
        with (samples / "labels.csv").open(encoding="utf-8", newline="") as file:
            return {samples.resolve() / row["path"]: row["label"] for row in csv.DictReader(file)}
    except FileNotFoundError:
        return {}


def _score_samples() -> "Scored":
    from radassist.cli.scoring import find_films, score_films
    from radassist.wiring import make_services

    services = make_services()
    with closing(services.loader), interruptible() as cancel:
        items = find_films([paths.samples_dir() / "films"], services, cancel)
        return score_films(items, services, cancel, keep_thumbnails=True)


def _print_worklist(items: "Sequence[WorklistItem]", labels: Mapping[Path, str], positive: str) -> None:
    heads = ("film", "answer", f"p({positive})", "label", "agrees")
    print_table(heads, [_row(item, labels) for item in items], numbers=heads[2:3])


def _suspicion(item: "WorklistItem") -> float:
    """Most suspicious first, as in the window; films without a score come last."""
    return item.analysis.prediction.positive_probability if item.analysis else -1.0


def _row(item: "WorklistItem", labels: Mapping[Path, str]) -> tuple[str, ...]:
    from radassist.domain.analysis import UNDETERMINED

    path, label = item.source.path, labels.get(item.source.path, "")
    name = f"{path.parent.name}/{path.name}"
    if item.analysis is None:
        return name, f"{item.state}: {item.reason}", "", label, ""
    prediction = item.analysis.prediction
    agrees = "" if not label or prediction.decision == UNDETERMINED else "yes" if prediction.decision == label else "no"
    return name, prediction.decision, f"{prediction.positive_probability:.3f}", label, agrees


def _show(items: "Sequence[WorklistItem]", thumbnails: "Mapping[int, Grey]") -> int:
    """Open the window on `items`: its exit code, or 0 where there is no display."""
    if not (is_watched() and window_can_open()):
        say("There is no display here, so the window stays closed.")
        return 0
    from radassist.app import run_window

    return run_window(items=items, thumbnails=thumbnails)
