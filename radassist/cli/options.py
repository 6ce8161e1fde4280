"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from radassist.domain.precision import Precision

PrecisionOption = Annotated[
    Precision,
    typer.Option(
        help="Number format on the CPU. bf16 is faster on processors made for it, and moves probabilities; "
        "its rows say so and it is never mixed with float32."
    ),
]

ThresholdOption = Annotated[
    str,
    typer.Option(
        "--threshold-rule",
        metavar="RULE",
        help="The threshold in force: card, or sensitivity=0.98, specificity=0.95 or youden on the films the model was "
        "validated on, or threshold=0.5. Every row says which; scores are not made again.",
    ),
]
DicomOutOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder for results as DICOM objects: reports, or what is named below."),
]
SrOption = Annotated[bool, typer.Option("--sr", help="Structured Report.")]
ScOption = Annotated[bool, typer.Option("--sc", help="Secondary Capture: the film under the deepest block's map.")]
GspsOption = Annotated[bool, typer.Option("--gsps", help="Presentation State: window, outline of that map.")]
PmapOption = Annotated[bool, typer.Option("--pmap", help="Parametric Map: that map's raw values.")]
ExplainOption = Annotated[
    Path | None, typer.Option("--explain", metavar="DIR", help="Folder for maps of every film that was scored.")
]
MethodsOption = Annotated[
    str, typer.Option("--explain-methods", metavar="NAME,...", help="Which maps, as for `radassist explain`.")
]
ResumeOption = Annotated[
    bool,
    typer.Option(
        "--resume/--restart",
        help="Use the results of unchanged films that this model has scored before, or score every film again.",
    ),
]
RetryOption = Annotated[
    bool, typer.Option("--retry-failed", help="Try films again that failed before; implies --resume.")
]
RayOption = Annotated[
    str | None,
    typer.Option(
        metavar="auto|HOST:PORT",
        help="Score on the Ray cluster at HOST:PORT, or on the one this machine belongs to, or on this machine alone; "
        "needs the extra 'cluster'.",
    ),
]
ShardsOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="With --ray: where results are kept as Parquet; else in the user's own folder."),
]
