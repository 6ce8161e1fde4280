"""Padding, modality values and windows; what cannot be used is left out and told."""

import numpy as np
import pytest
from helpers.dicom_factory import film_dataset, lookup_table, phantom, to_bytes
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset

from radassist.domain.radiograph import LookupTable, ModalityTransform, VoiFunction, Window
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_header import Header
from radassist.imaging.dicom_layout import PixelLayout, read_layout
from radassist.imaging.dicom_values import read_modality, read_padding, read_windows
from radassist.imaging.histogram import Picture

pytestmark = pytest.mark.filterwarnings("ignore")  # pydicom complains of what these tests put in on purpose

PICTURE = Picture(phantom(), ModalityTransform(), None)
AUTOMATIC = PICTURE.whole.automatic_window()


def header(*, signed: bool = False, **elements) -> tuple[Header, PixelLayout]:
    film = phantom(8, 8).astype(np.int16 if signed else np.uint16)
    read = parse(to_bytes(film_dataset(film, bits=12, elements=elements))).header
    return read, read_layout(read)


def rescale(**elements) -> tuple[float, float, list[str]]:
    """Slope and intercept that are used, and the codes of what was told."""
    transform, notices = read_modality(*header(**elements))
    assert transform.table is None
    return transform.slope, transform.intercept, [notice.code for notice in notices]


def raw_window(center: str, width: str) -> Header:
    """A header whose window is this very text, which pydicom would refuse to write."""
    data = to_bytes(film_dataset(phantom(8, 8), bits=12, elements={"WindowCenter": "111111", "WindowWidth": "222222"}))
    return parse(data.replace(b"111111", center.encode().ljust(6)).replace(b"222222", width.encode().ljust(6))).header


def test_padding_is_one_value_or_a_range_in_either_order() -> None:
    assert read_padding(*header()) is None
    assert read_padding(*header(PixelPaddingValue=0)) == (0, 0)
    assert read_padding(*header(PixelPaddingValue=63, PixelPaddingRangeLimit=0)) == (0, 63)
    assert read_padding(*header(PixelPaddingRangeLimit=5)) is None


def test_padding_is_signed_as_the_pixels_are_whatever_its_kind_of_number() -> None:
    as_unsigned = DataElement(0x00280120, "US", 63536)
    assert read_padding(*header(signed=True, PixelPaddingValue=as_unsigned)) == (-2000, -2000)
    assert read_padding(*header(PixelPaddingValue=as_unsigned)) == (63536, 63536)


def test_without_a_rescale_a_value_is_itself() -> None:
    assert rescale() == (1.0, 0.0, [])


def test_slope_and_intercept_are_read() -> None:
    assert rescale(RescaleSlope="0.5", RescaleIntercept="-1024") == (0.5, -1024.0, [])


@pytest.mark.parametrize(
    ("slope", "intercept"), [("0", "0"), ("1e308", "1e308"), ("nan", "0"), ("2", None), ("1", ["0", "1"])]
)
def test_a_rescale_that_cannot_be_used_is_left_out_and_told(slope: object, intercept: object) -> None:
    elements = {"RescaleSlope": slope} | ({"RescaleIntercept": intercept} if intercept else {})
    assert rescale(**elements) == (1.0, 0.0, ["RESCALE"])


def test_a_modality_table_goes_before_the_rescale() -> None:
    table = lookup_table(0, np.arange(4096, dtype=np.uint16) * 16, 16)
    transform, notices = read_modality(*header(ModalityLUTSequence=[table], RescaleSlope="2", RescaleIntercept="0"))
    assert transform.table is not None
    assert transform.table.entries[4095] == 65520
    assert notices == ()


def test_a_broken_modality_table_is_told_and_a_hollow_one_is_none() -> None:
    broken = lookup_table(0, np.arange(9, dtype=np.uint16), 16)
    broken.LUTDescriptor = [4096, 0, 16]
    assert rescale(ModalityLUTSequence=[broken]) == (1.0, 0.0, ["RESCALE"])
    assert rescale(ModalityLUTSequence=[Dataset()]) == (1.0, 0.0, [])


