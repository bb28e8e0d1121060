"""Who reports: what is asked of a reporter, checked, and sealed at once. Never shown by `repr`."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.identifiers import is_resident_id, is_uscc
from rewards.enums import FieldSet, ReporterKind

BANK_DIGITS = range(8, 31)
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t",
    "\r",
    "\n",
)  # what a spreadsheet would reckon out


@dataclass(frozen=True, repr=False)
class Identity:
    """One reporter as given: to be reached by (contact), and to be paid by (payee). Everything but name may be empty."""

    name: str
    phone: str = ""
    id_number: str = ""  # identity number, or 统一社会信用代码 of a body
    address: str = ""
    bank: str = ""
    account: str = ""
    appointment: str = ""  # number of a social supervisor's letter, which names the person
    kind: str = ReporterKind.NATURAL
    faults_prefix: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return "Identity(…)"

    def parts(self) -> dict[str, dict[str, str]]:
        """The sets of fields sealed apart from each other: who opens the one does not open the other."""
        given = {name: value.strip() for name, value in asdict(self).items()}
        contact = {name: given[name] for name in ("name", "phone", "id_number", "address")}
        if given["appointment"]:
            contact["appointment"] = given["appointment"]
        payee = {name: given[name] for name in ("name", "id_number", "bank", "account")}
        parts = {FieldSet.CONTACT.value: contact}
        if given["account"]:
            parts[FieldSet.PAYEE.value] = payee
        return parts

    def faults(self) -> dict[str, Any]:
        """What cannot be right, as field → sentence."""
        found: dict[str, Any] = {}
        if not self.name.strip():
            found["name"] = _("Give the name, or report anonymously.")
        if not self.phone.strip():
            found["phone"] = _("Give a telephone number at which the answer can be given.")
        elif not 7 <= len(_digits(self.phone)) <= 15:
            found["phone"] = _("This is not a telephone number.")
        number = self.id_number.strip().upper()
        if number and self.kind == ReporterKind.NATURAL and not is_resident_id(number):
            found["id_number"] = _(
                "This is not a valid identity number: 18 characters, the last one checks the others."
            )
        if number and self.kind == ReporterKind.LEGAL and not is_uscc(number):
            found["id_number"] = _(
                "This is not a valid unified social credit code: 18 characters, the last one checks the others."
            )
        if self.account.strip() and (len(_digits(self.account)) not in BANK_DIGITS or not self.bank.strip()):
            found["account"] = _("Give the bank and an account number of 8 to 30 digits.")
        for name in ("name", "address", "bank"):
            if getattr(self, name).strip().startswith(FORMULA):
                found.setdefault(
                    name, _("This begins with a sign of a formula. Begin with a letter or a digit.")
                )
        return {self.faults_prefix + name: sentence for name, sentence in found.items()}

    def marks(self) -> list[str]:
        """What the same person would give again: the identity number and the telephone number, brought to one form."""
        return [
            f"{kind}:{value}"
            for kind, value in (("id", self.id_number.strip().upper()), ("phone", _digits(self.phone)))
            if value
        ]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())
