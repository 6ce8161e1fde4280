from pathlib import Path

import pytest

from radassist.domain.errors import UserError
from radassist.training.options import Recipe, TrainOptions, command_line, parse_config


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
        config={"head": "flatten", "batch_norm": False},
        mean=0.5,
    )
    assert command_line(options) == (
        "radassist train --data films --arch gap_cnn --out new --mean 0.5 --epochs 3 --no-augment"
        " --config head=flatten --config batch_norm=false"
    )
