"""Stage 5: findings become an assessment (severity, compounds, silences, rights, levels)."""

from impact.assess.proposal import assess
from impact.assess.reading_order import reading_key

__all__ = ["assess", "reading_key"]
