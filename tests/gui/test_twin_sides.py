"""What two views of one film show: each its own model's answer, its own block, and nothing that must be hidden."""

from pathlib import Path

from helpers.twins import TwinDesk

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.results.table_presenter import TablePresenter
from radassist.gui.worklist.film_reading import FilmReading


def test_each_answer_stands_under_the_name_of_its_own_model(twins: TwinDesk) -> None:
    twins.show_models()
    first, second = twins.strips()
    own = twins.at.presenter.films.analysis.prediction
    assert first.title == "fake · a.dcm" and second.title == "other · a.dcm"
    assert f"{own.positive_probability:.0%}".rstrip("%") in first.answer and "38" in second.answer
    assert first.detail.startswith("Threshold 50") and second.detail.startswith("Threshold 25")
    assert "not kept" in second.detail and "not kept" not in first.detail


def test_each_side_has_its_own_block_and_says_which(twins: TwinDesk) -> None:
    twins.show_blocks()
    blocks = twins.at.window.blocks
    assert (blocks.chosen_block, twins.sides.right.block.currentText()) == ("block1", "block2")
    assert twins.at.window.film.overlay_words.startswith("block1")
    assert twins.second.overlay_words.startswith("block2") and twins.sides.right.words == twins.second.overlay_words
    twins.sides.left.block_chosen.emit("block2")
    assert twins.at.window.film.overlay_words.startswith("block2")


def test_a_picture_of_the_right_side_says_which_model_made_the_map(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.blocks.set_overlay_visible(True)
    assert twins.second.overlay_words.startswith("other: block2: mean activation")
    assert twins.sides.right.words.startswith("block2: mean activation")
    assert twins.at.window.film.overlay_words.startswith("block1")


def test_evidence_of_both_models_lies_side_by_side_when_that_is_in_front(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.review_tabs.setCurrentWidget(twins.at.window.findChild(WhyPanel))
    twins.wait(lambda: "evidence" in twins.at.window.film.overlay_words and "evidence" in twins.second.overlay_words)
    assert [wish.block for wish in twins.other.asked] == ["block2"]
    twins.at.window.review_tabs.setCurrentIndex(0)
    assert "evidence" not in twins.second.overlay_words


def test_where_no_map_lies_over_the_left_film_none_lies_over_the_right(twins: TwinDesk) -> None:
    twins.show_blocks()
    twins.at.window.blocks.set_overlay_visible(False)
    assert not twins.second.has_overlay
    twins.at.window.blocks.set_overlay_visible(True)
    tabs = twins.at.window.review_tabs
    tabs.setCurrentIndex([tabs.tabText(index) for index in range(tabs.count())].index("Input"))
    assert not twins.second.has_overlay


def test_what_changes_on_the_left_does_not_make_the_map_on_the_right_anew(twins: TwinDesk, monkeypatch) -> None:
    twins.show_blocks()
    laid: list[object] = []
    monkeypatch.setattr(twins.second, "set_overlay", laid.append)
    twins.at.window.actions_by_id["next_block"].trigger()
    twins.at.window.blocks.change_opacity(0.2)
    assert laid == []
    twins.sides.right.block_chosen.emit("block1")
    assert len(laid) == 1 and laid[0].words.startswith("block1")


def test_weights_are_asked_of_the_model_of_the_side(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.blocks.restore(BlocksState("block1", Reduction.CLASS, visible=True))
    twins.wait(lambda: len(twins.other.asked) == 1)
    assert twins.other.asked[0].block == "block2" and twins.other.asked[0].target == "PNEUMONIA"


def test_neither_answer_is_told_while_the_reader_has_not_answered(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.blocks.set_overlay_visible(True)
    assert twins.second.has_overlay
    twins.at.window.worklist_model.set_reading(0, FilmReading(hides_score=True))
    twins.at.presenter.films.show_again()
    assert [strip.answer for strip in twins.strips()] == ["Your answer first"] * 2
    assert not twins.second.has_overlay and twins.sides.right.words == ""
    assert "38" not in twins.at.window.film_area.second_strip.accessibleName()


def test_the_second_answer_reaches_neither_worklist_nor_table(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.findChild(TablePresenter).save(Path("table.csv"))
    twins.wait(lambda: len(twins.at.written) == 1)
    items, _ = twins.at.written[0]
    assert [item.analysis.provenance.model for item in items] == ["fake"] * len(items) and items
    assert twins.at.presenter.films.analysis.provenance.model == "fake"
