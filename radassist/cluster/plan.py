"""What every machine of a cluster is told before the first film."""

from dataclasses import dataclass

from radassist.cluster.conditions import Conditions
from radassist.domain.precision import Precision
from radassist.domain.prepared import InputShape


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """How films are to be scored.

    Attributes:
        model: Id or folder, the same on all machines; None for the default model.
        device: `cpu`, or `cuda` for one graphics card an engine.
        precision: Of the network's arithmetic on the CPU.
        shape: What films are prepared for when they are read.
        conditions: Whatever computes under others is turned away.
    """

    model: str | None
    device: str
    precision: Precision
    shape: InputShape
    conditions: Conditions
