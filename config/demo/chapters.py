"""Which steps lead to which end of a story."""

_SENT = ("register", "begin", "draft", "sign_dispatch", "send")
_WORKED = (*_SENT, "receive", "accept")
_SETTLED = (*_WORKED, "answer", "settle")
_ASKED = ("register", "begin", "need", "sign_dispatch", "send")
_SUPPORT = (*_ASKED, "receive", "accept")
_OPINION = (*_SUPPORT, "answer_questions", "issue_opinion")
_TOGETHER = ("register", "begin", "invite", "join")
_DECIDED = (*_WORKED, "answer", "settle", "decide")
_ASSIGNED = (*_SENT, "receive", "assign")
CHAPTERS = {
    "completing": (*_ASSIGNED, "ask_completion"),
    "accepted_in_part": (*_ASSIGNED, "ask_completion", "complete", "accept_in_part"),
    "forwarded": (*_ASSIGNED, "forward"),
    "on_paper": (*_SENT, "serve_on_paper", "answer_on_paper"),
    "supervised": (*_WORKED, "supervise"),
    "registered": ("register",),
    "drafted": ("register", "begin", "draft"),
    "submitted": ("register", "begin", "draft", "submit"),
    "reviewed": ("register", "begin", "draft", "review"),
    "approved": ("register", "begin", "draft", "sign_dispatch"),
    "sent": _SENT,
    "withdrawn": (*_SENT, "withdraw_first"),
    "received": (*_SENT, "receive"),
    "accepted": _WORKED,
    "returned": (*_SENT, "receive", "return_first"),
    "extended": (*_WORKED, "extend"),
    "chased": (*_WORKED, "chase"),
    "answered": (*_WORKED, "answer"),
    "redone": (*_WORKED, "answer", "redo"),
    "settled": _SETTLED,
    "need": ("register", "begin", "need"),
    "need_signed": ("register", "begin", "need", "sign_dispatch"),
    "asked": _ASKED,
    "working": _SUPPORT,
    "opinion_drafted": (*_SUPPORT, "answer_questions"),
    "opinion": _OPINION,
    "opinion_late": (*_SUPPORT, "opinion_late"),
    "invited": ("register", "begin", "invite"),
    "together": (*_TOGETHER, "find"),
    "judged": (*_TOGETHER, "find", "conclude"),
    "crime_filed": ("register", "begin", "crime_filed"),
    "crime_reconsidered": ("register", "begin", "crime_reconsidered"),
    "investigating": _SETTLED,
    "decided": _DECIDED,
    "performed": (*_DECIDED, "perform"),
    "closed": (*_DECIDED, "perform", "finish"),
}
