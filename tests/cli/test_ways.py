"""What the commands offer is what there is."""

from impact.classify import CLASSIFIERS
from impact.cli.options import WAYS


def test_every_classifier_can_be_chosen() -> None:
    assert set(WAYS) == CLASSIFIERS.keys()
