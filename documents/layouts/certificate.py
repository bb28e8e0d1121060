"""A certificate: one sheet across in a double frame, the words in the middle, the stamp's room at the foot."""

from core.dates import chinese_date
from documents.layouts.parts import page, safe, verification
from documents.letter import Certificate


def html(paper: Certificate) -> str:
    """The certificate as one HTML document; its stylesheet is `certificate.css`."""
    body = "".join(f"<p>{safe(text)}</p>" for text in paper.body)
    return page(
        title=paper.title,
        author=paper.issuer,
        date=paper.date,
        body='<div class="frame"><div class="inner">'
        f"<h1>{safe(paper.title)}</h1>"
        f'<div class="words"><p class="to">{safe(paper.recipient)}：</p>{body}<p>特颁此证，以资鼓励。</p></div>'
        f'<div class="foot"><p>{safe(paper.issuer)}</p><p>{chinese_date(paper.date)}</p></div>'
        f'<p class="number">{safe(paper.number)}</p>'
        f"{verification(paper.verification_code, paper.verification_url)}</div></div>",
    )
