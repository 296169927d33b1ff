"""Stage 5: findings become an assessment (severity, compounds, silences, rights, levels)."""

from impact.assess.proposal import assess

__all__ = ["assess"]
