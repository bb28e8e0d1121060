"""A form opened on a version somebody has changed since: what differs is shown, and the next submission counts
against what is shown."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused, Stale


class Renewing:
    """For forms with a hidden field of the version, `version_name`.

    When the action refuses with `Stale`, `differences` holds (label, as it is now, as typed) of every field that
    differs; what was typed stays.
    """

    version_name = "expected_version"
    differences: list[tuple[Any, str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences = []
        self.fields[self.version_name].error_messages["required"] = _("Open this form again: its version is missing.")  # type: ignore[attr-defined]  # a form's

    def present(self, refusal: Stale) -> dict[str, Any]:
        """The values as they are now by field name, and the version under `version_name`."""
        raise NotImplementedError

    def refused(self, refusal: Refused) -> None:
        given = dict(self.cleaned_data)  # type: ignore[attr-defined]  # what is wrong leaves it
        super().refused(refusal)  # type: ignore[misc]  # HouseForm's
        if not isinstance(refusal, Stale):
            return
        now = self.present(refusal)
        for bound in self.visible_fields():  # type: ignore[attr-defined]
            if bound.name not in now:
                continue
            there = plain(now[bound.name])
            typed = bound.data if isinstance(there, str) else plain(given.get(bound.name))
            if _compared(there) != _compared(typed):
                self.differences.append((bound.label, said(bound, there), said(bound, typed)))
        data = self.data.copy()  # type: ignore[has-type]
        data[self.version_name] = str(now[self.version_name])
        self.renew(data)
        self.data = data

    def renew(self, data: Any) -> None:
        """What else the next submission needs anew."""


class RenewingFrom(Renewing):
    """now: () -> the values as they are now and the version, as the fields show them."""

    def __init__(self, *args: Any, now: Callable[[], dict[str, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": now()} if now else {}), **kwargs)
        self._now = now

    def present(self, refusal: Stale) -> dict[str, Any]:
        assert self._now is not None  # only a page comes back with what was typed
        return self._now()


def plain(value: Any) -> Any:
    """Rows by their keys, whether a form names one or several."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet | list | tuple | set):
        return [plain(each) for each in value]
    return value


def _compared(value: Any) -> Any:
    """As compared: the order of several does not count, nothing is nothing, and ends of lines are ends of lines."""
    if isinstance(value, list):
        return sorted(map(str, value))
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value


def said(bound: Any, value: Any) -> str:
    """A value of a field as people read it."""
    choices = {str(code): label for code, label in getattr(bound.field, "choices", ())}
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return gettext(", ").join(str(choices.get(str(each), each)) for each in value)
    return "" if value is None else str(choices.get(str(value), value))
