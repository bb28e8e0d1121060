"""The verbs of rewards: numbers and amounts, never a person. Verbs of the record first, then those of notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = tuple(
    Verb(f"reward.{code}", sentence, tone=tone, group=group, note=note)
    for code, sentence, tone, group, note in (
        ("eligibility_asked", _("Asked the eligibility of {number}"), "b", "flow", ""),
        ("repetition_marked", _("Report {number} repeats {first}"), "n", "flow", ""),
        ("repetition_withdrawn", _("Report {number} does not repeat {first}: {reason}"), "n", "flow", ""),
        ("rule_adopted", _("Adopted the reward rule {basis}: {percent} %, in force from {since}"), "y", "flow", ""),
        ("computed", _("Computed the reward {number}: {amount} yuan from {base} yuan verified"), "b", "money", ""),
        ("recomputed", _("Computed the reward {number} anew: {amount} yuan instead of {old}"), "y", "money", ""),
        ("voided", _("The reward {number} of {amount} yuan is void: the ledger carries it no more"), "r", "money", ""),
        ("entitlement_changed", _("By the ledger, {number} would be {new} yuan instead of {old}"), "y", "money", ""),
        ("to_recover", _("{back} yuan of the reward {number} are to be recovered"), "r", "money", ""),
        ("to_return", _("{back} yuan recovered of the reward {number} are to be given back"), "y", "money", ""),
        ("given_back", _("Gave back {amount} yuan of the reward {number}, {voucher}"), "g", "money", "reason"),
        ("proposed", _("Proposed the reward {number}, {amount} yuan"), "y", "flow", ""),
        ("sent_back", _("Sent the reward {number} back"), "r", "flow", "reason"),
        ("approved", _("Approved the reward {number}, {amount} yuan"), "g", "flow", ""),
        ("waived", _("The reward {number} of {amount} yuan is waived"), "n", "flow", "reason"),
        ("honoured", _("Honoured the reporter of {number}"), "g", "flow", ""),
        ("funded", _("Allocated {amount} yuan of the budget {year} to the reward {number}"), "b", "money", ""),
        ("released", _("{amount} yuan of {number} went back to the budget {year}"), "n", "money", ""),
        ("code_issued", _("Issued the claim code of {number}"), "y", "access", ""),
        ("notified", _("The reporter of {number} received the notice on {received_on}"), "b", "flow", ""),
        ("paid", _("Paid the reward {number}, {amount} yuan, voucher {voucher}"), "g", "money", ""),
        ("payment_reversed", _("Reversed the payment of {number}, {amount} yuan, {voucher}"), "r", "money", "reason"),
        ("recovered", _("Recovered {amount} yuan of the reward {number}, {voucher}"), "g", "money", "reason"),
        ("budget_granted", _("Granted {amount} yuan to the reward budget {year}, {document}"), "g", "money", ""),
        ("budget_cut", _("Cut the reward budget {year} by {amount} yuan, {document}"), "r", "money", ""),
        ("paper_drafted", _("Drafted the {paper} of {number}"), "b", "flow", ""),
        ("paper_signed", _("Signed the {paper} of {number}"), "g", "flow", ""),
        ("paper_discarded", _("Gave up the {paper} of {number}"), "n", "flow", ""),
        ("paper_numbered", _("Numbered the {paper} of {number}"), "g", "flow", ""),
        ("file_requested", _("Asked for a bank file of {count} payments, {total} yuan"), "y", "money", ""),
        ("file_made", _("Made the bank file of {count} payments, {total} yuan"), "b", "money", ""),
        ("file_downloaded", _("Downloaded the encrypted bank file of {count} payments"), "y", "access", ""),
        ("file_closed", _("Closed the bank file: {count} payments made"), "g", "money", ""),
        # notices
        ("waits", _("The reward {number}, {amount} yuan, waits for your approval"), "y", "flow", ""),
        ("was_sent_back", _("The reward {number} was sent back"), "r", "flow", ""),
        ("begun_anew", _("The ledger has changed: propose the reward {number} anew, {amount} yuan instead of {old}"),
         "y", "money", ""),
        ("to_honour", _("Honour the reporter of {number}: draft the certificate"), "y", "flow", ""),
        ("to_fund", _("Allocate {amount} yuan to the reward {number}"), "y", "money", ""),
        ("was_funded", _("The reward {number} is funded: draft the notice and issue the claim code"), "y", "flow", ""),
        ("was_paid", _("The reward {number} was paid"), "g", "money", ""),
        ("file_failed", _("Bank file {file} of {count} payments cannot be made: look at it"), "r", "money", ""),
        ("lapsed", _("The reward {number} of {amount} yuan was not claimed in time and is waived"), "r", "money", ""),
        ("was_reversed", _("The payment of {number} was reversed: issue a new claim code"), "r", "money", ""),
        ("paper_waits", _("A paper of the reward {number} waits for your signature"), "y", "flow", ""),
        ("paper_to_number", _("A paper of the reward {number} was signed: number it"), "y", "flow", ""),
        ("paper_ready", _("A paper of the reward {number} is numbered: hand it over"), "g", "flow", ""),
    )
)  # fmt: skip
