"""Key images: marked by one key, shown, found, kept and taken back."""

from contextlib import closing
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_film
from helpers.windows import Desk, desk

from radassist import paths
from radassist.gui.film.image_view import FilmView
from radassist.gui.worklist.worklist_order import Order, WordFilter
from radassist.store.database import Database
from radassist.store.key_images import KeyImageFile
from radassist.store.readings import StoredReadings
from radassist.wiring import reader_columns

NAMES = ("a.dcm", "b.dcm")
FILMS = {name: make_film(name) for name in NAMES}
SHA = [FILMS[name].facts.sha256 for name in NAMES]


@pytest.fixture
def at(qtbot, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    with desk(tmp_path, FakeLoader(outcomes=FILMS)) as made:
        qtbot.addWidget(made.window)
        opened(made, qtbot)
        yield made


def opened(at: Desk, qtbot) -> None:
    at.window.show()
    at.window.worklist.set_order(Order.ARRIVAL)
    at.presenter.use(at.backing())
    at.open(*NAMES)
    qtbot.waitUntil(lambda: at.is_settled() and not at.presenter.queue.waiting())
    show(at, qtbot, 0)


def show(at: Desk, qtbot, number: int) -> None:
    at.window.worklist.select(number)
    qtbot.waitUntil(lambda: at.presenter.films.number == number and at.is_settled())


def keys(at: Desk) -> list[bool]:
    return [at.window.worklist_model.reading(item.number).is_key for item in at.items()]


def words_on(view: FilmView) -> str:
    return view._reader_words


def test_one_key_marks_the_film_on_the_screen_and_takes_the_mark_away(at: Desk, qtbot) -> None:
    at.window.actions_by_id["key_image"].trigger()
    assert keys(at) == [True, False]
    assert words_on(at.window.film) == "Key image" and at.window.actions_by_id["key_image"].isChecked()
    show(at, qtbot, 1)
    assert words_on(at.window.film) == "" and not at.window.actions_by_id["key_image"].isChecked()
    show(at, qtbot, 0)
    at.window.actions_by_id["key_image"].trigger()
    assert keys(at) == [False, False] and words_on(at.window.film) == ""


def test_marking_can_be_undone_and_done_again(at: Desk) -> None:
    at.window.actions_by_id["key_image"].trigger()
    at.window.undo_stack.undo()
    assert keys(at) == [False, False]
    at.window.undo_stack.redo()
    assert keys(at) == [True, False]


def test_key_images_are_there_at_the_next_start(at: Desk, qtbot, tmp_path: Path) -> None:
    at.window.actions_by_id["key_image"].trigger()
    with desk(tmp_path / "again", FakeLoader(outcomes=FILMS)) as again:
        opened(again, qtbot)
        assert keys(again) == [True, False]


def test_the_filter_finds_key_images_and_the_row_says_so(at: Desk) -> None:
    at.window.actions_by_id["key_image"].trigger()
    kept = [
        item.number
        for item in at.items()
        if WordFilter.of("key image").keeps(item, at.window.worklist_model.reading(item.number))
    ]
    assert kept == [0]
    assert "Key image" in at.window.worklist_model.index(0, 0).data(3)  # Qt's role of tool tips


def test_a_table_tells_key_images_where_there_are_some(at: Desk, tmp_path: Path) -> None:
    with closing(Database(tmp_path / "results.sqlite")) as database:
        readings = StoredReadings(database)
        assert reader_columns(at.items(), readings).names == ()
        at.window.actions_by_id["key_image"].trigger()
        columns = reader_columns(at.items(), readings)
    assert columns.names == ("key_image",)
    assert [columns.values(sha, ()) for sha in SHA] == [("yes",), ("no",)]


def test_a_damaged_file_is_told_and_left_as_it_is(at: Desk) -> None:
    paths.key_images_file().parent.mkdir(parents=True, exist_ok=True)
    paths.key_images_file().write_text("{")
    at.window.actions_by_id["key_image"].trigger()
    assert "damaged" in at.window.message_bar.sentence
    assert keys(at) == [False, False] and paths.key_images_file().read_text() == "{"


def test_without_a_film_there_is_nothing_to_mark(at: Desk) -> None:
    at.presenter.close_all()
    at.window.actions_by_id["key_image"].trigger()
    assert KeyImageFile(paths.key_images_file()).load() == frozenset()
