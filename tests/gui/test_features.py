"""Every act of the table has something behind it once the features are there."""

from pathlib import Path

from helpers.windows import desk


def test_with_all_features_no_act_is_idle(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        assert at.window.actions_by_id.unconnected == frozenset()


def test_every_feature_is_there_once(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        kinds = [type(child).__name__ for child in at.window.children() if type(child).__name__.endswith("Presenter")]
        assert len(kinds) > 5 and len(kinds) == len(set(kinds))
