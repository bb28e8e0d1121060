"""What a password must have beside its length (等保 8.1.4.1 a)."""

import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


class KindsOfCharacters:
    """At least so many of: small letters, capitals, digits, other characters."""

    def __init__(self, least=3):
        self.least = least

    def validate(self, password, user=None):
        kinds = sum(any(each in kind for each in password) for kind in KINDS)
        kinds += any(not any(each in kind for kind in KINDS) for each in password)
        if kinds < self.least:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self):
        return _("Use at least %(least)d of: small letters, capitals, digits, other characters.") % {"least": self.least}
