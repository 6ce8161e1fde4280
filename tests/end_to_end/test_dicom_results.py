"""Results of every sample as DICOM objects, judged by toolkits that know nothing of this program."""

import csv
import subprocess
from pathlib import Path

import pytest
from helpers.commands import Radassist
from helpers.dicom_results import errors_in, require_tools
from pydicom import dcmread
from pydicom.misc import is_dicom

from radassist.domain.dicom_results import DicomKind
from radassist.export.dicom.structured_report import PROBABILITY, THRESHOLD

pytestmark = pytest.mark.slow


@pytest.fixture
def objects(radassist: Radassist, samples: Path) -> Path:
    kinds = [f"--{kind.value}" for kind in DicomKind]
    ended = radassist("batch", samples, "--csv", "out.csv", "--identified", "--dicom-out", "objects", *kinds)
    assert ended.code == 0, ended.err
    return radassist.folder / "objects"


def test_every_object_is_sound_opens_in_other_toolkits_and_holds_the_tables_numbers(objects: Path, samples: Path):
    require_tools("dciodvfy", "dsrdump", "dcm2pnm", "dcmp2pgm")
    assert_sound(objects)
    assert_same_numbers(objects)
    assert_shown_by_another_toolkit(objects, samples)


def assert_sound(objects: Path) -> None:
    written = sorted(objects.iterdir())
    assert len(written) == 12 * len(DicomKind)
    assert {path.name: errors_in(path) for path in written} == {path.name: [] for path in written}


def assert_same_numbers(objects: Path) -> None:
    with (objects.parent / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["instance_key"]: row for row in csv.DictReader(file)}
    for path in objects.glob("*-sr.dcm"):
        numbers, film = read_back(path)
        row = rows[film]
        assert f"{numbers[PROBABILITY.value]:.6f}" == f"{float(row['p_PNEUMONIA']):.6f}"
        assert f"{numbers[THRESHOLD.value]:.6f}" == f"{float(row['threshold']):.6f}"


def assert_shown_by_another_toolkit(objects: Path, samples: Path) -> None:
    found = [path for path in samples.rglob("*") if path.is_file() and is_dicom(path)]
    films = {str(dcmread(path, stop_before_pixels=True).SOPInstanceUID): path for path in found}
    for report in objects.glob("*-sr.dcm"):
        assert "Research use only" in output("dsrdump", report)
        output("dcm2pnm", with_kind(report, DicomKind.SC), objects / "picture.ppm")
        state = with_kind(report, DicomKind.GSPS)
        (series,) = dcmread(state).ReferencedSeriesSequence
        film = films[series.ReferencedImageSequence[0].ReferencedSOPInstanceUID]
        if not dcmread(
            film, stop_before_pixels=True
        ).file_meta.TransferSyntaxUID.is_compressed:  # the tool reads none of those
            output("dcmp2pgm", "-p", state, film, objects / "view.pgm")


def with_kind(report: Path, kind: DicomKind) -> Path:
    return report.with_name(report.name.replace("-sr", f"-{kind.value}"))


def output(*command: object) -> str:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


def read_back(path: Path) -> tuple[dict[str, float], str]:
    """Numbers by the code of their concept, and the instance that the report is about."""
    report = dcmread(path)
    numbers: dict[str, float] = {}
    todo = list(report.ContentSequence)
    while todo:
        item = todo.pop()
        todo += item.get("ContentSequence", [])
        if item.ValueType == "NUM":
            code = item.ConceptNameCodeSequence[0].CodeValue
            numbers[code] = float(item.MeasuredValueSequence[0].NumericValue)
    evidence = report.CurrentRequestedProcedureEvidenceSequence[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[0]
    return numbers, str(evidence.ReferencedSOPInstanceUID)
