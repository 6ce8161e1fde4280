import subprocess
import sys
from pathlib import Path

import numpy as np
from helpers.models import save_model

from radassist.explain.scorer import Scorer
from radassist.inference.predictor import load_predictor


def test_a_loaded_model_answers_the_questions_asked_here(tmp_path: Path) -> None:
    save_model(tmp_path)
    scorer: Scorer = load_predictor(str(tmp_path), "cpu")
    (answer,) = scorer.score([np.zeros((70, 90), np.uint8)])
    assert answer.positive_label == "PNEUMONIA"


def test_asking_loads_no_torch() -> None:
    modules = "whatif, radassist.explain.sweep, radassist.explain.robustness"
    code = f"import sys, radassist.explain.{modules}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
