"""A valid model card for tests that need one and no model."""

from radassist.networks.card import (
    BlockEntry,
    Calibration,
    InputSpec,
    ModelCard,
    OperatingPoint,
    TrainingData,
    TrainingRun,
)


def make_card(model_id: str = "made-up", *, side: int = 32) -> ModelCard:
    """The card of a small `gap_cnn` that nobody trained."""
    return ModelCard(
        id=model_id,
        title="Made-up model",
        version="1",
        architecture="gap_cnn",
        config={"widths": [4, 8], "size": side},
        labels=("NORMAL", "PNEUMONIA"),
        input=InputSpec(channels=1, height=side, width=side, via=None, mean=(0.3,), std=(0.2,)),
        blocks=(BlockEntry(name="block1", module="features.block1", stride=2, channels=4),),
        calibration=Calibration(temperature=1.0, fitted_on="calibration"),
        operating_point=OperatingPoint(threshold=0.5, rule="half", chosen_on="validation"),
        training_data=TrainingData(name="noise", licence="none", citation="", population="Nobody.", films=0),
        training_run=TrainingRun(
            command="radassist train", epochs=1, best_epoch=1, seed=0, minutes=0, code_version="0"
        ),
        weights_sha256="0" * 64,
    )
