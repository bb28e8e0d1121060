"""The verbs of a person's own things. Other rooms import them from here."""

from workspace.actions.desk import (
    delete_view,
    drop_draft,
    preference,
    save_draft,
    save_view,
    set_preference,
)
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
    "first_answer",
    "forget_answer",
    "forget_form_keys",
    "forget_jobs",
    "keep_answer",
    "preference",
    "save_draft",
    "save_view",
    "send_digests",
    "set_preference",
    "subscribe",
    "take_file",
    "unsubscribe",
    "use_form_key",
]
