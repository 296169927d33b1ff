"""Read a technical proposal for its impact on human rights."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impact.pipeline import analyze, render

__all__ = ["__version__", "analyze", "render"]
__version__ = version("impact-rights")


def __getattr__(name: str) -> Any:
    """Load `analyze` and `render` when first asked for, so that the command line answers at once."""
    if name in {"analyze", "render"}:
        from impact import pipeline

        return getattr(pipeline, name)
    message = f"module 'impact' has no attribute {name!r}"
    raise AttributeError(message)
