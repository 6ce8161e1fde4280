"""Unless a node or an archive is asked for, nothing of the program opens a socket, and no child of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import SECONDS, Radassist
from helpers.socket_record import recorded, recording

_WINDOW = """
import sys
from functools import partial
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from radassist.app import make_backing, make_window
from radassist.domain.worklist import FINAL_STATES
from radassist.gui.settings import WindowSettings

application = QApplication([])
window, presenter = make_window(application, WindowSettings())
window.show()
presenter.start(partial(make_backing, None, "cpu"))
presenter.open_paths([Path(sys.argv[1])])


def look():
    rows = window.worklist_model
    if rows.rowCount() and all(rows.item(row).state in FINAL_STATES for row in range(rows.rowCount())):
        print(rows.item(0).state.value, flush=True)
        window.close()
        application.quit()


timer = QTimer(interval=100)
timer.timeout.connect(look)
timer.start()
application.exec()
"""


@pytest.fixture
def watched(environment, tmp_path) -> Radassist:
    """The command with every socket written down."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Radassist(folder, recording(environment, tmp_path / "hook"))


def test_the_record_sees_sockets_of_a_process_and_of_its_children(watched, tmp_path):
    child = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    words = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    subprocess.run([sys.executable, "-c", words, child], env=watched.environment, check=True, timeout=SECONDS)

    assert recorded(tmp_path / "hook") == {"socket.__new__", "socket.connect 127.0.0.1:9"}


@pytest.mark.timeout(300)
def test_a_batch_opens_no_socket(watched, samples, tmp_path):
    assert watched("batch", samples / "RAD-0012", "--csv", "out.csv", "--quiet").code == 0
    assert recorded(tmp_path / "hook") == set()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_window_opens_no_socket(watched, samples: Path, tmp_path):
    environment = watched.environment | {"QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-c", _WINDOW, str(samples / "RAD-0012" / "CR_0001.dcm")]
    run = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)

    assert (run.returncode, run.stdout.strip()) == (0, "scored"), run.stderr
    assert recorded(tmp_path / "hook") == set()
