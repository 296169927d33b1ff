"""Restate a sentence of a clause as a report of what the clause does: "{0} requires records to be kept for a year."."""

from impact.grammar.restate.provision import Provision
from impact.grammar.restate.restating import restated

__all__ = ["Provision", "restated"]
