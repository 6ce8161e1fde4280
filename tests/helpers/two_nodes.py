"""A Ray cluster of two nodes with one core each on this machine, until its input ends; `kill` ends the second one."""

import sys

from ray.cluster_utils import Cluster


def main() -> None:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    second = cluster.add_node(num_cpus=1)
    _answer(cluster.address)
    for line in sys.stdin:
        if line.strip() == "kill":
            cluster.remove_node(second, allow_graceful=False)
            _answer("killed")
    cluster.shutdown()


def _answer(words: str) -> None:
    sys.stdout.write(f"answer {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
