"""Internal forms, plainly: a title, label and value in ruled rows, tables, and boxes to sign in."""

from core.dates import chinese_date
from documents.layouts.parts import page, safe, table, title, verification
from documents.letter import Form
from documents.titles import width_of

SHORT = 16  # characters that fit half a row
MANY = 4  # boxes to sign in beyond which each is lower, so that the form stays one sheet


def _fields(fields: tuple[tuple[str, str], ...]) -> str:
    """Two short values share a row; a long one, or one that has no partner, takes the whole width."""
    rows, waiting = [], None
    for label, value in [*fields, ("", None)]:
        short = value is not None and width_of(value) <= SHORT and "\n" not in value
        if waiting and short:
            rows.append([waiting, (label, value)])
            waiting = None
            continue
        if waiting:
            rows.append([waiting])
            waiting = None
        if short:
            waiting = (label, value)
        elif value is not None:
            rows.append([(label, value)])
    html = ""
    for row in rows:
        span = "" if len(row) == 2 else ' colspan="3"'
        html += "<tr>" + "".join(f"<th>{safe(a)}</th><td{span}>{safe(b)}</td>" for a, b in row) + "</tr>"
    columns = "".join(f'<col style="width: {share}%">' for share in (17, 33, 17, 33))
    return f"<table><colgroup>{columns}</colgroup><tbody>{html}</tbody></table>" if html else ""


def _signatures(labels: tuple[str, ...]) -> str:
    rows = "".join(
        f"<tr><th>{safe(label)}</th><td><p>签名：　　　　　　　年　　月　　日</p></td></tr>"
        for label in labels
    )
    many = " many" if len(labels) > MANY else ""
    return (
        f'<table class="signatures{many}"><colgroup><col style="width: 17%"></colgroup>{rows}</table>'
        if rows
        else ""
    )


def html(form: Form) -> str:
    """The form as one HTML document; its stylesheets are `gov.css` and `form.css`."""
    return page(
        title=form.title,
        author=form.issuer,
        date=form.date,
        css="wide" if form.wide else "",
        body=f'{title(form.title)}<div class="under"><span>{safe(form.issuer)}</span>'
        f"<span>{safe(form.number)}　{chinese_date(form.date)}</span></div>"
        f"{_fields(form.fields)}{''.join(table(given) for given in form.tables)}{_signatures(form.signatures)}"
        f"{verification(form.verification_code, form.verification_url)}",
    )
