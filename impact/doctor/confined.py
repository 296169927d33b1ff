"""The sandbox: a child attempts what must fail."""

import sys

from impact.doctor.values import Check, CheckedPlaces, Health
from impact.present.lists import listed
from impact.sandbox import landlock
from impact.sandbox.trial import Trial, try_out

PART = "Sandbox"
_SYSTEMS = {
    "linux": "",
    "darwin": " On macOS, the sandbox consists of a separate process with limits on time.",
    "win32": " On Windows, the sandbox consists of a separate process with a limit on time.",
}
_SERVER = "impact serve refuses to start here unless you add --allow-weaker-sandbox; analyze only files that you trust"


def check(_places: CheckedPlaces) -> Check:
    """Return what a hostile document could do here."""
    trial = try_out()
    if trial.failure:
        meaning = "No document can be read, because documents are only opened in a separate process"
        return Check(
            PART,
            Health.FAILED,
            f"The process that reads documents does not work: {trial.failure}.",
            f"{meaning}.",
            needed=True,
        )
    by = _mechanisms(trial)
    if trial.is_whole:
        found = f"A test process could not {listed(trial.refused, 'or')} ({by})."
        return Check(PART, Health.OK, found, needed=True)
    could = f"A test process could {listed(trial.succeeded)}" if trial.succeeded else "Some protections are missing"
    still = f"; it could not {listed(trial.refused, 'or')}" if trial.refused else ""
    system = _SYSTEMS.get(sys.platform, "")
    return Check(
        PART,
        Health.LIMITED,
        f"{could}{still} ({by}).{system}",
        f"{'A hostile document could do the same. ' * bool(trial.succeeded)}{_SERVER}.",
        needed=True,
    )


def _mechanisms(trial: Trial) -> str:
    if sys.platform != "linux":
        return "without Landlock and seccomp, which only Linux has"
    version = landlock.version()
    if not trial.hides_files:
        landlocked = "Landlock is not available"
    elif version >= landlock.SCOPING:
        landlocked = f"Landlock version {version}"
    else:
        landlocked = (
            f"Landlock version {version}, without scopes for signals and sockets, which seccomp refuses instead"
        )
    return f"{landlocked}; seccomp is {'active' if 'calls' in trial.walls else 'not available'}"
