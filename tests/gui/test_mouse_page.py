"""The page on which mouse buttons get their acts."""

from PySide6.QtWidgets import QLabel

from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.gui.preferences.mouse_page import MousePage


def test_the_lists_show_the_choice_and_make_another(qtbot) -> None:
    chosen = MouseChoice({Hold.MIDDLE: MouseAct.LENS})
    page = MousePage(chosen)
    qtbot.addWidget(page)
    assert page.choice == chosen
    page.lists[Hold.WHEEL].setCurrentText(MouseAct.ZOOM.value)
    assert page.choice == MouseChoice({Hold.MIDDLE: MouseAct.LENS, Hold.WHEEL: MouseAct.ZOOM})


def test_the_wheel_is_offered_what_a_wheel_can_do(qtbot) -> None:
    page = MousePage(MouseChoice())
    qtbot.addWidget(page)
    offered = [page.lists[Hold.WHEEL].itemText(row) for row in range(page.lists[Hold.WHEEL].count())]
    assert offered == ["Next or previous film", "Zoom", "Nothing"]


def test_a_reset_gives_every_button_its_usual_act(qtbot) -> None:
    page = MousePage(MouseChoice({Hold.MIDDLE: MouseAct.LENS}))
    qtbot.addWidget(page)
    page.reset_button.click()
    assert page.choice == MouseChoice()


def test_what_no_button_does_any_more_is_told(qtbot) -> None:
    page = MousePage(MouseChoice())
    qtbot.addWidget(page)
    page.lists[Hold.LEFT].setCurrentText(MouseAct.NOTHING.value)
    assert "No button is left for: window and level." in [label.text() for label in page.findChildren(QLabel)]
