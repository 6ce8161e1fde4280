import inspect
from dataclasses import fields
from pathlib import Path

import pytest

from radassist.cli import training
from radassist.domain.errors import UserError
from radassist.training.options import EvaluateOptions, Recipe, TrainOptions, command_line, parse_config


def test_config_values_are_json_where_they_can_be() -> None:
    entries = ["batch_norm=false", "head=flatten", "widths=[8, 16]", "dropout=0.5"]
    assert parse_config(entries) == {"batch_norm": False, "head": "flatten", "widths": [8, 16], "dropout": 0.5}


@pytest.mark.parametrize("entry", ["batch_norm", "=1", "a b=1"])
def test_a_config_entry_without_a_name_is_refused(entry: str) -> None:
    with pytest.raises(UserError, match="takes name=value"):
        parse_config([entry])


def test_the_command_of_a_card_names_what_was_chosen_and_no_folder_of_this_machine() -> None:
    options = TrainOptions(
        data=Path("/home/somebody/films"),
        architecture="gap_cnn",
        out=Path("/home/somebody/new"),
        recipe=Recipe(epochs=3, augment=False),
        title="A first try",
        config={"head": "flatten", "widths": [4, 8]},
        start_from=("/home/somebody/old", "other"),
        describe=Path("/home/somebody/films.json"),
        mean=0.5,
    )
    assert command_line(options) == (
        "radassist train --data films --arch gap_cnn --out new --start-from old --start-from other"
        " --describe films.json --title 'A first try' --mean 0.5 --epochs 3 --no-augment"
        " --config head=flatten --config 'widths=[4, 8]'"
    )


def test_the_command_line_knows_a_flag_for_every_option() -> None:
    parameters = set(inspect.signature(training.train).parameters)
    assert {field.name for field in fields(Recipe)} <= parameters
    assert {field.name for field in fields(TrainOptions)} - {"recipe"} <= parameters
    assert {field.name for field in fields(EvaluateOptions)} == set(inspect.signature(training.evaluate).parameters)
