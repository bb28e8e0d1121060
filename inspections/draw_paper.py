"""双随机抽取结果: the plain list to print, sign and post; who draws, from what, and how it is checked again."""

import datetime as dt

from django.utils import translation

from core.dates import local_date
from core.wording import clock
from documents.letter import Form, Table
from inspections.draw_enums import DrawStatus
from inspections.draw_reading import ended_before, listed, targets
from inspections.draw_record import annulled_because
from inspections.models import Draw


def _state(draw: Draw) -> str:
    with translation.override("zh-hans"):
        said = str(draw.get_status_display())
    because = annulled_because(draw)
    return f"{said}：{because}" if draw.status == DrawStatus.ANNULLED and because else said


def _moment(at: dt.datetime) -> str:
    return f"{local_date(at).isoformat()} {clock(at)}"


def result_list(draw: Draw) -> Form:
    """The form; only of a draw that was made. An annulled one says so in its title and why."""
    assert (
        draw.drawn_at is not None and draw.drawn_by is not None and draw.drawn_for is not None
    )  # the view asks
    frozen = listed(draw)
    found = targets(draw)
    target_rows = tuple(
        (str(target.place), target.code, line.get("name", ""), line.get("area") or "—",
         str(line.get("weight", "")), line.get("reason") or "—")
        for target, line, _teams in found
    )  # fmt: skip
    officer_rows = tuple(
        (str(target.place), team.department, "、".join(f"{name}（{code}）" for name, code, _goes in team.officers),
         "、".join(f"{name}（{code}）" for name, code, _goes in team.reserve) or "—")
        for target, _line, teams in found
        for team in teams
    )  # fmt: skip
    recused = [
        (each["department"], f"{each['name']}（{each['code']}）",
         "全部对象" if item["target"] == "*" else item["name"] or item["target"])
        for each in frozen["officers"]
        for item in each["recused"]
    ]  # fmt: skip
    tables = [
        Table(head=("序号", "统一社会信用代码", "抽中对象", "区域", "权重", "加权理由"), rows=target_rows,
              widths=(8, 31, 25, 12, 8, 16), right=(4,)),
        Table(head=("对象序号", "检查部门", "抽中执法人员（证号）", "候补"), rows=officer_rows, widths=(10, 26, 36, 28)),
    ]  # fmt: skip
    if recused:
        tables.append(
            # 张贴: who stands aside from what, and of no ground a word
            Table(head=("单位", "回避人员", "回避对象"), rows=tuple(recused), widths=(32, 34, 34))
        )
    mark = "（已作废）" if draw.status == DrawStatus.ANNULLED else ""
    return Form(
        issuer=draw.inspection.lead.name, title=f"“双随机”抽取结果{mark}", date=local_date(draw.drawn_at),
        number=draw.number,
        fields=(
            ("检查名称", draw.inspection.title), ("检查编号", draw.inspection.number),
            ("抽取次序", f"第{draw.attempt}次（承诺部门此前作废、放弃的抽取共{ended_before(draw)}次）"),
            ("状态", _state(draw)),
            ("对象名单", f"{len(frozen['targets'])}家，共{frozen['lots']}份"), ("人员名单", f"{len(frozen['officers'])}人"),
            ("承诺人", f"{draw.committed_for.name}　{draw.committed_by.name}"),
            ("承诺时间", _moment(draw.committed_at)),
            ("抽取人", f"{draw.drawn_for.name}　{draw.drawn_by.name}"),
            ("抽取时间", _moment(draw.drawn_at)),
            ("公开数", f"{draw.public_what}：{draw.public_number}（{_moment(draw.public_from)}起公布）"),
            ("名单摘要", draw.list_digest), ("抽取承诺", draw.commitment), ("揭示种子", draw.seed),
            ("复核办法", "凭抽取记录（JSON）按《双随机抽取说明》重新计算，或者由系统运行 verify_draw 命令，结果应当一致。"),
        ),
        tables=tuple(tables),
        signatures=("承诺部门", "见证部门"),
    )  # fmt: skip
