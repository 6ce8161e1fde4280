"""Options that several commands share."""

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
