"""The verbs of look-ups, publications, points and scores. Verbs of the record first, then those of notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = tuple(
    Verb(f"sanction.{code}", sentence, tone=tone, group=group, note=note)
    for code, sentence, tone, group, note in (
        ("looked_up", _("Asked whether {asked} may apply on {on}"), "n", "access", ""),
        ("person_looked_up", _("Asked whether the person {asked} may apply on {on}"), "y", "access", "purpose"),
        ("look_up_printed", _("Took the answer about {asked} away as PDF"), "n", "access", ""),
        ("credit_record_read", _("Read the credit record of a person"), "y", "access", ""),
        ("credit_record_printed", _("Took a credit record away as PDF"), "n", "access", ""),
        ("publications_begun", _("Penalties decided from {on} on are owed to the public by this register"), "n",
         "system", ""),
        ("publication_owed", _("To be published since {formed_on}: {info}"), "y", "flow", ""),
        ("publication_prepared", _("Prepared for publication: {info}"), "b", "flow", ""),
        ("publication_released", _("Released for the credit platform: {info}"), "g", "flow", ""),
        ("publication_returned", _("Sent a publication back: {info}"), "r", "flow", "reason"),
        ("publication_dropped", _("Not published: {info}"), "n", "flow", "reason"),
        ("publication_rejected", _("The platform rejected it: {info}"), "r", "flow", "reason"),
        ("published", _("Published on {on}: {info}, receipt {number}"), "g", "flow", ""),
        ("withdrawal_begun", _("To be withdrawn since {on}: {info}, {withdrawal}"), "r", "flow", ""),
        ("publication_withdrawn", _("Withdrawn on {on}: {info}"), "g", "flow", ""),
        ("publications_exported", _("Made a file of {count} publications"), "n", "access", ""),
        ("publications_taken", _("Took a file of publications away"), "n", "access", ""),
        ("receipts_entered", _("Entered receipts: {accepted} accepted, {rejected} rejected"), "b", "flow", ""),
        ("mapping_changed", _("Mapping of the credit platform: {count} columns"), "n", "system", ""),
        ("points_entered", _("Entered {points} points of {year}: {points_kind}"), "b", "flow", ""),
        ("points_imported", _("Took in a list of {count} entries of points"), "b", "flow", ""),
        ("points_confirmed", _("Confirmed {points} points of {year}"), "g", "flow", ""),
        ("points_rejected", _("Did not confirm points"), "r", "flow", "reason"),
        ("points_revoked", _("Revoked {points} points of {year}"), "r", "flow", "reason"),
        ("score_entered", _("Entered the score of {year}: {score}"), "b", "flow", ""),
        ("scores_imported", _("Took in a list of {count} scores"), "b", "flow", ""),
        ("score_confirmed", _("Confirmed the score of {year}: {score}"), "g", "flow", ""),
        ("score_rejected", _("Did not confirm the score of {year}"), "r", "flow", "reason"),
        ("score_revoked", _("Revoked the score of {year}"), "r", "flow", "reason"),
        ("consequence_proposed", _("Proposed for {year}: {consequence}"), "r", "flow", "reason"),
        ("consequence_done", _("Done: {consequence}, {number}"), "g", "flow", ""),
        ("consequence_dismissed", _("Not done: {consequence}"), "n", "flow", "reason"),
        ("consequence_ground_fell", _("Its ground fell, to be lifted: {consequence}, {year}"), "r", "flow", ""),
        ("consequence_lifted", _("Lifted on {on}: {consequence}, {number}"), "g", "flow", "reason"),
        ("to_publish", _("To be prepared for the public: {info} {number}"), "y", "flow", ""),
        ("publication_to_release", _("Prepared for publication and to be released: {info}"), "y", "flow", ""),
        ("publication_to_send", _("Released for the credit platform and to be sent: {info}"), "y", "flow", ""),
        ("publication_mended", _("A publication is to be mended: {info}"), "r", "flow", "reason"),
        ("to_withdraw", _("To be withdrawn from the platform in three working days: {info}, {withdrawal}"), "r", "flow", ""),
        ("points_to_confirm", _("{count} entries of points or scores are to be confirmed"), "y", "flow", ""),
        ("consequence_to_lift", _("The points or score it rested on fell, lift it: {consequence}, {year}"), "r", "flow", ""),
        ("consequence_to_settle", _("Points or a score ask for: {consequence}, {year}"), "r", "flow", ""),
    )
)  # fmt: skip
