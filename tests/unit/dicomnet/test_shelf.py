"""Where the films of a retrieved study lie."""

from pathlib import Path

from radassist.dicomnet.shelf import Shelf


def test_nothing_the_archive_says_is_part_of_a_path(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "films", "../../../etc")
    shelf.spool.keep("../x", (b"film",))
    (step,) = shelf.new_steps(remaining=3)
    assert (step.done, step.total) == (1, 4)
    assert step.path is not None and step.path.resolve().is_relative_to((tmp_path / "films").resolve())
    assert "etc" not in str(step.path.relative_to(tmp_path))


def test_films_of_an_earlier_time_are_told_of_when_all_have_come(tmp_path: Path) -> None:
    Shelf(tmp_path, "1.2.3").spool.keep("1", (b"film",))
    shelf = Shelf(tmp_path, "1.2.3")
    shelf.spool.keep("1", (b"film",))
    counts = []
    for _ in range(2):
        shelf.spool.keep("2", (b"other",))
        counts.append(len(list(shelf.new_steps())))
    assert counts == [1, 0]
    (last,) = shelf.last_steps()
    assert last.path is not None and last.path.read_bytes() == b"film" and last.done == 2
    assert shelf.step().total == 0
