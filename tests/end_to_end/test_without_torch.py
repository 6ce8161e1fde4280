"""Once a model is converted, the CPU needs no torch: window, batch and overlays work where it cannot be imported."""

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import SECONDS, Ended, Radassist, read_rows

from radassist.inference.predictor import load_predictor

_WITHOUT_TORCH = """
import sys
sys.modules["torch"] = sys.modules["torchvision"] = None
from radassist.cli import main
main()
"""
_VOLATILE = {"decode_ms", "predict_ms", "finished_at"}


@pytest.fixture(scope="module")
def converted(environment: dict[str, str], monkeypatch_module: pytest.MonkeyPatch) -> None:
    """The default model was run once on this machine, by this process, which has torch."""
    monkeypatch_module.setenv("RADASSIST_HOME", environment["RADASSIST_HOME"])
    load_predictor(None, "cpu")


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def _without_torch(radassist: Radassist, *words: object) -> Ended:
    run = subprocess.run(
        [sys.executable, "-c", _WITHOUT_TORCH, *map(str, words)],
        cwd=radassist.folder,
        env=radassist.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return Ended(run.returncode, run.stdout, run.stderr)


def _rows(table: Path) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if name not in _VOLATILE} for row in read_rows(table)]


@pytest.mark.usefixtures("converted")
def test_a_batch_without_torch_gives_the_very_table_of_one_with_torch(radassist: Radassist, samples: Path) -> None:
    first = radassist("batch", samples, "--csv", "with.csv", "--quiet")
    second = _without_torch(radassist, "batch", samples, "--csv", "without.csv", "--restart", "--quiet")
    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert _rows(radassist.folder / "with.csv") == _rows(radassist.folder / "without.csv")
    assert all(row["device"].endswith(", OpenVINO") for row in read_rows(radassist.folder / "without.csv"))


@pytest.mark.usefixtures("converted")
def test_maps_that_need_no_gradient_are_the_same_files_without_torch(radassist: Radassist, samples: Path) -> None:
    words = ("explain", samples / "RAD-0002" / "CHEST.dcm", "--methods", "mean,pca", "--robustness", "--quiet")
    first, second = radassist(*words, "--out", "with"), _without_torch(radassist, *words, "--out", "without")
    assert (first.code, second.code) == (0, 0), first.err + second.err
    files = sorted(path.name for path in (radassist.folder / "with").iterdir())
    assert len(files) > 4
    assert files == sorted(path.name for path in (radassist.folder / "without").iterdir())
    for name in files:
        assert (radassist.folder / "with" / name).read_bytes() == (radassist.folder / "without" / name).read_bytes()


@pytest.mark.usefixtures("converted")
def test_explaining_says_in_a_sentence_that_it_needs_torch(radassist: Radassist, samples: Path) -> None:
    ended = _without_torch(radassist, "explain", samples / "RAD-0002" / "CHEST.dcm", "--out", "maps")
    assert ended.code == 1
    assert ended.err.strip() == "Saliency maps need torch, which cannot be loaded on this machine."


def test_a_model_that_was_never_converted_says_what_it_needs(radassist: Radassist, samples: Path) -> None:
    film = samples / "RAD-0002" / "CHEST.dcm"
    fresh = Radassist(radassist.folder, radassist.environment | {"RADASSIST_HOME": str(radassist.folder / "fresh")})
    ended = _without_torch(fresh, "batch", film, "--model", radassist.home / "data/models/tiny", "--csv", "a.csv")
    assert ended.code == 1
    assert "Model tiny needs torch, which cannot be loaded on this machine." in ended.err


_WINDOW = """
import sys
sys.modules["torch"] = sys.modules["torchvision"] = None
from functools import partial
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from radassist.app import make_backing, make_window
from radassist.gui.settings import WindowSettings

application = QApplication([])
window, presenter = make_window(application, WindowSettings())
window.show()
presenter.start(partial(make_backing, None, "cpu"))
presenter.open_paths([Path(sys.argv[1])])

def look():
    film = presenter.films.current
    if film is not None and film.is_complete:
        print(film.analysis.prediction.positive_probability, len(film.analysis.feature_maps))
        window.close()
        application.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
application.exec()
"""


@pytest.mark.usefixtures("converted")
def test_the_window_shows_score_and_maps_without_torch(radassist: Radassist, samples: Path) -> None:
    film = samples / "RAD-0002" / "CHEST.dcm"
    radassist("batch", film, "--csv", "a.csv", "--quiet")
    run = subprocess.run(
        [sys.executable, "-c", _WINDOW, film],
        env=radassist.environment | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )
    probability, maps = run.stdout.split()
    assert float(probability) == pytest.approx(float(read_rows(radassist.folder / "a.csv")[0]["p_PNEUMONIA"]), abs=1e-6)
    assert maps == "2"


@pytest.mark.usefixtures("converted")
def test_nothing_that_scores_on_the_cpu_imports_torch(environment: dict[str, str], tmp_path: Path) -> None:
    code = "import sys; from radassist.inference.predictor import load_predictor; load_predictor(None, 'auto')"
    code += "; sys.exit('torch' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=False)
    assert run.returncode == 0
