from dataclasses import replace

from helpers.truths import LABELS, MIXED, audit_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from radassist.gui.truth.disagreements_model import DisagreementsModel


def test_each_film_tells_its_truth_and_what_went_wrong(qtbot) -> None:
    model = DisagreementsModel(LABELS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_films(audit_of(*MIXED).disagreements(0.5))
    rows = [[model.index(row, column).data().replace("\xa0", " ") for column in range(4)] for row in range(2)]
    assert rows == [["film1.png", "NORMAL", "80.0 %", "false alarm"], ["film2.png", "PNEUMONIA", "30.0 %", "missed"]]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Film"
    model.show_films(())
    assert model.rowCount() == 0


def test_a_name_with_line_ends_stays_on_one_line(qtbot) -> None:
    model = DisagreementsModel(LABELS)
    film = replace(audit_of((0.9, False)).films[0], name="a\nb.png")
    model.show_films([film])
    assert "\n" not in model.index(0, 0).data()
