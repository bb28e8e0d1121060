"""The verbs of a person's own things. Other rooms import them from here."""

from workspace.actions.delegation import end_delegation, see_to_delegations, set_delegation, take_up_for
from workspace.actions.desk import (
    delete_view,
    help_unread,
    keep_display,
    kept_display,
    preference,
    put_help_away,
    save_view,
    set_preference,
)
from workspace.actions.drafts import drop_draft, drop_sent, forget_drafts, save_draft
from workspace.actions.jobs import begin_job, cancel_job, forget_jobs, take_file
from workspace.actions.once import (
    do_once,
    first_answer,
    forget_answer,
    forget_form_keys,
    keep_answer,
    use_form_key,
)
from workspace.actions.subscriptions import send_digests, subscribe, unsubscribe

__all__ = [
    "begin_job",
    "cancel_job",
    "delete_view",
    "do_once",
    "drop_draft",
    "drop_sent",
    "end_delegation",
    "first_answer",
    "forget_answer",
    "forget_drafts",
    "forget_form_keys",
    "forget_jobs",
    "help_unread",
    "keep_answer",
    "keep_display",
    "kept_display",
    "preference",
    "put_help_away",
    "save_draft",
    "save_view",
    "see_to_delegations",
    "send_digests",
    "set_delegation",
    "set_preference",
    "subscribe",
    "take_file",
    "take_up_for",
    "unsubscribe",
    "use_form_key",
]
