"""The lines of an evidence manifest in a form: which files, how many copies, which pages, and a remark."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.forms import HouseForm, mark
from referrals.actions.drafting import Line

MOST_COPIES, MOST_PAGES = 999, 100_000


@dataclass(frozen=True)
class Row:
    """One file of the case as the form shows it: bound fields, and whether it is chosen."""

    evidence: Evidence
    chosen: bool
    copies: Any
    pages: Any
    remark: Any


class ManifestForm(HouseForm):
    """Adds three fields a file beside `manifest`, the choice of the files themselves.

    What stands beside a file that is not chosen is kept, and neither checked nor saved.
    """

    def put_lines(self, pieces: list[Evidence], initial: dict[int, tuple[int, int | None, str]]) -> None:
        """`initial`: evidence id → (copies, pages, remark) of the lines a draft has."""
        self.pieces = pieces
        for piece in pieces:
            copies, pages, remark = initial.get(piece.pk, (1, piece.pages, ""))
            for name, field, value in (
                ("copies", forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST_COPIES), copies),
                ("pages", forms.IntegerField(label=_("Pages of it"), min_value=1, max_value=MOST_PAGES), pages),
                ("remark", forms.CharField(label=_("Remark"), max_length=100), remark),
            ):
                field.required, field.initial = False, value
                field.widget.attrs["aria-label"] = f"{field.label}: {piece.name}"
                self.fields[f"{name}_{piece.pk}"] = field
                mark(self[f"{name}_{piece.pk}"])

    def _of_lines(self) -> set[str]:
        return {f"{name}_{piece.pk}" for piece in self.pieces for name in ("copies", "pages", "remark")}

    def shown(self) -> list[Any]:
        """The fields in order, without those that stand in the manifest's table."""
        lines = self._of_lines()
        return [bound for bound in self.visible_fields() if bound.name not in lines]

    def rows(self) -> list[Row]:
        chosen = {str(getattr(each, "pk", each)) for each in self["manifest"].value() or ()}
        return [
            Row(
                evidence=piece,
                chosen=str(piece.pk) in chosen,
                copies=self[f"copies_{piece.pk}"],
                pages=self[f"pages_{piece.pk}"],
                remark=self[f"remark_{piece.pk}"],
            )
            for piece in self.pieces
        ]

    def clean(self):
        cleaned = super().clean()
        chosen = {piece.pk for piece in self.cleaned_data.get("manifest", ())}
        for piece in self.pieces:
            if piece.pk not in chosen:
                for name in ("copies", "pages", "remark"):
                    self.errors.pop(f"{name}_{piece.pk}", None)
        return cleaned

    def lines(self) -> list[Line]:
        """The lines as they are drafted; copies left empty mean one, pages left empty those of the file."""
        given = self.cleaned_data
        return [
            Line(
                evidence=piece,
                quantity=given.get(f"copies_{piece.pk}") or 1,
                pages=given.get(f"pages_{piece.pk}"),
                remark=given.get(f"remark_{piece.pk}") or "",
            )
            for piece in given["manifest"]
        ]
