"""A sentence with a sign."""

from radassist.gui.explain.verdict import Verdict
from radassist.gui.theme import load_theme


def test_a_warning_is_told_by_sign_and_colour_and_a_note_is_not(qtbot) -> None:
    verdict = Verdict(load_theme("dark"))
    qtbot.addWidget(verdict)
    verdict.say("Look out.", warns=True)
    assert (verdict.sign.accessibleName(), verdict.sentence.property("role")) == ("Warning", "warning")
    verdict.say("All is well.")

    assert (verdict.sign.accessibleName(), verdict.sentence.property("role")) == ("Note", "")


def test_nothing_to_say_shows_nothing(qtbot) -> None:
    verdict = Verdict(load_theme("dark"))
    qtbot.addWidget(verdict)
    verdict.say("All is well.")
    verdict.say("")

    assert verdict.isHidden()
