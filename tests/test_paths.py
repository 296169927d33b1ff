"""The data folders are found beside the package or inside of it."""

import pytest

from impact.errors import MissingError
from impact.paths import shelf


def test_models_and_corpora_are_found() -> None:
    assert shelf("corpora").joinpath("proposals", "new-network.pdf").is_file()
    assert shelf("models").is_dir()


def test_a_missing_folder_says_what_next() -> None:
    with pytest.raises(MissingError, match="Reinstall the program"):
        shelf("nowhere")
