"""The bars of the ledger."""

import pytest

from radassist.domain.lungs import EvidenceLedger, Zone, ZoneShare
from radassist.gui.explain.zone_bars import ZoneBars
from radassist.gui.theme import load_theme

THEME = load_theme("light")


def _bars(qtbot, share: float) -> ZoneBars:
    bars = ZoneBars(THEME)
    qtbot.addWidget(bars)
    shares = tuple(ZoneShare(zone, share if zone is Zone.LUNGS else (1 - share) / 4, 0.5) for zone in Zone)
    bars.show_ledger(EvidenceLedger(shares, 0.8, has_evidence=True))
    bars.resize(300, bars.sizeHint().height())
    return bars


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_bar_is_as_long_as_its_share(qtbot, share: float) -> None:
    bars = _bars(qtbot, share)
    picture, y = bars.grab().toImage(), round(bars.sizeHint().height() / len(Zone) / 2)
    colors = [picture.pixelColor(x, y).name() for x in range(picture.width())]
    filled, empty = colors.count(THEME.accent), colors.count(THEME.track)

    assert filled / (filled + empty) == pytest.approx(share, abs=0.02)


def test_the_shares_are_told_to_screen_readers(qtbot) -> None:
    told = _bars(qtbot, 0.6).accessibleName().replace("\N{NO-BREAK SPACE}", " ")
    assert told == "Where the evidence lies: Lungs 60 %, Heart 10 %, Corners 10 %, Borders 10 %, Elsewhere 10 %"


def test_without_a_ledger_nothing_is_shown(qtbot) -> None:
    bars = _bars(qtbot, 0.6)
    bars.show_ledger(None)

    assert bars.isHidden()
