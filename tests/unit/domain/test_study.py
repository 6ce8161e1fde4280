"""Films in DICOM's order."""

from pathlib import Path

from radassist.domain.study import FilmSource, Identity, Instance, group_by_study


def _film(name: str, study: str = "", series: str = "", patient: str = "") -> Instance:
    identity = Identity(study_uid=study, series_uid=series, patient_name=patient) if study else None
    return Instance(FilmSource(Path(name)), identity)


def test_films_are_grouped_by_study_and_series_in_the_order_they_came() -> None:
    films = [_film("a", "1", "1.1", "DOE"), _film("b", "2", "2.1"), _film("c", "1", "1.2"), _film("d", "1", "1.1")]
    studies = group_by_study(films)
    assert [study.uid for study in studies] == ["1", "2"]
    assert [[i.source.name for i in series.instances] for series in studies[0].series] == [["a", "d"], ["c"]]
    assert studies[0].patient_name == "DOE"


def test_patients_who_share_a_study_uid_do_not_share_a_study() -> None:
    films = [Instance(FilmSource(Path(name)), Identity(study_uid="1", patient_id=name)) for name in "aba"]
    assert [study.patient_id for study in group_by_study(films)] == ["a", "b"]


def test_a_raster_is_a_study_of_its_own() -> None:
    studies = group_by_study([_film("a.png"), _film("b.png")])
    assert [study.description for study in studies] == ["a.png", "b.png"]


def test_a_film_in_an_archive_is_named_by_its_member() -> None:
    source = FilmSource(Path("disc.zip"), "images/1.dcm")
    assert (source.name, str(source)) == ("1.dcm", "disc.zip!/images/1.dcm")
    assert FilmSource(Path("a/1.dcm")).name == "1.dcm"
