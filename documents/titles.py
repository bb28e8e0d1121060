"""Where a title of several lines is cut: 词意完整, 排列对称, in the shape of a trapezium or a rhombus
(GB/T 9704-2012 7.3.1), never inside a book title, a number or a name, and never leaving one word alone."""

import itertools
import math
import re
from collections.abc import Iterable

# Words of our trade that must not be torn apart; anything unknown is cut only if there is no better place.
_WORDS = """
医疗保障基金 医疗保障领域 医疗保障部门 医疗保障局 医疗保障 医保基金 医保协议 医疗机构 定点医疗机构 定点零售药店
零售药店 医药机构 人民医院 中医院 医院 药店 卫生院 诊所 卫生健康局 市场监督管理局 发展和改革局 财政局 公安局
领导小组办公室 领导小组 办公室 联席会议 联合检查 联合惩戒 联合执法 协作联动 工作机制 案件线索 问题线索 线索移交
违法违规行为 违法违规 违法行为 欺诈骗保 骗取 涉嫌犯罪 涉嫌 犯罪 案件 案情通报 案情 线索 技术支持 书面意见
书面告知 诊疗行为 诊疗项目 诊疗 行为 分解住院 串换 过度诊疗 低标准入院 挂床住院 虚假住院 住院 病历 药品 耗材
医用耗材 医疗器械 价格 收费 违规收费 超标准收费 重复收费 行政处罚 处罚 决定 移送 移交 商请 提请 协助 协查 核查
调查 提前介入 户籍信息 信息比对 比对 提供 开展 进行 使用 反馈 函复 答复 办理 情况 结果 意见 整改 督办 催办 延期
通知 通报 报告 请示 批复 会议纪要 举报奖励 举报 奖励 发放 取消 认定 有关 问题 事项 工作 专项 整治 行动 监督 管理
议定事项 办理情况 提供技术支持 出具书面意见 打击欺诈骗保 打击 季度 规定 办法 方案 计划 印发 召开 基金
参保人员 人员 信息 证据 材料 清单 关于 对于
"""
WORDS = tuple(_WORDS.split())
# Good to begin a line with: the verb of what is asked.
_STARTERS = """
商请 提请 提供 提供技术支持 出具书面意见 议定事项 办理情况 开展 进行 移交 移送 协助 协查 核查 涉嫌 违法违规行为
违法违规 违法行为 使用 办理 案件线索 有关 技术支持 书面意见 情况 问题线索 违规收费 给予 联合惩戒 提前介入
"""
STARTERS = frozenset(_STARTERS.split())
# Bad to begin a line with; the second, bad to end one with.
NO_START = set("的了和与及或等、，。；：！？）》〉”’】〕")
NO_END = {*"《〈（“‘【〔对将向在就为由给与和及", "关于", "对于"}
PROTECTED = re.compile(
    r"《[^《》]*》|〔[^〔〕]*〕|[0-9A-Za-z%.．,~\-—]+[年月日号条款项起例份家个次元万亿人]*"
)
BEST_WIDTH = 18
MOST_WIDTH = 20  # 156 mm / 22 pt
MOST_TRIED = 20_000  # ways to cut that are compared; a longer title is only filled


def width_of(text: str) -> float:
    """In Chinese characters: ASCII counts half."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _words(title: str, keep: Iterable[str]) -> list[str]:
    names = sorted({*keep} - {""}, key=len, reverse=True)
    known = sorted(WORDS, key=len, reverse=True)
    words, at = [], 0
    while at < len(title):
        protected = PROTECTED.match(title, at)
        word = (
            protected.group()
            if protected
            else next((w for w in itertools.chain(names, known) if title.startswith(w, at)), title[at])
        )
        words.append(word)
        at += len(word)
    return words


def _cut_cost(before: str, after: str) -> float | None:
    """How bad it is to end a line with the word `before` and begin the next with `after`; None: forbidden."""
    if after[0] in NO_START or before in NO_END:
        return None
    if after in STARTERS or before[-1] in "、，；：》":
        return 0
    if len(before) > 1 and len(after) > 1:
        return 1
    # a single character outside our vocabulary may be half of a word
    return 2 if len(before) > 1 or len(after) > 1 or before == "的" else 4


def _shape_cost(widths: list[float]) -> float:
    cost = 4.0 * sum(width < 4 for width in widths)  # 函 alone on a line
    cost += sum(max(0.0, width - BEST_WIDTH) for width in widths)
    spread = max(widths) - min(widths)
    cost += 1.0 if spread < 1 else max(0.0, spread - 8) * 0.5  # neither a block nor a flag
    for first, second, third in zip(widths, widths[1:], widths[2:], strict=False):
        if second < first and second < third:
            cost += 6  # an hourglass
    return cost


def break_title(title: str, keep: Iterable[str] = ()) -> list[str]:
    """The lines of a title of letter or form in 2号 type.

    :param keep: names (of a hospital, a rule) that must stay whole
    """
    title = title.strip()
    if width_of(title) <= MOST_WIDTH:
        return [title]
    words = _words(title, keep)
    cuts = {}
    for index in range(1, len(words)):
        cost = _cut_cost(words[index - 1], words[index])
        if cost is not None:
            cuts[index] = cost
    fewest = int(-(-width_of(title) // MOST_WIDTH))
    for count in range(fewest, fewest + 3):
        if math.comb(len(cuts), count - 1) > MOST_TRIED:
            break
        if lines := _best_shape(words, cuts, count):
            return lines
    return _filled(words, cuts) or _torn(title)


def _best_shape(words: list[str], cuts: dict[int, float], count: int) -> list[str] | None:
    """The best of all ways to set `words` in `count` lines; None if they do not fit."""
    best: tuple[float, list[str]] | None = None
    for places in itertools.combinations(cuts, count - 1):
        edges = [0, *places, len(words)]
        lines = ["".join(words[a:b]) for a, b in itertools.pairwise(edges)]
        widths = [width_of(line) for line in lines]
        if max(widths) > MOST_WIDTH:
            continue
        cost = _shape_cost(widths) + 2 * sum(cuts[place] for place in places)
        if best is None or cost < best[0]:
            best = (cost, lines)
    return best[1] if best else None


def _filled(words: list[str], cuts: dict[int, float]) -> list[str] | None:
    """A title too long to be shaped: each line as full as its cuts allow; None if a word is too wide."""
    lines, start, last = [], 0, 0
    for index in [*cuts, len(words)]:
        if width_of("".join(words[start:index])) > MOST_WIDTH:
            if last == start:
                return None
            lines.append("".join(words[start:last]))
            start = last
            if width_of("".join(words[start:index])) > MOST_WIDTH:
                return None
        last = index
    return [*lines, "".join(words[start:])]


def _torn(title: str) -> list[str]:
    """One word longer than a line, or nothing but forbidden cuts: better a hard cut than a lost title."""
    return [title[at : at + MOST_WIDTH] for at in range(0, len(title), MOST_WIDTH)]
