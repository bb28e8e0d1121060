"""The verbs of this room and of the room below it, with their words."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("journal.refused", _("{actor} was refused: {sentence}"), tone="r", group="access"),
    Verb("journal.anchored", _("The record was anchored up to seal {seal}"), group="system"),
    Verb(
        "journal.purged",
        _("Old entries were cleared: {notices} notices and {messages} messages"),
        group="system",
    ),
    Verb("region.created", _("Region {code} was opened"), group="system"),
    Verb("region.edited", _("The entry of region {code} was changed: {field_changes}"), group="system"),
    Verb(
        "category.added",
        _("Violation category {name} ({code}) was added; competent: {functions}"),
        group="system",
    ),
    Verb(
        "category.changed",
        _("Violation category {name} ({code}) was changed: {field_changes}"),
        tone="y",
        group="system",
    ),
    Verb("category.switched_off", _("Violation category {name} ({code}) was switched off"), tone="y", group="system"),
    Verb("category.switched_on", _("Violation category {name} ({code}) is offered again"), group="system"),
    Verb("category.removed", _("Violation category {name} ({code}), never used, was removed"), tone="y", group="system"),
    Verb(
        "routes.changed",
        _(
            "{referral_kind} from {function} may now go to {to_functions} (before: {old_to_functions}); "
            "proposed by itself: {default_functions} (before: {old_default_functions})"
        ),
        tone="y",
        group="system",
    ),
    Verb("department.created", _("{target_department} was added"), group="system"),
    Verb("department.links_allowed", _("{target_department} may answer by one-time links"), group="system"),
    Verb("department.links_stopped", _("{target_department} no longer answers by links"), group="system"),
    Verb("department.edited", _("The entry of {target_department} was changed"), group="system"),
    Verb("user.engaged", _("An account was opened for {target_user} ({staff_number})"), group="system"),
    Verb("post.filled", _("{user} became {role} of {department}"), group="system"),
    Verb("post.ended", _("{user} is no longer {role} of {department}"), group="system"),
    Verb(
        "user.blocked",
        _("The account of {target_user} was blocked; open matters left: {open}"),
        tone="r",
        group="system",
        note="reason",
    ),
    Verb("user.unblocked", _("The account of {target_user} was opened again"), group="system"),
    Verb("user.password_given", _("{target_user} was given a new password"), group="system"),
    Verb("user.password_changed", _("{target_user} changed the password"), group="system"),
    Verb("user.signed_in", _("{target_user} signed in"), group="access"),
    Verb("user.signed_out", _("{target_user} signed out"), group="access"),
    Verb("user.locked_out", _("Sign-in was locked after repeated failures"), tone="r", group="access"),
    Verb("user.session_ended", _("Sessions of {target_user} were ended: {count}"), group="access"),
    Verb("user.second_factor_set", _("{target_user} took up an authenticator"), group="access"),
    Verb("user.second_factor_reset", _("The second factor of {target_user} was reset"), tone="r", group="access"),
    Verb("user.recovery_code_used", _("{target_user} signed in by a recovery code; left: {left}"), group="access"),
    Verb("user.recovery_codes_renewed", _("{target_user} made new recovery codes"), group="access"),
    Verb("user.password_expired", _("The password of {target_user} is too old"), group="access"),
    Verb("user.switched_post", _("{target_user} now acts as {role} of {department}"), group="access"),
    Verb("house.founded", _("The county was set up"), group="system"),
)
