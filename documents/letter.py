"""What an official letter says, apart from how it looks: the frozen content an upper room builds and we print.

Everything here is plain data, so that it can be kept as JSON with the issued document and printed again in
twenty years without the room that wrote it.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Para:
    """A paragraph of the body. `heading` comes first in the face of its `level`:
    1 一、黑体, 2 （一）楷体, 3 1. 仿宋, 4 （1）仿宋 (GB/T 9704-2012 7.3.3); without `text` it stands alone."""

    text: str = ""
    heading: str = ""
    level: int = 1


@dataclass(frozen=True)
class Table:
    """A ruled table. `widths` are shares of the line; numbers read better on the right (`right`: columns)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Annex:
    """An 附件 printed behind the letter on pages of its own."""

    title: str
    body: tuple[Para, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Letter:
    """A letter in the 信函 format of GB/T 9704-2012 10.1, or with the red head of clause 7 (`red_head`).

    issuer: full name on the red mark. number: 代字〔2026〕1号, empty on a draft. date: of signing, local.
    attachments: names only, annexes are printed behind and listed after them. contact: the 附注, without
    brackets. secrecy: such as 机密★3年. urgency: 特急 or 加急. copies: 抄送. serial: six-digit copy number.
    sealed: leave room for a stamp over name and date. keep: names a title may not be cut in.
    red_head: 文件格式, for 通知, 报告, 请示: mark 35 mm below the type area's edge, a red rule, a 版记 with rules.
    mark: the words of its mark, by default the issuer and 文件. joint: who issues it besides (联合行文); they sign, and
    stand in the red mark too. signers: 签发人, only on papers that go up (上行文). printed_by: the 印发机关, by default
    the issuer. seal_of: whose stamp stands in for a body that has none (代章).
    """

    issuer: str
    title: str
    date: dt.date
    number: str = ""
    recipients: tuple[str, ...] = ()
    body: tuple[Para, ...] = ()
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    signed_by: str = ""
    contact: str = ""
    secrecy: str = ""
    urgency: str = ""
    serial: str = ""
    copies: tuple[str, ...] = ()
    sealed: bool = True
    keep: tuple[str, ...] = ()
    red_head: bool = False
    mark: str = ""
    joint: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    printed_by: str = ""
    seal_of: str = ""
    verification_code: str = ""
    verification_url: str = ""

    @property
    def listed_attachments(self) -> tuple[str, ...]:
        """Every name under 附件说明, in order."""
        return self.attachments + tuple(annex.title for annex in self.annexes)


@dataclass(frozen=True)
class Form:
    """An internal form (X is a letter, I is a form: FACTS §3): label and value in rows, then tables, plainly.

    fields: (label, value) pairs; two short ones share a row, a long one has its own.
    signatures: the boxes for opinions and signatures at the foot. wide: the sheet lies on its side, for tables of many
    columns.
    """

    issuer: str
    title: str
    date: dt.date
    number: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    signatures: tuple[str, ...] = ()
    wide: bool = False
    verification_code: str = ""
    verification_url: str = ""


@dataclass(frozen=True)
class Certificate:
    """A 证书 on one sheet across, framed: to whom, what for, by whom, with room for the stamp over name and date."""

    issuer: str
    title: str
    date: dt.date
    recipient: str
    number: str = ""
    body: tuple[str, ...] = ()
    verification_code: str = ""
    verification_url: str = ""


@dataclass(frozen=True)
class MinutesPaper:
    """Minutes in the 纪要 format of GB/T 9704-2012 10.3. They carry no stamp.

    issuer: who issues them. mark: the red mark, ending in 纪要. signer: the 签发人. present, leave, observing: 出席,
    请假 and 列席 as “unit name” each. copies: 抄送.
    """

    issuer: str
    mark: str
    title: str
    date: dt.date
    number: str = ""
    signer: str = ""
    body: tuple[Para, ...] = ()
    present: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    verification_code: str = ""
    verification_url: str = ""

    @property
    def people(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """出席, 请假, 列席 in their order, those that have anybody."""
        rows = (("出席", self.present), ("请假", self.leave), ("列席", self.observing))
        return tuple((word, names) for word, names in rows if names)


Paper = Letter | Form | Certificate | MinutesPaper
PAPERS: dict[str, type] = {"letter": Letter, "form": Form, "honour": Certificate, "minutes": MinutesPaper}


def as_json(paper: Paper) -> dict[str, Any]:
    """The paper as JSON-ready data; `from_json` gives an equal paper back."""
    layout = next(name for name, kind in PAPERS.items() if isinstance(paper, kind))
    return {"layout": layout, **_plain(dataclasses.asdict(paper))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _table(data: dict[str, Any]) -> Table:
    return Table(
        head=tuple(data["head"]),
        rows=tuple(tuple(row) for row in data["rows"]),
        widths=tuple(data["widths"]),
        right=tuple(data["right"]),
    )


def from_json(data: dict[str, Any]) -> Paper:
    """The paper `as_json` was given.

    :raises KeyError: for a layout nobody knows
    :raises TypeError: for a field the layout does not have
    """
    fields = {key: tuple(v) if isinstance(v, list) else v for key, v in data.items() if key != "layout"}
    fields["date"] = dt.date.fromisoformat(data["date"])
    if data["layout"] == "form":
        fields["fields"] = tuple((label, value) for label, value in data["fields"])
        fields["tables"] = tuple(_table(table) for table in data["tables"])
        return Form(**fields)
    if data["layout"] == "honour":
        return Certificate(**fields)
    fields["body"] = tuple(Para(**para) for para in data["body"])
    if data["layout"] == "minutes":
        return MinutesPaper(**fields)
    fields["annexes"] = tuple(
        Annex(
            title=annex["title"],
            body=tuple(Para(**para) for para in annex["body"]),
            table=_table(annex["table"]) if annex["table"] else None,
        )
        for annex in data["annexes"]
    )
    return PAPERS[data["layout"]](**fields)
