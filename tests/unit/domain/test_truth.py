from helpers.truths import MIXED, audit_of


def test_the_films_are_given_as_arrays_in_their_order() -> None:
    audit = audit_of(*MIXED)
    assert audit.truth().tolist() == [True, False, True, False, True]
    assert audit.probabilities().tolist() == [0.9, 0.8, 0.3, 0.1, 0.6]


def test_disagreements_are_those_at_the_threshold_the_furthest_first() -> None:
    audit = audit_of(*MIXED)
    assert [film.number for film in audit.disagreements(0.5)] == [1, 2]
    assert [film.number for film in audit.disagreements(0.0)] == [1, 3]
    assert [film.number for film in audit.disagreements(0.9)] == [2, 4]
