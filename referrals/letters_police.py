"""What the police write about a transfer of suspected crime (310号令 arts. 5-9, FACTS §3): they sign for it, ask for what
is missing, pass it on, say whether they file it, and answer a request to reconsider."""

from documents.letter import Form, Letter, Para
from referrals.letters import _paragraphs as paragraphs
from referrals.letters_crime import RULES, paper_date, received, reply, we, you


def crime_receipt(context: dict) -> Form:
    """涉嫌犯罪案件移送书（回执）."""
    return Form(
        issuer=context["issuer"],
        title="涉嫌犯罪案件移送书（回执）",
        date=paper_date(context),
        number=context.get("number", ""),
        fields=(
            ("移送机关", context["sender"]),
            ("移送书文号", context["asked_number"]),
            ("案由", context["about"]),
            ("签收时间", context["signed_at"]),
            ("签收人", context["signed_name"]),
            ("材料核对", f"随案材料{context['files']}件，经逐件校验与清单一致"),
        ),
        signatures=("签收人（签名）", "公安机关（盖章）"),
    )


def crime_incomplete(context: dict) -> Letter:
    """补正通知书."""
    return reply(
        context,
        "补正材料通知书",
        Para(received(context) + "经审查，移送材料不全，尚缺下列材料："),
        *paragraphs(context["text"]),
        Para(f"请{you(context)}自接到本通知之日起{context['limit']}内补正。补正期间不停止对该案的审查。"),
    )


def crime_forward(context: dict) -> Letter:
    """转送告知书."""
    return reply(
        context,
        "案件转送告知书",
        Para(received(context) + f"经审查，该案不属于{we(context)}管辖：{context['text'].rstrip('。')}。"),
        Para(f"根据{RULES}第七条的规定，{we(context)}已将该案转送{context['to']}，特此书面告知。"),
    )


def crime_filing(context: dict) -> Letter:
    """立案告知书 or 不予立案通知书."""
    if context["filed"]:
        return reply(
            context,
            "立案告知书",
            Para(received(context) + f"经审查，{context['text'].rstrip('。')}。"),
            Para(
                f"{we(context)}决定立案侦查。请{you(context)}自接到本告知书之日起{context['limit']}内将涉案物品以及与案件有关的其他"
                f"材料移交{we(context)}，并办结交接手续。"
            ),
        )
    return reply(
        context,
        "不予立案通知书",
        Para(received(context) + f"经审查，{context['text'].rstrip('。')}。"),
        Para(f"{we(context)}决定不予立案，随案材料{context['files']}件相应退回。"),
        Para(
            f"{you(context)}对本决定有异议的，可以自接到本通知书之日起{context['limit']}内提请{we(context)}复议，也可以建议人民检察院"
            "依法进行立案监督。"
        ),
    )


def crime_revoked(context: dict) -> Letter:
    """撤销案件告知书."""
    return reply(
        context,
        "撤销案件告知书",
        Para(received(context) + f"{we(context)}立案侦查后查明，{context['text'].rstrip('。')}。"),
        Para(
            f"{we(context)}决定撤销案件，随案材料{context['files']}件相应退回，请{you(context)}依法作出处理。"
        ),
    )


def crime_reconsidered(context: dict) -> Letter:
    """复议决定书."""
    decision = "撤销不予立案决定，决定立案侦查" if context["filed"] else "维持原不予立案决定"
    body = [
        Para(f"{you(context)}就{context['about']}提请复议的函收悉。经复议，{context['text'].rstrip('。')}。"),
        Para(f"{we(context)}{decision}。"),
    ]
    if context["filed"]:
        body.append(Para(f"请{you(context)}自接到本决定之日起{context['limit']}内移交涉案物品和有关材料。"))
    else:
        body.append(
            Para(
                f"{you(context)}仍有异议的，可以自接到本决定之日起{context['limit']}内建议人民检察院依法进行立案监督。"
            )
        )
    return reply(context, "复议决定书", *body)


BUILDERS = {
    "crime_receipt": crime_receipt,
    "crime_incomplete": crime_incomplete,
    "crime_forward": crime_forward,
    "crime_filing": crime_filing,
    "crime_revoked": crime_revoked,
    "crime_reconsidered": crime_reconsidered,
}
