"""送达回证: printed for any letter with who took it there as far as it is known, else filled in by hand (FACTS §3; C14)."""

import datetime as dt
from typing import Any

from core import registry
from documents.letter import Form, Letter, Table, from_json
from documents.models import IssuedDocument

BLANK = "\u3000"  # filled in by hand
WAYS = "□直接送达　□机要交换　□邮寄送达　□留置送达　□其他："


def delivery_record(document: IssuedDocument, *, user: Any, on: dt.date) -> Form:
    """The form to go with a letter: what is served on whom is printed; how and by whom it was taken is printed as the
    other side signed for it, and left open where it did not yet.

    user: who prints it; receivers they may not know of are left out.
    """
    paper = from_json(document.context)
    assert isinstance(paper, Letter)  # only letters are served
    annexes = len(paper.annexes) + len(paper.attachments)
    taken = registry.deliveries[document.target_kind](document, user) if document.target_kind in registry.deliveries else []
    head: tuple[tuple[str, str], ...] = (
        ("文书名称", paper.title),
        ("发文字号", document.number),
        ("份数", "1份" + (f"，附件{annexes}件" if annexes else "")),
        ("受送达单位", "、".join(paper.recipients)),
    )
    if taken:
        return Form(
            issuer=paper.issuer, title="送达回证", date=on, fields=(*head, ("备注", BLANK)),
            tables=(
                Table(
                    head=("受送达单位", "送达方式", "签收人", "签收时间", "凭证"), rows=tuple(taken),
                    widths=(26, 18, 16, 20, 20),
                ),
            ),
            signatures=("送达单位（盖章）",),
        )  # fmt: skip
    return Form(
        issuer=paper.issuer,
        title="送达回证",
        date=on,
        fields=(
            *head,
            ("送达地点", BLANK),
            ("送达方式", WAYS),
            ("送达人", BLANK),
            ("代收、拒收事由", BLANK),
            ("备注", BLANK),
        ),
        signatures=("收件人（签章）", "送达单位（盖章）"),
    )
