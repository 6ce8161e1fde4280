"""The log: useful, and silent about patients."""

import logging
from collections.abc import Iterator

import pytest

from radassist.logs import ReticentFormatter, start_logging

SECRET = "DOE^JOHN"


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """The program's logger, put back as it was."""
    logger = logging.getLogger("radassist")
    before = (logger.handlers[:], logger.propagate, logger.level, logging.lastResort)
    logger.handlers = []
    yield logger
    for handler in logger.handlers:
        handler.close()
    logger.handlers, logger.propagate, level, logging.lastResort = before
    logger.setLevel(level)


def read(number: int) -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(f"{SECRET} is no number") from error


def test_records_go_to_a_file_in_the_folder(logger, tmp_path):
    start_logging(tmp_path / "logs")

    logging.getLogger("radassist.workflow").info("film %d was read", 7)

    assert "film 7 was read" in (tmp_path / "logs" / "radassist.log").read_text()


def test_an_exception_is_told_by_type_and_place_never_by_its_text(logger, tmp_path):
    start_logging(tmp_path)
    try:
        read(1)
    except ValueError:
        logger.exception("film 1 met an internal error")

    text = (tmp_path / "radassist.log").read_text()
    assert "ValueError at " in text
    assert "KeyError at " in text
    assert f"{__name__}:" in text
    assert "DOE" not in text


def test_starting_twice_writes_each_record_once(logger, tmp_path):
    start_logging(tmp_path)
    start_logging(tmp_path)

    logger.warning("once")

    assert (tmp_path / "radassist.log").read_text().count("once") == 1


def test_other_libraries_are_not_heard(logger, tmp_path, capsys):
    start_logging(tmp_path)

    logging.getLogger("pydicom").handle(logging.LogRecord("pydicom", logging.WARNING, "", 0, SECRET, (), None))

    assert "DOE" not in (tmp_path / "radassist.log").read_text()


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log(logger, tmp_path):
    (tmp_path / "file").touch()

    start_logging(tmp_path / "file" / "logs")

    logger.warning("nobody hears this")


def test_an_exception_that_was_never_raised_can_be_logged():
    assert ReticentFormatter().formatException((ValueError, ValueError(SECRET), None)) == "ValueError at nowhere"
