"""What the window remembers."""

from dataclasses import replace
from pathlib import Path

from helpers.fakes import FACTS
from PySide6.QtCore import QByteArray

from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.gui.settings import WindowSettings


def test_values_are_there_again_after_a_restart(tmp_path: Path) -> None:
    first = WindowSettings(tmp_path / "home" / "window.ini")
    first.geometry, first.layout = QByteArray(b"geometry"), QByteArray(b"layout")
    first.last_folder, first.score_on_opening = "/films", False
    first.set_text("blocks/state", '{"block": "block2"}')
    first.save()
    again = WindowSettings(first.path)
    assert (again.geometry, again.layout) == (QByteArray(b"geometry"), QByteArray(b"layout"))
    assert (again.last_folder, again.score_on_opening) == ("/films", False)
    assert again.text("blocks/state", "") == '{"block": "block2"}'


def test_a_first_start_and_a_damaged_file_give_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    path.write_bytes(b"\x00\xff[[[not an ini file")
    for settings in (WindowSettings(tmp_path / "none.ini"), WindowSettings(path)):
        assert settings.geometry is None and settings.layout is None
        assert settings.score_on_opening
        assert settings.last_folder == str(Path.home())


def test_a_prevalence_that_is_no_share_is_none(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    assert settings.prevalence is None
    for text, value in (("0.2", 0.2), ("2", None), ("nan", None), ("x", None)):
        settings.set_text("scoring/prevalence", text)
        assert settings.prevalence == value


def test_a_rule_is_remembered_for_the_weights_it_was_chosen_for_alone(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    rule = ThresholdRule(Aim.SENSITIVITY, 0.98)
    settings.set_threshold_rule(FACTS, rule)
    settings.save()
    again = WindowSettings(tmp_path / "window.ini")
    assert again.threshold_rule(FACTS) == rule
    assert again.threshold_rule(replace(FACTS, sha256="cd" * 32)) is None
    again.set_threshold_rule(FACTS, None)
    assert again.threshold_rule(FACTS) is None
    again.set_text(f"threshold/{FACTS.model}-{FACTS.sha256}", "damaged")
    assert again.threshold_rule(FACTS) is None


def test_a_folder_that_cannot_be_made_does_not_keep_the_window_from_closing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    WindowSettings(tmp_path / "file" / "window.ini").save()
    assert (tmp_path / "file").is_file()
