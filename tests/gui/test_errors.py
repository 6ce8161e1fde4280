"""What a person is told, and what the log may hold."""

import logging
import sys

from radassist.domain.errors import DecodeError
from radassist.gui.errors import install_excepthook, log_bug, sentence_for


def _bug() -> Exception:
    try:
        raise ValueError("ZZCANARY of patient 4711")
    except ValueError as error:
        return error


def test_a_user_error_speaks_for_itself_and_a_bug_never_shows_its_text() -> None:
    assert sentence_for(DecodeError("a.dcm is cut short.")) == "a.dcm is cut short."
    assert "ZZCANARY" not in sentence_for(_bug())
    assert "ValueError" in sentence_for(_bug())


def test_the_log_tells_where_a_bug_happened_and_not_what_it_said(caplog) -> None:
    with caplog.at_level(logging.ERROR):
        log_bug(_bug())
    assert "ValueError" in caplog.text and "test_errors" in caplog.text
    assert "ZZCANARY" not in caplog.text


def test_an_exception_nobody_caught_becomes_one_sentence(monkeypatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    said: list[str] = []
    install_excepthook(said.append)
    error = _bug()
    sys.excepthook(type(error), error, error.__traceback__)
    assert said == [sentence_for(error)]
