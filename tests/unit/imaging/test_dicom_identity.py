"""Who a film belongs to: harmless text, and an age where there is one."""

import pytest
from helpers.dicom_factory import film_bytes, phantom

from radassist.domain.study import Identity
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_identity import read_header_identity

pytestmark = pytest.mark.filterwarnings("ignore")  # pydicom complains of what these tests put in on purpose


def identity(**elements) -> Identity:
    return read_header_identity(parse(film_bytes(phantom(8, 8), elements=elements)).header)


def test_the_header_is_read_as_it_is() -> None:
    read = identity(PatientSex="F", PatientAge="004Y", InstitutionName="Ward 3", Laterality="L", AccessionNumber="A7")
    assert read == Identity(
        study_uid="2.25.3",
        series_uid="2.25.2",
        instance_uid="2.25.1",
        patient_id="P1",
        patient_name="Phantom^Film",
        age_years=4.0,
        sex="F",
        modality="CR",
        body_part="CHEST",
        view="PA",
        laterality="L",
        study_date="20240229",
        accession_number="A7",
        institution="Ward 3",
    )


def test_what_is_missing_is_empty() -> None:
    missing = dict.fromkeys(("PatientName", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "StudyDate"))
    read = identity(**missing)
    assert (read.patient_name, read.patient_id, read.study_uid, read.series_uid, read.study_date) == ("",) * 5
    assert read.age_years is None


@pytest.mark.parametrize(
    ("age", "years"), [("005Y", 5.0), ("018M", 1.5), ("052W", 0.9966), ("010D", 0.0274), ("5Y", 5.0)]
)
def test_an_age_is_told_in_years(age: str, years: float) -> None:
    assert identity(PatientAge=age).age_years == pytest.approx(years, abs=1e-3)


def test_an_age_follows_from_birth_and_study_dates() -> None:
    assert identity(PatientBirthDate="20200229").age_years == pytest.approx(4.0, abs=1e-3)


@pytest.mark.parametrize(
    "elements",
    [
        {"PatientAge": "999Y"},
        {"PatientAge": "old"},
        {"PatientBirthDate": "20991231"},
        {"PatientBirthDate": "18000101"},
        {"PatientBirthDate": "2020022"},
        {"PatientBirthDate": "20200231"},
    ],
)
def test_an_impossible_age_is_unknown(elements: dict[str, str]) -> None:
    assert identity(**elements).age_years is None


@pytest.mark.parametrize(("written", "read"), [("M", "M"), ("o", "O"), ("UNKNOWN", ""), ("", "")])
def test_the_sex_is_one_of_three_or_unknown(written: str, read: str) -> None:
    assert identity(PatientSex=written).sex == read


def test_hostile_text_is_one_bounded_line() -> None:
    hostile = identity(PatientID="=1+1\r\nforged,row\x1b[31m\u202e", StudyDescription="x" * 60_000)
    assert hostile.patient_id == "=1+1 forged,row[31m"
    assert len(hostile.study_description) == 256


def test_a_study_date_that_is_none_is_empty() -> None:
    assert identity(StudyDate="2024.1.1").study_date == ""


def test_a_series_tells_its_number_as_the_modality_counted() -> None:
    assert identity(SeriesNumber=3).series_number == "3"
    assert identity().series_number == ""
