"""`radassist models`: what models there are, and what they are made of."""

from typing import Annotated, Any

import typer

from radassist.cli.terminal import print_table, say
from radassist.domain.errors import ModelUnavailable

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
    from radassist.networks.catalogue import find_model
    from radassist.networks.sheet import read_sheet

    sheet = read_sheet(find_model(model))
    for table in sheet.tables:
        say(table.heading)
        print_table(("", ""), table.rows)
    for limit in sheet.limits:
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


def _network(name: str) -> Any:
    """The network of the model called `name`, else a new one of the architecture of that name."""
    from radassist.networks.registry import create_network, list_architectures
    from radassist.networks.weights import load_network
    from radassist.wiring import is_model

    if name in list_architectures() and not is_model(name):
        return create_network(name)
    return load_network(name).network


def _layer(row: Any) -> tuple[str, ...]:
    field = "all" if row.receptive_field is None else str(row.receptive_field)
    shape = " x ".join(map(str, row.output_shape[1:]))
    return row.name, row.kind, shape, f"{row.parameters:,}", f"{row.multiply_adds:,}", field, row.block
