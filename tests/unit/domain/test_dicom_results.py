"""What results as DICOM objects are made of."""

from radassist.domain.dicom_results import DicomKind


def test_a_report_needs_no_pixels_and_all_that_shows_the_film_does():
    assert [kind for kind in DicomKind if not kind.needs_pixels] == [DicomKind.SR]
