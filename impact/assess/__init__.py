"""Stage 5: findings become an assessment (severity, compounds, silences, rights, levels)."""

from impact.assess.proposal import assess
from impact.assess.reviewed import unruled

__all__ = ["assess", "unruled"]
