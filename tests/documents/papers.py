"""Papers the tests of this room print."""

import datetime as dt

from documents.letter import Annex, Certificate, Form, Letter, Para, Table

FILLER = "我局在办理该案过程中发现相关违法事项需要提供技术支持现书面告知你局商请就以下事项出具意见"


def letter(**changes):
    fields = {
        "issuer": "青禾县医疗保障局",
        "number": "青医保函〔2026〕58号",
        "title": "关于商请对仁和医院诊疗行为提供技术支持的函",
        "date": dt.date(2026, 11, 9),
        "recipients": ("县卫生健康局",),
        "body": (Para("我局在办理仁和医院案过程中，于2026年11月7日认定相关事项需提供技术支持。"),),
        "keep": ("仁和医院",),
        "verification_code": "7KQ2-M9XD-4HTR",
        "verification_url": "http://127.0.0.1:8000/verify/7KQ2M9XD4HTR/",
    }
    return Letter(**(fields | changes))


def long_body(paragraphs=12):
    return tuple(Para(FILLER * 4) for _ in range(paragraphs))


def manifest(rows=3):
    return Annex(
        title="证据移交清单",
        body=(Para("以下证据随函移交。"),),
        table=Table(
            head=("序号", "名称", "页数"),
            rows=tuple((str(n), f"住院病历{n}", "12") for n in range(1, rows + 1)),
            widths=(1, 5, 1),
            right=(2,),
        ),
    )


def form(**changes):
    fields = {
        "issuer": "青禾县医疗保障局",
        "title": "证据移交签收表",
        "date": dt.date(2026, 11, 9),
        "number": "青医保〔2026〕3号",
        "fields": (
            ("案件编号", "联办〔2026〕126号"),
            ("承办人", "陈晓岚"),
            ("事由", "核对" * 30),
            ("电话", "0000-8362"),
        ),
        "tables": (Table(head=("序号", "名称"), rows=(("1", "病历"),), widths=(1, 4)),),
        "signatures": ("接收人意见",),
        "verification_code": "7KQ2-M9XD-4HTR",
        "verification_url": "http://127.0.0.1:8000/verify/7KQ2M9XD4HTR/",
    }
    return Form(**(fields | changes))


def certificate(**changes):
    fields = {
        "issuer": "青禾县医疗保障局",
        "title": "荣誉证书",
        "date": dt.date(2026, 11, 9),
        "recipient": "举报〔2026〕9号-1号举报人",
        "number": "青医保〔2026〕10号",
        "body": ("您举报的线索经查证属实，为维护医疗保障基金安全作出了贡献。",),
        "verification_code": "7KQ2-M9XD-4HTR",
        "verification_url": "http://127.0.0.1:8000/verify/7KQ2M9XD4HTR/",
    }
    return Certificate(**(fields | changes))
