"""What a custodian types to agree to a bank file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rewards.forms_reports import KeyForm


class FileKeyForm(KeyForm):
    """Passphrase and code as for an opening, the code from a list of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "One of your list for bank files that you have not used; strike it out."
        )
