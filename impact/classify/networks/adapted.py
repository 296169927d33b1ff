"""Networks that the larger one shares its layers with: those that judge labels, with additions for another task."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.classify.networks.files import NetworkFiles, load_network
from impact.classify.networks.larger import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PART = "labels"
"""Part of the larger network whose products are added to."""

_NEXT = "Reinstall the program, or run models/network/export_adapted.py in a checkout"


@dataclass(frozen=True, slots=True, eq=False)
class AdaptedNetwork:
    """A loaded network; compared by identity.

    Attributes:
        network: The larger network, whose shared layers it begins with.
        session: What runs the layers above them.
        card: What is known of it.
    """

    network: Network = field(repr=False)
    session: Any = field(repr=False)
    card: Mapping[str, Any] = field(repr=False)

    def outputs(self, first: str, second: str) -> "NDArray[np.float32]":
        """Return its log odds for one text or two, in the order of its outputs."""
        numbers = self.network.inputs(first, second, self.network.passage_limit)
        outputs: NDArray[np.float32] = self.session.run(None, {"states": self.network.states(numbers)})[0]
        return outputs


def load_adapted(name: str, folder: Path, below: Network) -> AdaptedNetwork:
    """Load the network of a name from a folder made by `models/network/export_adapted.py`.

    Raises:
        MissingError: If a file of it is absent or cannot be used, or it was taught to another larger network.
    """

    def made(files: NetworkFiles) -> AdaptedNetwork:
        if files.card["network"] != below.digest:
            raise ValueError("it was taught to another larger network")
        return AdaptedNetwork(below, files.sessions[name], files.card)

    return load_network(folder, {name: PART}, f"the network for {name}", _NEXT, made)
