"""The verbs of transfers of suspected crime: what the record and the notices say."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("crime.proposed", _("Proposed to transfer a suspected {crime} to the police"), tone="b"),
    Verb("crime.assigned", _("Named the officers who verify the suspected {crime}"), tone="b"),
    Verb("crime.discarded", _("Gave up the proposal to transfer a suspected {crime}"), tone="n"),
    Verb("crime.reported", _("Reported the suspected {crime} to the head"), tone="y"),
    Verb("crime.approved", _("The head approved the transfer of the suspected {crime}"), tone="g"),
    Verb("crime.declined", _("The head did not approve the transfer of the suspected {crime}"), tone="r"),
    Verb("crime.handed_over", _("Handed the suspected {crime} over to {police}, {number}"), tone="y"),
    Verb("crime.copied", _("Sent the procuratorate a copy with the list, {number}"), tone="n"),
    Verb("crime.copy_served", _("Proved that the procuratorate was served its copy, taken by {signed_name}"), tone="n"),
    Verb("crime.received", _("{police} signed the receipt for the suspected {crime}"), tone="g"),
    Verb("crime.incomplete", _("{police} asked to complete the material"), tone="y"),
    Verb("crime.completed", _("Completed the material for {police}, {number}"), tone="b"),
    Verb("crime.forwarded", _("{police} forwarded the suspected {crime}"), tone="y"),
    Verb("crime.filed", _("The police filed the suspected {crime}"), tone="g"),
    Verb("crime.refused", _("The police did not file the suspected {crime} and returned the files"), tone="r"),
    Verb("crime.reconsideration", _("Asked {police} to reconsider, {number}"), tone="y"),
    Verb("crime.overturned", _("On reconsideration the police filed the suspected {crime}"), tone="g"),
    Verb("crime.upheld", _("On reconsideration the refusal was upheld"), tone="r"),
    Verb("crime.supervision", _("Asked the procuratorate to supervise the filing, {number}"), tone="y"),
    Verb("crime.ordered", _("After supervision the police filed the suspected {crime}"), tone="g"),
    Verb("crime.not_ordered", _("After supervision the refusal stands"), tone="r"),
    Verb("crime.property", _("Handed property and material over to the police, {number}"), tone="g"),
    Verb("crime.revoked", _("The police revoked the case of the suspected {crime} and returned the files"), tone="r"),
    Verb("crime.resumed", _("Resumed administrative handling of the suspected {crime}"), tone="b"),
    Verb("crime.duty", _("Passed a suspicion of duty crime to the supervisory organ"), tone="n"),
    Verb("crime_threshold.set", _("Set the amounts of prosecution of {crime}"), tone="b", group="system", note="basis"),
    # notices
    Verb("crime.waits", _("“{title}” waits for you: {crime_state}"), tone="y"),
    Verb("crime.news", _("“{title}”: {crime_state}"), tone="b"),
)
