"""The letters of a data comparison (FACTS §3): 比对申请函, 比对线索函, 比对结果复函."""

import datetime as dt

from core.dates import chinese_date
from documents.letter import Letter, Para


def _on(text: str) -> str:
    return chinese_date(dt.date.fromisoformat(text))


def _letter(context: dict, title: str, body: tuple[Para, ...]) -> Letter:
    return Letter(
        issuer=context["issuer"],
        title=title,
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        contact=context["contact"],
    )


_PROTECTED = (
    "名单含个人信息，已通过协作平台加密传送，不随函附纸质名单；请限于上述目的使用，指定专人经办，"
    "不得转作他用或者向他人提供，用毕按期销毁并留存销毁记录。"
)


def comparison_letter(context: dict) -> Letter:
    """比对申请函, or the letter that brings hits along without being asked."""
    you = "你" + context["receiver_word"]
    if context["unasked"]:
        opening = (
            f"我单位在工作中发现{context['total']}名人员的“{context['kind']}”信息"
            f"可能与医疗保障基金使用有关，现通报{you}。"
        )
        title = f"关于通报{context['kind']}比对线索的函"
    else:
        opening = f"因工作需要，商请{you}对{context['total']}名人员进行“{context['kind']}”比对。"
        title = f"关于商请协助开展{context['kind']}比对的函"
    body = [
        Para(opening),
        Para(heading="一、比对目的"),
        Para(f"{context['purpose'].rstrip('。')}。"),
        Para(heading="二、依据"),
        Para(f"{context['basis'].rstrip('。')}。"),
        Para(heading="三、名单与保密要求"),
        Para(f"名单共{context['total']}人，校验码（SHA-256）前16位为{context['sha256'][:16]}。{_PROTECTED}"),
    ]
    if context["limit_on"]:
        body += [
            Para(heading="四、答复期限"),
            Para(f"请于{_on(context['limit_on'])}前反馈比对结果。"),
        ]
    return _letter(context, title, tuple(body))


def comparison_result(context: dict) -> Letter:
    """比对结果复函."""
    you = "你" + context["receiver_word"]
    body = [
        Para(f"{you}来函（{context['asked_number']}）收悉。经对{context['total']}名人员进行“{context['kind']}”比对，"
             f"命中{context['hits']}人，未命中{context['total'] - context['hits']}人。"),
        Para("逐人结果已通过协作平台加密反馈。" + _PROTECTED),
    ]  # fmt: skip
    if context["note"]:
        body.append(Para(f"需说明的事项：{context['note'].rstrip('。')}。"))
    if context["destroy_on"]:
        body.append(Para(f"平台内名单将于{_on(context['destroy_on'])}销毁。"))
    return _letter(context, f"关于{context['kind']}比对结果的复函", (*body, Para("专此函复。")))


BUILDERS = {"comparison_letter": comparison_letter, "comparison_result": comparison_result}
