import pytest
from hypothesis import given
from hypothesis import strategies as st

from radassist.gui.queue.queue_progress import (
    QueueProgress,
    duration_words,
    finished_words,
    idle_words,
    pace_words,
    sum_words,
)

COUNTS = st.integers(0, 10**6)


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.floats(0, 1e6))
def test_the_sum_always_adds_up(scored, refused, failed, waiting, seconds):
    progress = QueueProgress(scored + refused + failed + waiting, scored, refused, failed, seconds)
    assert progress.waiting == waiting
    numbers = [int(word.replace(",", "")) for word in sum_words(progress).split() if word[0].isdigit()]
    assert numbers[0] == sum(numbers[1:])
    assert numbers == [progress.found, scored, refused, failed, waiting]


@pytest.mark.parametrize("counts", [(3, 2, 1, 1), (3, -1, 0, 0), (-1, 0, 0, 0)])
def test_films_that_do_not_add_up_are_a_bug(counts):
    with pytest.raises(ValueError, match="add up"):
        QueueProgress(*counts)


@pytest.mark.parametrize(("done", "seconds"), [(0, 0.0), (2, 30.0), (50, 0.9)])
def test_no_rate_is_told_before_it_means_something(done, seconds):
    progress = QueueProgress(200, done, seconds=seconds)
    assert progress.rate is None
    assert progress.seconds_left is None
    assert pace_words(progress) == "Starting …"


def test_rate_and_time_left_follow_from_the_run():
    progress = QueueProgress(200, scored=130, refused=4, failed=3, seconds=10.96)
    assert progress.rate == pytest.approx(12.5)
    assert progress.seconds_left == pytest.approx(63 / 12.5)
    assert pace_words(progress) == "12.5 films/s · about 5 s left"


@pytest.mark.parametrize(
    ("done", "seconds", "said"),
    [(30, 60.0, "30 films/min"), (60, 60.0, "1.0 films/s"), (99_000, 60.0, "1,650 films/s")],
)
def test_slow_queues_are_told_in_films_a_minute(done, seconds, said):
    assert pace_words(QueueProgress(10**6, done, seconds=seconds)).startswith(f"{said} · ")


def test_a_paused_queue_says_so():
    assert pace_words(QueueProgress(200, 100, seconds=10, paused=True)) == "Paused"


def test_a_queue_without_its_model_says_so():
    assert pace_words(QueueProgress(200, awaits_model=True)) == "Waiting for the model …"


def test_the_end_is_told_in_one_sentence():
    many, one = (finished_words(QueueProgress(200, 190, 8, 2, 72.2)), finished_words(QueueProgress(1, 1, 0, 0, 0.2)))
    assert _as_typed(many) == "200 films in 1 min 12 s: 190 scored, 8 refused, 2 failed"
    assert _as_typed(one) == "1 film in 1 s: 1 scored, 0 refused, 0 failed"


def test_a_number_is_never_parted_from_its_word_by_the_end_of_a_line():
    assert "8\N{NO-BREAK SPACE}refused," in finished_words(QueueProgress(200, 190, 8, 2, 72.2))
    assert "refused\N{NO-BREAK SPACE}4 " in sum_words(QueueProgress(200, 130, 4, 3, 12))


def test_a_stopped_queue_names_the_films_that_wait():
    said = finished_words(QueueProgress(200, 130, 4, 3, 12))
    assert _as_typed(said) == "Stopped after 137 of 200 films in 12 s: 130 scored, 4 refused, 3 failed, 63 waiting"


@pytest.mark.parametrize(("waiting", "said"), [(0, "No films wait"), (1, "1 film waits"), (2400, "2,400 films wait")])
def test_an_idle_queue_says_what_waits(waiting, said):
    assert idle_words(waiting) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "1 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (72, "1 min 12 s"),
        (3600, "1 h 0 min"),
        (90_061, "25 h 1 min"),
    ],
)
def test_time_is_told_with_its_two_largest_units(seconds, said):
    assert duration_words(seconds) == said


def _as_typed(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")
