"""The prior is the same patient's latest earlier film, and never a guess."""

from pathlib import Path

from radassist.domain.priors import find_prior
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import WorklistItem


def film(number: int, date: str = "", patient: str = "P1", name: str = "DOE^JANE", view: str = "PA") -> WorklistItem:
    identity = Identity(patient_id=patient, patient_name=name, study_date=date, view=view)
    return WorklistItem(number, FilmSource(Path(f"{number}.dcm")), identity)


TODAY = film(0, "20240510")


def number_of_prior(*others: WorklistItem, of: WorklistItem = TODAY) -> int | None:
    prior = find_prior(of, (of, *others))
    return prior.number if prior else None


def test_the_latest_earlier_film_is_the_prior() -> None:
    assert number_of_prior(film(1, "20220101"), film(2, "20240509"), film(3, "20230101")) == 2


def test_a_film_of_the_same_day_or_later_is_no_prior() -> None:
    assert number_of_prior(film(1, "20240510"), film(2, "20250101")) is None


def test_of_one_day_the_same_view_comes_first() -> None:
    assert number_of_prior(film(1, "20230101", view="LL"), film(2, "20230101"), film(3, "20230101", view="AP")) == 2


def test_another_patient_is_no_prior() -> None:
    assert number_of_prior(film(1, "20230101", patient="P2")) is None


def test_one_id_with_two_names_is_no_prior() -> None:
    assert number_of_prior(film(1, "20230101", name="ROE^MARY")) is None


def test_a_name_written_otherwise_or_not_at_all_is_the_same_patient() -> None:
    assert number_of_prior(film(1, "20230101", name="Doe^Jane^^")) == 1
    assert number_of_prior(film(1, "20230101", name="")) == 1


def test_without_id_or_date_nothing_is_guessed() -> None:
    assert number_of_prior(film(1, "20230101", patient=""), of=film(0, "20240510", patient="")) is None
    assert number_of_prior(film(1, ""), of=TODAY) is None
    assert number_of_prior(film(1, "20230101"), of=film(0, "")) is None
    bare = WorklistItem(5, FilmSource(Path("5.png")))
    assert number_of_prior(bare) is None and number_of_prior(TODAY, of=bare) is None
