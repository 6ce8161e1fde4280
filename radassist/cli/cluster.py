"""`radassist batch --ray`: the same work on a cluster, behind the same progress bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from radassist import paths
from radassist.cli.scoring import Scored, follow
from radassist.cli.terminal import WrongUsage, progress_bar
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import ModelUnavailable
from radassist.domain.precision import Precision
from radassist.domain.threshold_rule import ThresholdRule
from radassist.domain.worklist import FINAL_STATES, WorklistItem
from radassist.networks.catalogue import default_model_id
from radassist.workflow.resume import Reuse
from radassist.workflow.services import Predictor

_NEEDED = ("ray", "pyarrow")
_DEVICES = ("auto", "cpu", "cuda")


@dataclass(frozen=True, slots=True)
class ClusterOrder:
    """What is to be done where.

    Attributes:
        address: `auto` or `HOST:PORT`.
        shards: Folder of the shards.
        model: As it is to be called on every machine: an id, or a folder from the root.
        rule: Chooses the threshold in force; None for that of the card. Machines decide by the card, and every film
            that comes back is decided anew here.
    """

    address: str
    shards: Path
    model: str
    device: str
    precision: Precision
    rule: ThresholdRule | None = None


def cluster_order(
    address: str | None, shards: Path | None, model: str | None, device: str, precision: Precision
) -> ClusterOrder | None:
    """What the options ask for; None where no cluster is asked for.

    Raises:
        WrongUsage: If they do not go together.
        ModelUnavailable: If the extra `cluster` is not installed, or there is no default model.
    """
    if address is None:
        if shards is not None:
            raise WrongUsage("--shards needs --ray.")
        return None
    if device not in _DEVICES:
        raise WrongUsage(f"With --ray, the device is one of {', '.join(_DEVICES)}; {device!r} names one machine's own.")
    if not all(find_spec(name) for name in _NEEDED):
        raise ModelUnavailable("--ray needs Ray: install it with pip install 'radassist[cluster]'.")
    named = model or default_model_id()
    everywhere = str(Path(named).resolve()) if Path(named).is_dir() else named
    return ClusterOrder(address, shards or paths.user_data_dir() / "shards", everywhere, device, precision)


def score_on_ray(
    order: ClusterOrder, items: Sequence[WorklistItem], reuse: Reuse, cancel: CancelToken, *, quiet: bool = False
) -> Scored:
    """Score `items` on the cluster, each result kept in a shard, and read all of them back.

    Raises:
        ModelUnavailable: If the model cannot be loaded on this machine.
        UserError: If there is no cluster, or one of its machines cannot do it, or the rule asks for what the model
            cannot tell.
        StoreError: If results cannot be kept; those that were are used by the next run.
    """
    from radassist import wiring
    from radassist.cluster.conditions import conditions_of
    from radassist.cluster.plan import ScoringPlan
    from radassist.cluster.run import decided_at, run_sharded, score_at
    from radassist.cluster.shards import ShardedRun
    from radassist.workflow.audited import AuditedRuns

    predictor = _predictor(order, quiet=quiet)
    conditions = conditions_of(predictor.facts, order.precision)
    plan = ScoringPlan(order.model, order.device, order.precision, predictor.shape, conditions)
    facts = wiring.decide_by(order.rule, predictor)
    begin = partial(ShardedRun, order.shards, conditions, facts.point)
    run = AuditedRuns(lambda _: begin(), wiring.make_audit())(facts)
    score = decided_at(facts.point, partial(score_at, order.address, plan=plan, cancel=cancel))
    events = run_sharded(items, run, score, cancel=cancel, reuse=reuse)
    summary = follow(events, len(items), lambda event: None, quiet=quiet)
    ended = tuple(item for item in run.items() if item.state in FINAL_STATES)
    return Scored(len(items), ended, facts.labels, {}, summary)


def _predictor(order: ClusterOrder, *, quiet: bool) -> Predictor:
    """The model on this machine, whose like every other must have."""
    from radassist.inference.predictor import load_predictor

    with progress_bar(quiet=quiet) as bar:
        bar.add_task("Loading the model", total=None)
        return load_predictor(order.model, "cpu", order.precision)
