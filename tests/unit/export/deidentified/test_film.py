"""A film as a new object that names nobody, and looks as it did."""

from pathlib import Path

import numpy as np
import pytest
from helpers.deidentified import CANARY, canaries_in, telling_film
from helpers.dicom_factory import film_bytes, phantom
from helpers.dicom_results import errors_in, require_tools
from pydicom import dcmread
from pydicom.dataset import Dataset

from radassist.domain.deidentification import DeidentifyOptions
from radassist.domain.study import FilmSource
from radassist.export.deidentified.film import deidentified_film
from radassist.export.deidentified.kept import top_values
from radassist.export.deidentified.pseudonyms import Pseudonyms
from radassist.imaging.formats import read_radiograph, read_tags
from radassist.imaging.rendering import to_grey8
from radassist.paths import samples_dir

NOTHING, ALL = DeidentifyOptions(), DeidentifyOptions(keeps_age_and_sex=True, shifts_dates=True)
DX = "1.2.840.10008.5.1.4.1.1.1.1"


def copied(content: bytes, folder: Path, options: DeidentifyOptions = NOTHING) -> tuple[Path, Path]:
    """The film, and its copy in a folder of its own."""
    film, out = folder / "film.dcm", folder / "out"
    film.write_bytes(content)
    out.mkdir(exist_ok=True)
    source = FilmSource(film)
    made = deidentified_film(top_values(read_tags(source)), read_radiograph(source), options, Pseudonyms(b"salt" * 8))
    made.save_as(out / "copy.dcm", enforce_file_format=True)
    return film, out / "copy.dcm"


@pytest.mark.parametrize("options", [NOTHING, ALL])
def test_no_word_of_the_film_is_in_the_bytes_of_its_copy(tmp_path: Path, options: DeidentifyOptions) -> None:
    film, copy = copied(telling_film(), tmp_path, options)
    assert CANARY.encode() in film.read_bytes()
    assert canaries_in(copy.parent) == []
    original, made = dcmread(film), dcmread(copy)
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        assert original[keyword].value != made[keyword].value
    assert made.file_meta.MediaStorageSOPInstanceUID == made.SOPInstanceUID


def test_the_copy_says_what_was_done(tmp_path: Path) -> None:
    film, copy = copied(telling_film(PatientAge="093Y", PatientSex="F"), tmp_path)
    made = dcmread(copy)
    assert [code.CodeValue for code in made.DeidentificationMethodCodeSequence] == ["113100"]
    assert (made.PatientIdentityRemoved, made.LongitudinalTemporalInformationModified) == ("YES", "REMOVED")
    assert (made.StudyDate, made.PatientSex, "PatientAge" in made) == ("", "", False)
    made = dcmread(copied(film.read_bytes(), tmp_path, ALL)[1])
    assert [code.CodeValue for code in made.DeidentificationMethodCodeSequence] == ["113100", "113107", "113108"]
    assert (made.PatientAge, made.PatientSex, made.LongitudinalTemporalInformationModified) == ("090Y", "F", "MODIFIED")
    assert len(made.StudyDate) == 8


@pytest.mark.parametrize("months", ["018M", "023M"])
def test_an_infant_keeps_its_months(tmp_path: Path, months: str) -> None:
    _, copy = copied(telling_film(PatientAge=months, PatientSex="M"), tmp_path, ALL)
    assert dcmread(copy).PatientAge == months


def voi_table() -> Dataset:
    item = Dataset()
    item.add_new(0x00283002, "US", [4096, 0, 12])
    item.add_new(0x00283006, "OW", (np.arange(4096)[::-1] ** 2 // 4096).astype("<u2").tobytes())
    item.LUTExplanation = CANARY
    return item


@pytest.mark.parametrize(
    "elements",
    [
        {},
        {"WindowCenter": [1500, 900], "WindowWidth": [2000, 300], "VOILUTFunction": "SIGMOID"},
        {"PhotometricInterpretation": "MONOCHROME1", "PixelPaddingValue": 0},
        {"RescaleSlope": "2.5", "RescaleIntercept": "-1000", "WindowCenter": "1200.5", "WindowWidth": "4000.25"},
        {"VOILUTSequence": [voi_table()]},
        {"PixelAspectRatio": [2, 1], "PatientOrientation": ["R", "F"]},
    ],
)
def test_the_copy_looks_as_the_film_did(tmp_path: Path, elements: dict[str, object]) -> None:
    film, copy = copied(telling_film(**elements), tmp_path)
    before, after = (read_radiograph(FilmSource(path)) for path in (film, copy))
    assert np.array_equal(before.pixels, after.pixels)
    assert np.array_equal(to_grey8(before), to_grey8(after))
    assert (before.aspect, before.padding, len(before.windows)) == (after.aspect, after.padding, len(after.windows))
    assert canaries_in(copy.parent) == []


SHUTTERS = [
    {
        "ShutterShape": "RECTANGULAR",
        "ShutterUpperHorizontalEdge": 10,
        "ShutterLowerHorizontalEdge": 80,
        "ShutterLeftVerticalEdge": 5,
        "ShutterRightVerticalEdge": 70,
        "ShutterPresentationValue": 0x8080,
    },
    {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [48, 40], "RadiusOfCircularShutter": 30},
]


@pytest.mark.parametrize("shutter", SHUTTERS)
def test_what_a_shutter_hides_stays_hidden_in_its_grey_and_is_told(tmp_path: Path, shutter: dict[str, object]) -> None:
    film, copy = copied(telling_film(BodyPartExamined="CHEST", **shutter), tmp_path)
    before, after = (read_radiograph(FilmSource(path)) for path in (film, copy))
    assert np.array_equal(to_grey8(before), to_grey8(after))
    assert "SHUTTER" in {notice.code for notice in after.notices}
    require_tools("dciodvfy")
    assert errors_in(copy) == []


@pytest.mark.parametrize("picture", [phantom(40, 30).astype(np.int16) - 700, np.zeros((40, 31, 3), np.uint8) + 9])
def test_signed_and_coloured_films_look_as_they_did(tmp_path: Path, picture: np.ndarray) -> None:
    film, copy = copied(film_bytes(picture), tmp_path)
    before, after = (read_radiograph(FilmSource(path)) for path in (film, copy))
    assert np.array_equal(to_grey8(before), to_grey8(after))


@pytest.mark.parametrize(
    "elements",
    [
        {},
        {"SOPClassUID": DX, "Modality": "DX", "PatientOrientation": ["L", "F"], "BodyPartExamined": "CHEST"},
        {"SOPClassUID": DX, "Modality": "DX"},
        {"SOPClassUID": "1.2.3", "BodyPartExamined": "HAND"},
    ],
)
def test_an_independent_checker_finds_no_error(tmp_path: Path, elements: dict[str, object]) -> None:
    require_tools("dciodvfy")
    spacing = {"ImagerPixelSpacing": [0.1, 0.1], "BurnedInAnnotation": "NO"}
    _, copy = copied(telling_film(**spacing, **elements), tmp_path)
    assert errors_in(copy) == []


def test_no_error_is_found_in_copies_of_the_samples(tmp_path: Path) -> None:
    require_tools("dciodvfy")
    for number, sample in enumerate(sorted(samples_dir().rglob("*.dcm"))[:3]):
        folder = tmp_path / str(number)
        folder.mkdir()
        _, copy = copied(sample.read_bytes(), folder)
        assert errors_in(copy) == [], sample.name
