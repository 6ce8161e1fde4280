"""The ledger in the window."""

import pytest

from radassist.domain.lungs import EvidenceLedger, Zone, ZoneShare
from radassist.gui.explain.evidence_view import EvidenceView
from radassist.gui.theme import load_theme


def _ledger(inside: float, confidence: float = 0.8) -> EvidenceLedger:
    rest = (1 - inside) / 4
    shares = tuple(ZoneShare(zone, inside if zone is Zone.LUNGS else rest, 0.2) for zone in Zone)
    return EvidenceLedger(shares, confidence, has_evidence=True)


@pytest.fixture
def view(qtbot) -> EvidenceView:
    made = EvidenceView(load_theme("light"))
    qtbot.addWidget(made)
    return made


def test_most_of_the_map_in_the_lungs_is_a_note(view: EvidenceView) -> None:
    view.show_ledger(_ledger(0.8))

    assert view.verdict.sign.accessibleName() == "Note"
    assert view.bars.accessibleName().startswith(
        "Where the evidence lies: Lungs 80\N{NO-BREAK SPACE}%, Heart 5\N{NO-BREAK SPACE}%"
    )
    assert view.reservation.isHidden()


def test_most_of_the_map_outside_warns_by_sign_and_colour(view: EvidenceView) -> None:
    view.show_ledger(_ledger(0.2))

    assert view.verdict.sign.accessibleName() == "Warning"
    assert view.verdict.sentence.property("role") == "warning"


def test_a_rough_guess_of_the_lungs_is_said(view: EvidenceView) -> None:
    view.show_ledger(_ledger(0.8, confidence=0.45))

    assert not view.reservation.isHidden()


def test_without_shares_there_are_no_bars(view: EvidenceView) -> None:
    view.show_ledger(EvidenceLedger((), 0.1, has_evidence=True))

    assert view.bars.isHidden() and not view.verdict.isHidden()


def test_without_a_map_there_is_nothing(view: EvidenceView) -> None:
    view.show_ledger(_ledger(0.8))
    view.show_ledger(None)

    assert view.isHidden()
