"""What to know about a page when one first comes to it; put away by a click, and never shown again to that person."""

from django.utils.translation import gettext_lazy as _

# name of an address -> one or two sentences; only pages that people begin from
SENTENCES = {
    "desk:workbench": _(
        "What waits for you stands here, the most urgent first; the button at the end of a row does the commonest thing. "
        "Press ? for the keys, and choose large type or the dark at the top."
    ),
    "cases:list": _(
        "Every case you may see. Filters stay in the address: save a set of them as a view, or send the address to a "
        "colleague. A lamp tells how many working days are left, never by its colour alone."
    ),
    "referrals:transfers": _(
        "Letters to and from other departments. Signing for one starts its clocks; only the receiver accepts or returns, "
        "only the sender closes or sends back."
    ),
    "referrals:support": _(
        "Two clocks run: from discovery to the written notice, and from its receipt to the written opinion, which answers "
        "question by question."
    ),
    "inspections:list": _(
        "One plan for all departments: every partner agrees, at least two certified officers of each inspecting department "
        "go, and a draw can be run again and verified by anyone."
    ),
    "sanctions:list": _(
        "One determination leads to a task for each department, which decides its own measures by its own powers. "
        "Nothing is published by itself."
    ),
    "rewards:list": _(
        "Rewards are computed from the verified amount of the case. Who proposes, who approves and who pays are three "
        "people; names of reporters are never shown here."
    ),
    "meetings:list": _(
        "A meeting each quarter. Every member department countersigns a version of the minutes; an edit voids the "
        "signatures, and each resolution is a task until it is done."
    ),
    "desk:monitor": _(
        "Every running clock you watch, the earliest last day first. Tick rows to chase them or to draft letters of "
        "supervision; who owes is told at once, at most once a working day."
    ),
    "desk:owes": _(
        "Who owes in the rows, who waits in the columns; every number opens its list. Late means past the last day the "
        "clock had; what was late because the system stood still can be left out."
    ),
    "desk:dashboard": _(
        "Figures of the period, department and region in the address. Every figure opens its list, and every chart has a "
        "table with the same numbers."
    ),
    "desk:statistics": _(
        "Counted now, by the definitions of the annual report; every number opens its rows. A report that was signed is "
        "frozen: what changes later needs a correction."
    ),
    "desk:risk": _(
        "Institutions with most cases, amounts and repeats, and categories that rise against the four quarters before. A "
        "place to begin looking, not a finding."
    ),
    "desk:search": _(
        "Type part of a name, the initials in pinyin, or the last digits of a number. Only what you may open is found."
    ),
}
