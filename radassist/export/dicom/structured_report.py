"""One film's score as a Structured Report (DICOM PS3.16 TID 1500): finding, probability, decision, algorithm."""

from highdicom.sr import (
    AlgorithmIdentification,
    DeviceObserverIdentifyingAttributes,
    EnhancedSR,
    Measurement,
    MeasurementReport,
    MeasurementsAndQualitativeEvaluations,
    ObservationContext,
    ObserverContext,
    QualitativeEvaluation,
    SourceImageForMeasurementGroup,
    TrackingIdentifier,
)
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code
from pydicom.uid import generate_uid

from radassist.domain.analysis import UNDETERMINED, Analysis, Prediction
from radassist.export.dicom.maker import MANUFACTURER, MODEL_NAME, RESEARCH, place, software_version

OWN_SCHEME = "99RADASSIST"
PROBABILITY = Code("2931005", "SCT", "Probability")
THRESHOLD = Code("THRESHOLD", OWN_SCHEME, "Operating threshold")
DECISION = Code("DECISION", OWN_SCHEME, "Decision of the algorithm")
SUSPECTED = Code("415684004", "SCT", "Suspected")
NOT_SUSPECTED = Code("NOTSUSPECTED", OWN_SCHEME, "Not suspected, which does not rule it out")
INDETERMINATE = Code("82334004", "SCT", "Indeterminate")
PLAIN_CHEST_FILM = Code("399208008", "SCT", "Plain X-ray of chest")
FINDINGS = {"PNEUMONIA": Code("233604007", "SCT", "Pneumonia")}
_SERIES = 9901
_TEXT = 64
"""Longest text of a value representation LO."""


def structured_report(header: Dataset, analysis: Analysis) -> Dataset:
    """The report on the film of `header`, ready to be written.

    Args:
        header: As `film_header.read_film_header` gives it.
        analysis: Of that very film.
    """
    where = place(_SERIES)
    content = MeasurementReport(
        observation_context=_observer(),
        procedure_reported=PLAIN_CHEST_FILM,
        imaging_measurements=[_group(header, analysis)],
        title=codes.DCM.ImagingMeasurementReport,
    )
    report: Dataset = EnhancedSR(
        evidence=[header],
        content=content[0],
        series_instance_uid=where.series_uid,
        series_number=where.series_number,
        sop_instance_uid=where.instance_uid,
        instance_number=1,
        manufacturer=MANUFACTURER,
        is_complete=True,
        is_final=False,
        is_verified=False,
        series_description=RESEARCH,
    )
    report.ManufacturerModelName = MODEL_NAME
    report.SoftwareVersions = software_version()
    return report


def _observer() -> ObservationContext:

    device = DeviceObserverIdentifyingAttributes(
        uid=generate_uid(prefix=None), name=MODEL_NAME, manufacturer_name=MANUFACTURER, model_name=MODEL_NAME
    )
    return ObservationContext(
        observer_device_context=ObserverContext(observer_type=codes.DCM.Device, observer_identifying_attributes=device)
    )


def _group(header: Dataset, analysis: Analysis) -> MeasurementsAndQualitativeEvaluations:

    prediction, unit = analysis.prediction, codes.UCUM.NoUnits
    return MeasurementsAndQualitativeEvaluations(
        tracking_identifier=TrackingIdentifier(uid=generate_uid(prefix=None), identifier=f"{MODEL_NAME} score"),
        finding_type=finding(prediction.positive_label),
        algorithm_id=_algorithm(analysis),
        measurements=[
            Measurement(name=PROBABILITY, value=prediction.positive_probability, unit=unit),
            Measurement(name=THRESHOLD, value=prediction.threshold, unit=unit),
        ],
        qualitative_evaluations=[QualitativeEvaluation(name=DECISION, value=decision(prediction))],
        source_images=[SourceImageForMeasurementGroup.from_source_image(header)],
    )


def finding(label: str) -> Code:
    """The concept for a label: SNOMED CT where there is one, else the program's own."""
    return FINDINGS.get(label) or Code(label.upper()[:16], OWN_SCHEME, label[:_TEXT])


def decision(prediction: Prediction) -> Code:
    """The decision as a concept; absence of suspicion is never coded as absence of the finding."""
    if prediction.decision == UNDETERMINED:
        return INDETERMINATE
    return SUSPECTED if prediction.decision == prediction.positive_label else NOT_SUSPECTED


def _algorithm(analysis: Analysis) -> AlgorithmIdentification:

    made = analysis.provenance
    return AlgorithmIdentification(
        name=f"{MODEL_NAME} {made.model}"[:_TEXT],
        version=software_version(),
        parameters=[
            f"weights SHA-256 {made.model_sha256}",
            f"film SHA-256 {analysis.film_sha256}",
            f"preprocessing {made.preprocessing}",
            f"device {made.device}",
            f"threshold {analysis.prediction.threshold:g}, {analysis.prediction.threshold_by}",
            f"finished {made.finished_at.isoformat()}",
            *(f"notice {notice.code}" for notice in analysis.notices),
            RESEARCH,
        ],
    )
