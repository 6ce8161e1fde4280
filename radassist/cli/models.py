"""`radassist models`: what models there are, and what they are made of."""

from pathlib import Path
from typing import Annotated, Any

import typer

from radassist.cli.terminal import print_table, say
from radassist.domain.errors import ModelUnavailable, UserError

app = typer.Typer(
    help="Trained models: their cards and layers.", add_completion=False, no_args_is_help=True, rich_markup_mode=None
)


_Model = Annotated[str, typer.Argument(metavar="ID", help="A model, or its folder.")]
_Films = Annotated[Path, typer.Option("--data", metavar="DIR", help="A folder of label folders, or a manifest CSV.")]
_Device = Annotated[str, typer.Option(help="auto, cpu, cuda or cuda:N.")]


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
def show(model: _Model) -> None:
    """Print what a model's card says of it."""
    from radassist.networks.catalogue import find_model
    from radassist.networks.sheet import read_sheet

    sheet = read_sheet(find_model(model))
    for table in sheet.tables:
        say(table.heading)
        print_table(("", ""), table.rows)
    for limit in sheet.limits:
        say(f"- {limit}")


@app.command("probe")
def probe(model: _Model, data: _Films, device: _Device = "auto") -> None:
    """Fit a linear probe to each block of a model, on the films it learnt from, and write them into its folder."""
    from radassist.cli import training  # takes time that the other commands need not wait for
    from radassist.training.options import ProbeOptions

    training.probe(ProbeOptions(data, model, device))


@app.command("validate")
def validate(model: _Model, data: _Films, device: _Device = "auto") -> None:
    """Score the films a model was validated on, and write into its folder what became of them."""
    from radassist.cli import training  # as above
    from radassist.training.options import ProbeOptions

    training.validate(ProbeOptions(data, model, device))


@app.command("trace")
def trace(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An architecture, else a model or its folder.")],
    config: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Of the architecture; repeatable.")
    ] = None,
) -> None:
    """Print the layers of a network: shapes, parameters, multiply-adds and receptive field."""
    from radassist.domain.network_facts import LAYER_HEADS
    from radassist.inference.device import require_torch

    require_torch("Layer tables")
    network = _network(name, config or [])
    from radassist.networks import inspection

    rows = inspection.trace(network)
    print_table(LAYER_HEADS, [row.cells for row in rows], numbers=LAYER_HEADS[3:6])
    say(inspection.totals(network, rows).words)


def _default_id() -> str:
    from radassist.networks.catalogue import default_model_id

    try:
        return default_model_id()
    except ModelUnavailable:
        return ""


def _network(name: str, config: list[str]) -> Any:
    """The architecture called `name`, shapes only, else the network of the model of that name or folder.

    Raises:
        UserError: If there is neither, or a trained model is to be given another configuration.
    """
    from torch import device

    from radassist.networks.registry import create_network, list_architectures
    from radassist.networks.weights import load_network
    from radassist.training.options import parse_config

    if name in list_architectures():
        with device("meta"):
            return create_network(name, **parse_config(config))
    if config:
        raise UserError(f"--config is for architectures; {name} is none: {', '.join(list_architectures())}.")
    return load_network(name).network
