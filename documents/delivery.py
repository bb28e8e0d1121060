"""送达回证: printed for any letter and filled in by hand where it is served on paper (FACTS §3; C14)."""

import datetime as dt

from documents.letter import Form, Letter, from_json
from documents.models import IssuedDocument

BLANK = "\u3000"  # filled in by hand


def delivery_record(document: IssuedDocument, *, on: dt.date) -> Form:
    """The form to go with a letter: what is served on whom is printed, how and by whom it is taken is left open."""
    paper = from_json(document.context)
    assert isinstance(paper, Letter)  # only letters are served
    annexes = len(paper.annexes) + len(paper.attachments)
    return Form(
        issuer=paper.issuer,
        title="送达回证",
        date=on,
        fields=(
            ("文书名称", paper.title),
            ("发文字号", document.number),
            ("份数", "1份" + (f"，附件{annexes}件" if annexes else "")),
            ("受送达单位", "、".join(paper.recipients)),
            ("送达地点", BLANK),
            ("送达方式", "□直接送达　□机要交换　□邮寄送达　□留置送达　□其他："),
            ("送达人", BLANK),
            ("代收、拒收事由", BLANK),
            ("备注", BLANK),
        ),
        signatures=("收件人（签章）", "送达单位（盖章）"),
    )
