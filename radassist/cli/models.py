"""`radassist models`: what models there are, and what they are made of."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from radassist.cli.terminal import print_table, say
from radassist.domain.errors import ModelUnavailable

if TYPE_CHECKING:
    from radassist.networks.card import Metric, ModelCard

app = typer.Typer(help="Trained models: their cards and layers.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_models() -> None:
    """List the models on this machine; the default one is marked."""
    from radassist.networks.catalogue import list_models as cards

    default = _default_id()
    rows = [(f"{card.id} *" if card.id == default else card.id, card.version, card.title) for card in cards()]
    if not rows:
        raise ModelUnavailable("No model is installed; train one with `radassist train`.")
    print_table(("model", "version", "title"), rows)


@app.command("show")
def show(model: Annotated[str, typer.Argument(metavar="ID", help="Model id or folder.")]) -> None:
    """Print what a model's card says of it."""
    from radassist.networks.card import read_card
    from radassist.networks.catalogue import find_model

    card = read_card(find_model(model))
    print_table(("", ""), _facts(card))
    for evaluation in card.evaluations:
        say(f"Measured on {evaluation.data}, {evaluation.split} ({evaluation.films} films):")
        print_table(("figure", "value"), [(name, _in_words(found)) for name, found in evaluation.metrics.items()])
    for limit in card.limits:
        say(f"- {limit}")


@app.command("trace")
def trace(name: Annotated[str, typer.Argument(metavar="NAME", help="A model, or an architecture.")]) -> None:
    """Print the layers of a network: shapes, parameters, multiply-adds and receptive field."""
    network = _network(name)
    from radassist.networks import inspection

    rows = inspection.trace(network)
    heads = ("layer", "kind", "output", "parameters", "multiply-adds", "field", "block")
    print_table(heads, [_layer(row) for row in rows], numbers=heads[3:6])
    totals = inspection.totals(network, rows)
    say(f"{totals.parameters:,} parameters, {totals.multiply_adds:,} multiply-adds a film.")


def _default_id() -> str:
    from radassist.networks.catalogue import default_model_id

    try:
        return default_model_id()
    except ModelUnavailable:
        return ""


def _facts(card: "ModelCard") -> list[tuple[str, str]]:
    data, size = card.training_data, card.input
    return [
        ("model", f"{card.id} {card.version}"),
        ("title", card.title),
        ("architecture", card.architecture),
        ("labels", ", ".join(card.labels)),
        ("input", f"{size.channels} x {size.height} x {size.width}"),
        ("blocks", ", ".join(f"{block.name} (stride {block.stride})" for block in card.blocks)),
        ("threshold", f"{card.operating_point.threshold:.4f}: {card.operating_point.rule}"),
        ("temperature", f"{card.calibration.temperature:.4f}, fitted on {card.calibration.fitted_on}"),
        ("trained on", f"{data.films} films of {data.name}, {data.licence}"),
        ("population", data.population),
        ("citation", data.citation),
        ("licence", card.licence),
        ("weights", card.weights_sha256),
    ]


def _in_words(metric: "Metric") -> str:
    interval = "" if metric.low is None else f" ({metric.low:.3f} to {metric.high:.3f})"
    return f"{metric.value:.3f}{interval}"


def _network(name: str) -> Any:
    """The network of the model called `name`, else a new one of the architecture of that name."""
    from radassist.networks.registry import create_network, list_architectures
    from radassist.networks.weights import load_network

    if name in list_architectures() and not _is_model(name):
        return create_network(name)
    return load_network(name).network


def _is_model(name: str) -> bool:
    from radassist.networks.catalogue import find_model

    try:
        find_model(name)
    except ModelUnavailable:
        return False
    return True


def _layer(row: Any) -> tuple[str, ...]:
    field = "all" if row.receptive_field is None else str(row.receptive_field)
    shape = " x ".join(map(str, row.output_shape[1:]))
    return row.name, row.kind, shape, f"{row.parameters:,}", f"{row.multiply_adds:,}", field, row.block
