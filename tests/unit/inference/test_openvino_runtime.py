import os
import subprocess
import sys
from pathlib import Path

from helpers.models import make_card, make_network

from radassist.domain.precision import Precision
from radassist.inference.device import usable_cores
from radassist.inference.openvino_graph import convert
from radassist.inference.openvino_runtime import compile_graph

_SILENT = """
import socket, sys
def refuse(*_):
    raise SystemExit("it spoke to the network")
socket.socket.connect = socket.getaddrinfo = refuse
from radassist.inference.openvino_runtime import import_openvino
import_openvino()
sys.exit(any(name.startswith("openvino_telemetry.") for name in sys.modules))
"""


def test_openvino_tells_nobody_that_it_runs(tmp_path: Path) -> None:
    environment = os.environ | {"HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", _SILENT], env=environment, check=False, timeout=60)
    assert run.returncode == 0
    assert list(tmp_path.iterdir()) == []  # nor does it leave an identity of the user's


def test_there_is_one_stream_a_core_and_no_core_is_claimed() -> None:
    card = make_card()
    graph = convert(make_network(card), card)
    compiled = compile_graph(graph.xml, graph.weights, Precision.FLOAT32)
    assert int(compiled.get_property("NUM_STREAMS")) == usable_cores()
    assert int(compiled.get_property("INFERENCE_NUM_THREADS")) == usable_cores()
    assert compiled.get_property("ENABLE_CPU_PINNING") is False
