"""Read a technical proposal for its impact on human rights."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impact.pipeline import analyze, render

__all__ = ["__version__", "analyze", "render"]
__version__: str


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is first asked for, so that the command line answers at once."""
    if name == "__version__":
        from importlib.metadata import version

        return version("impact-rights")
    if name in {"analyze", "render"}:
        from impact import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'impact' has no attribute {name!r}")
