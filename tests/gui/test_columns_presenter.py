"""The columns of the worklist are there again at the next start, and their menu opens by key."""

from pathlib import Path

from helpers.windows import desk
from PySide6.QtWidgets import QMenu

from radassist.gui.worklist.worklist_model import Column


def test_the_columns_are_there_again_at_the_next_start(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.worklist.columns.set_shown(Column.TO_SCORE, True)
        at.settings.save()
    with desk(tmp_path) as again:
        qtbot.addWidget(again.window)
        assert again.window.worklist.columns.shown == (Column.FILM, Column.TO_SCORE)


def test_a_key_opens_their_menu(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.show()
        at.window.actions_by_id["choose_columns"].trigger()
        menu = next(menu for menu in at.window.worklist.findChildren(QMenu) if "Reset columns" in _texts(menu))
        assert menu.activeAction() is menu.actions()[0]
        menu.close()


def _texts(menu: QMenu) -> list[str]:
    return [act.text() for act in menu.actions()]
