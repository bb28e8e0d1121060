"""The verbs of a person's own things. Other rooms import them from here."""

from workspace.actions.desk import (
    delete_view,
    drop_draft,
    preference,
    save_draft,
    save_view,
    set_preference,
)
from workspace.actions.once import do_once, forget_form_keys, use_form_key

__all__ = [
    "delete_view",
    "do_once",
    "drop_draft",
    "forget_form_keys",
    "preference",
    "save_draft",
    "save_view",
    "set_preference",
    "use_form_key",
]
