"""一案多查: each department's own handling line and its procedure (FACTS §2.5), one module a phase."""

from cases.actions.strands.common import PROCEDURE, VERIFICATION
from cases.actions.strands.deciding import decide_strand, penalty_notes, perform, redo
from cases.actions.strands.investigating import investigate, resume, suspend, terminate, withdraw
from cases.actions.strands.opening import assign_strand, open_strand
from cases.actions.strands.verifying import decline_strand, file_strand, verify_again

__all__ = [
    "PROCEDURE",
    "VERIFICATION",
    "assign_strand",
    "decide_strand",
    "decline_strand",
    "file_strand",
    "investigate",
    "open_strand",
    "penalty_notes",
    "perform",
    "redo",
    "resume",
    "suspend",
    "terminate",
    "verify_again",
    "withdraw",
]
