"""The triple of a finding, what moves it, and the level that it gives."""

from collections.abc import Sequence

from impact.present.lists import inside
from impact.records import Level, Severity, Strength
from impact.taxonomy.values import Mechanism, SeverityRule

LOWEST = 1
HIGHEST = 5
LEVELS = {"scale": Level.HIGH, "irremediability": Level.HIGH, "all": Level.HIGH, "two": Level.MEDIUM, "low": Level.LOW}


def level_of(scale: int, scope: int, irremediability: int, rule: SeverityRule) -> tuple[Level, str]:
    """Return the level of a triple and the key, in `rule.reasons`, of the sentence that says why."""
    key = rule.ground(scale, scope, irremediability)
    return LEVELS[key], key


def judge(
    mechanism: Mechanism, strength: Strength, safeguards: Sequence[str], rule: SeverityRule, perhaps: Sequence[str] = ()
) -> Severity:
    """Return the severity of one finding: the defaults of its mechanism, moved by `may` and by safeguards.

    Args:
        mechanism: Where the default triple and its reason come from.
        strength: That of the sentence that carries the finding; only `may` moves the scope.
        safeguards: Names of the matching safeguards in the same clause or section; one or ten move the same.
        rule: Thresholds and sentences.
        perhaps: Names of the doubtful ones there. They move nothing; what they would lower the level to is said.
    """
    scale = mechanism.scale
    scope = _lowered(mechanism.scope, rule.may_lowers_scope_by if strength is Strength.MAY else 0)
    less = _lowered(mechanism.irremediability, rule.safeguard_lowers_irremediability_by)
    loss = less if safeguards else mechanism.irremediability
    level, key = level_of(scale, scope, loss, rule)
    numbers = {"scale": scale, "scope": scope, "irremediability": loss}
    defaults = f"Default rating: scale {scale}, scope {mechanism.scope}, irremediability {mechanism.irremediability}."
    source = f"Source of this rating: {sentence(mechanism.severity_source)}"
    parts = [defaults, sentence(mechanism.severity_reason), source]
    if scope != mechanism.scope:
        parts.append(rule.reasons["may"].format(**numbers, before=mechanism.scope))
    if loss != mechanism.irremediability:
        names = _names(safeguards)
        parts.append(rule.reasons["safeguard"].format(**numbers, before=mechanism.irremediability, safeguard=names))
    parts.append(rule.reasons[key].format(**numbers))
    least, _ = level_of(scale, scope, less if perhaps else loss, rule)
    if least is level:
        return Severity(scale, scope, loss, level, " ".join(parts))
    numbers |= {"irremediability": less}
    parts.append(rule.reasons["perhaps"].format(**numbers, before=loss, safeguard=_names(perhaps), level=least))
    return Severity(scale, scope, loss, level, " ".join(parts), least)


def sentence(words: str) -> str:
    """Return `words` with exactly one full stop at the end."""
    return f"{words.strip().rstrip('.')}."


def _names(safeguards: Sequence[str]) -> str:
    *rest, last = (inside(name) for name in safeguards)
    return f"{'; '.join(rest)}; and {last}" if rest else last


def _lowered(number: int, by: int) -> int:
    return min(max(number - by, LOWEST), HIGHEST)
