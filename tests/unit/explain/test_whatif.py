import numpy as np
import pytest
from helpers.fakes import FakeScorer

from radassist.domain.whatif import Box, Edit, Hiding
from radassist.explain.whatif import apply_edits, ask, hidden_mask, hidden_part

GREY = np.random.default_rng(5).integers(0, 256, (60, 80), dtype=np.uint8)
BRIGHT = Edit(Box(10, 10, 20, 20), Hiding.GREY)


def test_the_answer_compares_the_film_with_what_is_left_of_it() -> None:
    scorer = FakeScorer(lambda picture: float((picture[10:20, 10:20] == GREY[10:20, 10:20]).mean()))
    answer = ask(GREY, [BRIGHT], scorer)
    assert answer.before.positive_probability == 1
    assert answer.after.positive_probability < 0.1
    assert answer.change == answer.after.positive_probability - 1
    assert answer.edits == (BRIGHT,)
    assert answer.hidden_share == 100 / 4800


def test_a_known_answer_is_not_asked_for_again() -> None:
    scorer = FakeScorer()
    before = scorer.score([GREY])[0]
    answer = ask(GREY, [BRIGHT], scorer, before)
    assert answer.before is before
    assert len(scorer.pictures) == 2


def test_without_edits_the_model_gets_the_very_film() -> None:
    scorer = FakeScorer()
    answer = ask(GREY, [], scorer)
    assert np.array_equal(scorer.pictures[1], GREY)
    assert answer.change == 0
    assert answer.hidden_share == 0


def test_edits_are_done_in_order_and_what_no_edit_covers_keeps_its_bits() -> None:
    edits = [BRIGHT, Edit(Box(15, 15, 30, 30), Hiding.BLUR)]
    edited, mask = apply_edits(GREY, edits), hidden_mask(edits, GREY.shape)
    assert mask.sum() == 100 + 225 - 25
    assert np.array_equal(edited[~mask], GREY[~mask])
    assert np.array_equal(apply_edits(apply_edits(GREY, edits[:1]), edits[1:]), edited)


@pytest.mark.parametrize("edits", [[], [BRIGHT]])
def test_the_film_itself_is_never_written_to(edits: list[Edit]) -> None:
    before = GREY.copy()
    apply_edits(GREY, edits)[:] = 0
    assert np.array_equal(GREY, before)


def test_the_part_to_be_shown_is_what_the_model_gets_there_and_nothing_around_it() -> None:
    edits = [BRIGHT, Edit(Box(15, 15, 30, 30), Hiding.BLUR)]
    part = hidden_part(GREY, edits)
    assert part is not None
    place = (slice(part.row, part.row + 20), slice(part.column, part.column + 20))
    assert (part.row, part.column, part.grey.shape) == (10, 10, (20, 20))
    assert np.array_equal(part.mask, hidden_mask(edits, GREY.shape)[place])
    assert np.array_equal(part.grey, apply_edits(GREY, edits)[place])


def test_what_lies_beside_the_film_hides_nothing() -> None:
    assert hidden_part(GREY, [Edit(Box(100, 100, 120, 120))]) is None
