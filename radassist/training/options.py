"""What a person may choose of a training or an evaluation. Plain values; imports no torch.

Each option's flag is its field's name with dashes, except `--arch` for `architecture`; the fields of `Recipe` are flags
of `radassist train` too, and `config` is one `--config name=value` an entry.
"""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.networks.storage import Store
from radassist.training.manifest import Split


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: equal recipes, seeds, films and machines give equal weights.

    Attributes:
        epochs: 0 publishes the weights it starts from as they are.
        learning_rate: Peak, reached after the warm-up.
        warmup_epochs: Epochs of linear rise; the rest is half a cosine down to a hundredth of the peak.
        label_smoothing: Share of each label spread over all labels.
        average_decay: Decay a step of the exponential moving average of the weights; the average is what is kept.
        early_side: Side in pixels to which films are shrunk in the first two thirds of the epochs, 0 for never: much
            less time for nearly the same result (progressive resizing, Tan and Le 2021), where the network takes films
            of any size.
        augment: Whether films are varied as `augment` describes.
        strength: Of that variation, in [0, 1].
        varied_validation: Varied copies of each validation film, of the same strength, by which the best epoch is
            chosen beside the film itself; 0 for none. Films of one's own source tell networks that hold elsewhere
            from others only when they are varied.
    """

    epochs: int = 12
    batch_size: int = 32
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    warmup_epochs: float = 1.0
    label_smoothing: float = 0.05
    average_decay: float = 0.99
    early_side: int = 0
    augment: bool = True
    strength: float = 1.0
    varied_validation: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """Options of `radassist train`.

    Attributes:
        data: A manifest CSV, or a folder; see `manifest.read_labelled_films`.
        architecture: A name that `networks.registry` knows.
        out: Folder of the new model; its last part is the model's id. Must not hold a model yet.
        config: Keyword arguments of the architecture, for instance `{"pretrained": True}`.
        title: For people; made from the architecture when empty.
        start_from: Ids or folders of models of the same architecture, whose weights' mean is the beginning; unless said
            otherwise, films are normalised as theirs were.
        describe: JSON file with a `publish.DataDescription`; None describes the films by their folder's name.
        mean, std: Of grey in [0, 1] for normalisation; None measures them on the fit split. Give those of the
            pretrained weights when there are any.
        via: Side in pixels to which every film is first squashed, 0 for none; the usual 224-pixel copies of the films
            were made so, and a model must see in use what it saw in training.
        originals: Folder with films of the fit split at their original size, by which the guard then warns.
        rule: Chooses the operating threshold on validation.
        varied_calibration: Varied copies of each film by which calibration and threshold are fitted, beside the film
            itself; 0 for none.
        varied_strength: Of these copies, in [0, 1]; half of what training may go to is nearer to what films undergo.
        store: How the weights are rounded in their file.
        device: `auto`, `cpu`, `cuda` or `cuda:N`.
        workers: Processes that augment; 0 does it between the steps.
        resume: Go on from the checkpoint in `out`.
        overfit_one_batch: Only check that one batch can be learnt by heart; writes nothing.
    """

    data: Path
    architecture: str
    out: Path
    recipe: Recipe = Recipe()
    config: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    start_from: tuple[str, ...] = ()
    describe: Path | None = None
    mean: float | None = None
    std: float | None = None
    via: int = 224
    originals: Path | None = None
    rule: ThresholdRule = ThresholdRule(Aim.SENSITIVITY, 0.96)
    varied_calibration: int = 0
    varied_strength: float = 0.5
    store: Store = "float32"
    device: str = "auto"
    workers: int = 0
    resume: bool = False
    overfit_one_batch: bool = False


@dataclass(frozen=True, slots=True)
class EvaluateOptions:
    """Options of `radassist evaluate`.

    Attributes:
        data: As in `TrainOptions`.
        model: Id of a model, or its folder.
        out: Folder for `evaluation.json` and `evaluation.html`.
        split: The films measured.
        all_films: Measure every film, whatever its split: for films from elsewhere, none of which was learnt from.
        name: Of the data, for titles and the card; the folder's name when empty.
        films: Whether the page shows the films called wrongly.
        into_card: Whether the figures are written into the model's card, too.
        device: As in `TrainOptions`.
    """

    data: Path
    model: str
    out: Path
    split: Split = Split.TEST
    all_films: bool = False
    name: str = ""
    films: bool = True
    into_card: bool = False
    device: str = "auto"


@dataclass(frozen=True, slots=True)
class ProbeOptions:
    """Options of `radassist models probe` and `radassist models validate`.

    Attributes:
        data: The films the model learnt from, as in `TrainOptions`.
        model: Id of a model, or its folder.
        device: As in `TrainOptions`.
    """

    data: Path
    model: str
    device: str = "auto"


def parse_config(entries: Sequence[str]) -> dict[str, Any]:
    """`["head=flatten", "batch_norm=false"]` as keyword arguments; values are JSON where they can be, else text.

    Raises:
        UserError: If an entry is not `name=value`.
    """
    config = {}
    for entry in entries:
        name, equals, text = entry.partition("=")
        if not equals or not name.isidentifier():
            raise UserError(f"--config takes name=value, not {entry!r}.")
        config[name] = _value(text)
    return config


def command_line(options: TrainOptions) -> str:
    """The command that does this training again; folders by their names."""
    words = ["radassist", "train", "--data", options.data.name, "--arch", options.architecture]
    words += ["--out", options.out.name]
    for model in options.start_from:
        words += ["--start-from", Path(model).name]
    words += ["--describe", options.describe.name] if options.describe else []
    words += ["--originals", options.originals.name] if options.originals else []
    words += _changed(
        options, ("title", "mean", "std", "via", "rule", "varied_calibration", "varied_strength", "store")
    )
    words += _changed(options.recipe, [part.name for part in fields(Recipe)])
    for name, value in options.config.items():
        words += ["--config", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
    return shlex.join(words)


def _changed(values: object, names: Sequence[str]) -> Iterator[str]:
    defaults = {part.name: part.default for part in fields(values)}  # type: ignore[arg-type]  # both are dataclasses
    for name in names:
        value = getattr(values, name)
        if value == defaults[name]:
            continue
        flag = name.replace("_", "-")
        if isinstance(value, bool):
            yield f"--{flag}" if value else f"--no-{flag}"
        else:
            yield from (f"--{flag}", str(value))


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
