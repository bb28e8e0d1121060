"""The verbs of a person's own things. Other rooms import them from here."""

from workspace.actions.desk import (
    delete_view,
    drop_draft,
    help_unread,
    keep_display,
    kept_display,
    preference,
    put_help_away,
    save_draft,
    save_view,
    set_preference,
)
from workspace.actions.once import (
    do_once,
    first_answer,
    forget_answer,
    forget_form_keys,
    keep_answer,
    use_form_key,
)

__all__ = [
    "delete_view",
    "do_once",
    "drop_draft",
    "first_answer",
    "forget_answer",
    "forget_form_keys",
    "help_unread",
    "keep_answer",
    "keep_display",
    "kept_display",
    "preference",
    "put_help_away",
    "save_draft",
    "save_view",
    "set_preference",
    "use_form_key",
]
