"""The verbs of pools, draws and coverage. Verbs of the record first, then those of notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = tuple(
    Verb(code, sentence, tone=tone, group=group, note=note)
    for code, sentence, tone, group, note in (
        ("pool.made", _("Made the pool “{pool_name}”"), "b", "flow", ""),
        ("pool.renamed", _("Renamed the pool “{old}” to “{pool_name}”"), "n", "flow", ""),
        ("pool.retired", _("Took the pool “{pool_name}” out of use"), "n", "flow", ""),
        ("pool.target_added", _("Put {code} into “{pool_name}”, weight {weight}"), "b", "flow", "reason"),
        ("pool.target_changed", _("Changed {code} in “{pool_name}”: weight {old} to {weight}"), "y", "flow", "reason"),
        ("pool.target_removed", _("Took {code} out of “{pool_name}”"), "n", "flow", "reason"),
        (
            "pool.imported",
            _("Read a list into “{pool_name}”: {added} added, {changed} changed, {entered} newly entered"),
            "b", "flow", "",
        ),
        ("pool.officer_added", _("Put {user} ({code}) into “{pool_name}”"), "b", "flow", ""),
        ("pool.officer_removed", _("Took {user} ({code}) out of “{pool_name}”"), "n", "flow", "reason"),
        ("pool.certificate_replaced", _("{user} stands in “{pool_name}” with the new certificate {code}"), "n", "flow", ""),
        ("pool.recused", _("{user} stands aside in “{pool_name}”: {recusal_ground}"), "y", "flow", ""),
        ("pool.recusal_ended", _("{user} no longer stands aside in “{pool_name}”: {recusal_ground}"), "n", "flow", ""),
        ("pool.read", _("Took a copy of the pool “{pool_name}”"), "n", "access", ""),
        (
            "draw.committed",
            _("Committed to the draw {number}, number {attempt} of this inspection: {targets} targets, {officers} "
              "officers, commitment {commitment}"),
            "b", "flow", "",
        ),
        (
            "draw.drawn",
            _("Drew {number} with the published number {public_number}: {codes}; {officers} officers, {left_out} of them "
              "not available"),
            "g", "flow", "",
        ),
        ("draw.annulment_asked", _("Asked that {number} be annulled"), "y", "flow", "reason"),
        ("draw.annulment_refused", _("Refused to annul {number}"), "n", "flow", "reason"),
        ("draw.leave_out_asked", _("Asked that {code} be left out of {number}"), "y", "flow", "reason"),
        ("draw.leave_out_refused", _("Refused to leave {code} out of {number}"), "n", "flow", "reason"),
        ("draw.target_left_out", _("Left {code} out of {number}, as a second person agreed"), "r", "flow", "reason"),
        ("draw.annulled", _("Annulled the draw {number}"), "r", "flow", "reason"),
        ("draw.abandoned", _("Gave up the draw {number} before it was made; its seed was {seed}"), "r", "flow", "reason"),
        ("draw.read", _("Took a copy of the record of {number}"), "n", "access", ""),
        ("coverage.opened", _("Opened the year {year} of full coverage"), "b", "system", ""),
        ("coverage.covered", _("All {count} institutions were visited in {year}"), "g", "system", ""),
        ("coverage.exempted", _("Left {code} out of the coverage from {year} on"), "y", "system", "reason"),
        ("coverage.counted_again", _("{code} counts for the coverage again, from {year} on"), "n", "system", ""),
        ("coverage.caps_changed", _("Yearly cap of visits: {cap_changes}"), "n", "system", ""),
        ("coverage.read", _("Took a copy of the coverage of {year}"), "n", "access", ""),
        # notices
        ("draw.to_make", _("{title}: the draw {number} is committed to; draw it from {day} on"), "y", "flow", ""),
        ("draw.was_drawn", _("{title}: {number} was drawn"), "g", "flow", ""),
        ("draw.to_answer", _("{title}: somebody asks to annul {number}; a second person answers"), "y", "flow", "reason"),
        (
            "draw.to_leave_out", _("{title}: somebody asks to leave {code} out of {number}; a second person answers"), "y",
            "flow", "reason",
        ),
        ("draw.leave_out_answered", _("{title}: whether {code} is left out of {number} was answered"), "n", "flow", ""),
        ("draw.was_answered", _("{title}: {number} is {draw_state} now"), "n", "flow", ""),
    )
)  # fmt: skip
