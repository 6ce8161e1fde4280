"""What archives say of studies, made harmless."""

import pytest
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import Tag

from radassist.dicomnet.answers import found_studies, found_study, has_pictures, is_film, uid_of
from radassist.dicomnet.contexts import RECEIVED_CLASSES
from radassist.domain.archive import FoundStudy


def answer(**elements: object) -> Dataset:
    made = Dataset()
    for keyword, value in elements.items():
        setattr(made, keyword, value)
    return made


def test_a_study_is_what_its_archive_says() -> None:
    said = answer(
        StudyInstanceUID="1.2.3",
        PatientName="Larch^Arvid",
        PatientID="RAD-8",
        StudyDate="20240911",
        ModalitiesInStudy=["DX", "SR"],
        StudyDescription="Chest",
        NumberOfStudyRelatedInstances="2",
    )
    assert found_study(said) == FoundStudy("1.2.3", "Larch^Arvid", "RAD-8", "20240911", "DX\\SR", "Chest", 2)


@pytest.mark.filterwarnings("ignore:Invalid value for VR", "ignore:The value length")
@pytest.mark.parametrize("uid", ["", "../../etc/passwd", "1.2.3/..", "1" * 65, "1.2.x"])
def test_what_is_no_identifier_names_no_study(uid: str) -> None:
    said = answer()
    said[0x0020000D] = RawDataElement(Tag(0x0020000D), "UI", len(uid), uid.encode(), 0, True, True)
    assert found_study(said) is None and uid_of(said, "StudyInstanceUID") == ""


def test_each_study_is_listed_once_and_not_without_end() -> None:
    said = [answer(StudyInstanceUID=f"1.2.{number // 2}") for number in range(20)]
    assert [study.uid for study in found_studies(said, 3)] == ["1.2.0", "1.2.1", "1.2.2"]


@pytest.mark.filterwarnings("ignore:The value length", "ignore:Invalid value", "ignore:Found unknown escape")
def test_texts_are_one_bounded_line_and_odd_values_are_none() -> None:
    said, text = answer(StudyInstanceUID="1.2"), b"a\x1b[31m\r\nb" + b"x" * 500
    said[0x00081030] = RawDataElement(Tag(0x00081030), "LO", len(text), text, 0, True, True)
    said[0x00201208] = RawDataElement(Tag(0x00201208), "IS", 4, b"many", 0, True, True)
    study = found_study(said)
    assert study is not None and study.instances is None
    assert study.description.isprintable() and len(study.description) <= 256


def test_reports_are_not_retrieved_as_films() -> None:
    assert [has_pictures(answer(Modality=each)) for each in ("DX", "", "SR", "PR")] == [True, True, False, False]
    classes = (RECEIVED_CLASSES[0], "1.2.840.10008.5.1.4.1.1.30")
    assert [is_film(answer(SOPClassUID=each)) for each in classes] == [True, False]
    assert is_film(answer())
