"""OpenVINO as this program uses it: silent, exact unless told otherwise, one stream a core."""

import sys
from typing import Any

import numpy as np

from radassist.domain.precision import Precision
from radassist.inference.device import usable_cores

_HINTS = {Precision.FLOAT32: "f32", Precision.BFLOAT16: "bf16"}


def import_openvino() -> Any:
    """The package.

    Raises:
        ImportError: If it is not installed or does not load.
    """
    # Its converter reports every import to its makers over the network, unasked, where it finds this package.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None makes an import fail
    import openvino

    return openvino


def compile_graph(xml: bytes, weights: bytes, precision: Precision, cores: int | None = None) -> Any:
    """A graph of OpenVINO's own format, ready to run on the CPU with one stream a core.

    Args:
        xml: The graph.
        weights: Its weights.
        precision: Of the arithmetic.
        cores: To run on; None for all that there are.

    Raises:
        ImportError: If there is no OpenVINO.
        RuntimeError: If it is no graph, or none for this machine.
    """
    openvino = import_openvino()
    core = openvino.Core()
    model = core.read_model(xml, openvino.Tensor(np.frombuffer(weights, np.uint8)))
    streams = cores or usable_cores()
    settings = {
        # On processors that can, its own choice is bfloat16: other numbers for the same film and model.
        "INFERENCE_PRECISION_HINT": _HINTS[precision],
        "NUM_STREAMS": streams,
        "INFERENCE_NUM_THREADS": streams,
        # Two programs would pin themselves to the same cores.
        "ENABLE_CPU_PINNING": False,
    }
    return core.compile_model(model, "CPU", settings)