def test_the_default_alone_is_the_first_of_all_with_the_same_notices() -> None:
    for read in (header()[0], raw_window("2048  ", "1000  "), raw_window("9e9   ", "1     ")):
        everything, default = read_windows(read, PICTURE), read_windows(read, PICTURE, default_only=True)
        assert default.windows == everything.windows[:1]
        assert default.notices == everything.notices


def test_without_windows_there_is_the_automatic_one() -> None:
    offered = read_windows(header()[0], PICTURE)
    assert offered.windows == (AUTOMATIC,)
    assert offered.notices == ()


def test_all_windows_are_offered_by_their_names_and_the_automatic_one_last() -> None:
    read, _ = header(
        WindowCenter=["2048", "1000"],
        WindowWidth=["4096", "500"],
        WindowCenterWidthExplanation=["NORMAL", "HARD"],
        VOILUTFunction="SIGMOID",
    )
    assert read_windows(read, PICTURE).windows == (
        Window(2048.0, 4096.0, VoiFunction.SIGMOID, "NORMAL"),
        Window(1000.0, 500.0, VoiFunction.SIGMOID, "HARD"),
        AUTOMATIC,
    )


def test_windows_without_names_are_numbered() -> None:
    read, _ = header(WindowCenter=["2048", "1000"], WindowWidth=["4096", "500"])
    assert [window.name for window in read_windows(read, PICTURE).windows[:2]] == ["Window 1", "Window 2"]


def test_a_voi_table_is_the_default_before_a_window() -> None:
    table = lookup_table(0, np.arange(4096, dtype=np.uint16), 12, "CURVE")
    read, _ = header(VOILUTSequence=[table], WindowCenter="2048", WindowWidth="4096")
    first, second, _automatic = read_windows(read, PICTURE).windows
    assert isinstance(first, LookupTable)
    assert first.name == "CURVE"
    assert isinstance(second, Window)


def test_an_exact_window_may_be_narrower_than_one() -> None:
    read, _ = header(WindowCenter="2048", WindowWidth="0.5", VOILUTFunction="LINEAR_EXACT")
    assert read_windows(read, PICTURE).windows[0] == Window(2048.0, 0.5, VoiFunction.LINEAR_EXACT, "Window 1")


@pytest.mark.parametrize(
    ("center", "width"),
    [("100", "0"), ("100", "0.5"), ("100", "-50"), ("nan", "nan"), ("inf", "1e400"), ("abc", "def"), ("1e30", "1e-30")],
)
def test_a_window_that_is_none_is_left_out_and_told(center: str, width: str) -> None:
    offered = read_windows(raw_window(center, width), PICTURE)
    assert offered.windows == (AUTOMATIC,)
    assert [notice.code for notice in offered.notices] == ["WINDOW"]


def test_a_window_beside_the_picture_is_left_out_and_told() -> None:
    read, _ = header(WindowCenter=["50000", "2000"], WindowWidth=["10", "3000"])
    offered = read_windows(read, PICTURE)
    assert [window.name for window in offered.windows] == ["Window 2", "Automatic"]
    assert [notice.code for notice in offered.notices] == ["WINDOW"]


def test_centres_without_widths_are_told() -> None:
    read, _ = header(WindowCenter=["2048", "1000"], WindowWidth="4096")
    assert [notice.code for notice in read_windows(read, PICTURE).notices] == ["WINDOW"]


def test_a_short_voi_table_is_left_out_and_told() -> None:
    table = lookup_table(0, np.arange(50, dtype=np.uint16), 12)
    table.LUTDescriptor = [4096, 0, 12]
    offered = read_windows(header(VOILUTSequence=[table])[0], PICTURE)
    assert offered.windows == (AUTOMATIC,)
    assert [notice.code for notice in offered.notices] == ["WINDOW"]


def test_an_empty_voi_sequence_is_no_complaint() -> None:
    assert read_windows(header(VOILUTSequence=[])[0], PICTURE).notices == ()
    assert read_windows(header(VOILUTSequence=[Dataset()])[0], PICTURE).notices == ()
