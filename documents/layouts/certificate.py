"""A certificate: one sheet across in a double frame, the words in the middle, the stamp's room at the foot."""

from html import escape

from core.dates import chinese_date
from documents.layouts.letter import verification
from documents.letter import Certificate


def html(paper: Certificate) -> str:
    """The certificate as one HTML document; its stylesheet is `certificate.css`."""
    body = "".join(f"<p>{escape(text)}</p>" for text in paper.body)
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(paper.title)}</title>'
        f'<meta name="author" content="{escape(paper.issuer)}">'
        f'<meta name="dcterms.created" content="{paper.date.isoformat()}"></head>'
        '<body><div class="frame"><div class="inner">'
        f"<h1>{escape(paper.title)}</h1>"
        f'<div class="words"><p class="to">{escape(paper.recipient)}：</p>{body}<p>特颁此证，以资鼓励。</p></div>'
        f'<div class="foot"><p>{escape(paper.issuer)}</p><p>{chinese_date(paper.date)}</p></div>'
        f'<p class="number">{escape(paper.number)}</p>'
        f"{verification(paper.verification_code, paper.verification_url)}</div></div></body></html>"
    )
