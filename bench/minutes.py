"""Minutes of a meeting with 40 topics, two resolutions each, as PDF/A: pages, time, and memory in a process of their own."""

import json
import subprocess
import sys

TITLE = "Minutes of a 40-topic meeting to PDF/A"
TOPICS = 40
WARM_RUNS = 3
CHILD = """
import io, json, re, time
from pathlib import Path
import django
django.setup()
from bench.minutes import WARM_RUNS, paper
from documents.rendering import render
from documents.word import docx
def most():  # ru_maxrss of a child begins at its parent's, so ask the kernel for its own
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
ready = most()
started = time.perf_counter()
data = render(paper())
cold = time.perf_counter() - started
after = most()
warm = []
for _ in range(WARM_RUNS):
    started = time.perf_counter()
    render(paper())
    warm.append(time.perf_counter() - started)
started = time.perf_counter()
word = docx(paper())
worded = time.perf_counter() - started
import pikepdf
with pikepdf.open(io.BytesIO(data)) as file:
    pages = len(file.pages)
print(json.dumps({
    "pages": pages, "cold, ms": round(cold * 1000), "warm, median ms": round(sorted(warm)[len(warm) // 2] * 1000),
    "PDF, kB": round(len(data) / 1000), "DOCX, ms": round(worded * 1000), "DOCX, kB": round(len(word) / 1000),
    "process before printing, MiB": round(ready / 1024), "most memory while printing, MiB": round(after / 1024),
    "most memory at the end, MiB": round(most() / 1024),
}))
"""


def paper():
    """Minutes as they are drafted: every topic with its decision and two resolutions."""
    from meetings import minutes_paper
    from meetings.letters import numeral

    units = ("医疗保障局", "卫生健康局", "市场监督管理局", "财政局", "发展和改革局", "公安局")
    names = [f"青禾县{unit}" for unit in units]
    parts = [["", "2026年12月18日15:00，在县政府三楼会议室，由分管副县长主持召开联席会议，成员单位到会6家（共6家），"
                  f"研究议题{TOPICS}项。现纪要如下："]]  # fmt: skip
    for number in range(1, TOPICS + 1):
        tasks = "\n".join(
            f"（{numeral(n)}）核对第{number}项清单并移交证据材料。责任单位：{names[(number + n) % 6]}；责任人：陈晓岚；"
            "期限：2027年1月31日。"
            for n in (1, 2)
        )
        parts.append([
            f"{numeral(number)}、研究第{number}项协作事项",
            "会议研究了有关问题。智能监控筛查发现同一参保人十五日内多次出入院，涉及金额86,240.00元。\n"
            f"会议议定：由牵头单位会同有关部门联合查处，按月通报进展。\n{tasks}",
        ])  # fmt: skip
    return minutes_paper.paper({
        "issuer": "青禾县医疗保障协作联动工作领导小组办公室", "mark": "青禾县医疗保障协作联动联席会议纪要",
        "title": "青禾县医疗保障协作联动2026年第四季度联席会议纪要", "date": "2026-12-21", "signer": "宋明哲",
        "number": "青联动办纪〔2026〕4号", "parts": parts, "copies": names, "unsigned": "",
        "people": {"present": [f"{name}　张三" for name in names], "leave": [], "observing": ["青禾县人民检察院　李四"]},
    })  # fmt: skip


def measure() -> dict[str, object]:
    answer = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    figures = json.loads(answer.stdout.splitlines()[-1])
    return {"topics": TOPICS, "resolutions": TOPICS * 2, **figures}
