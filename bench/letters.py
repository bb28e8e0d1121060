"""One letter to PDF: in a process that has never printed (cold), and in one that has (warm)."""

import datetime as dt
import statistics
import subprocess
import sys
import time

from documents.letter import Letter, Para
from documents.rendering import render_letter

TITLE = "One letter to PDF"
WARM_RUNS = 15
MANY = 40
COLD_RUNS = 3
COLD = """
import time
started = time.perf_counter()
import django
django.setup()
ready = time.perf_counter()
from bench.letters import LETTER
from documents.rendering import render_letter
render_letter(LETTER)
print(time.perf_counter() - ready)
"""
# Letters a second and the memory they leave: one process, one core, every letter another text.
MANY_WARM = f"""
import dataclasses, resource, time
import django
django.setup()
from bench.letters import LETTER
from documents.letter import Para
from documents.rendering import render_letter
render_letter(LETTER)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
used = time.process_time()
for number in range({MANY}):
    render_letter(dataclasses.replace(LETTER, body=(*LETTER.body, Para(f"第{{number}}号。"))))
print({MANY} / (time.process_time() - used), before // 1024,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
LETTER = Letter(
    issuer="青禾县医疗保障局",
    number="青医保函〔2026〕58号",
    title="关于商请对仁和医院诊疗行为提供技术支持的函",
    date=dt.date(2026, 11, 9),
    recipients=("县卫生健康局",),
    body=tuple(
        Para("我局在办理案件过程中，发现相关违法事项需要提供技术支持，现书面告知你局。" * 4) for _ in range(5)
    ),
    attachments=("住院病历抽样表", "智能监控疑点清单"),
    contact="联系人：陈晓岚，电话：0000-8362",
    verification_code="7KQ2-M9XD-4HTR",
    verification_url="http://127.0.0.1:8000/verify/7KQ2M9XD4HTR/",
)


def _figures(script: str) -> list[str]:
    """What a script of its own process prints."""
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


def measure() -> dict[str, object]:
    cold = [float(_figures(COLD)[-1]) for _ in range(COLD_RUNS)]
    a_second, first, last = _figures(MANY_WARM)[-3:]
    size = len(render_letter(LETTER))
    warm = []
    for _ in range(WARM_RUNS):
        started = time.perf_counter()
        render_letter(LETTER)
        warm.append(time.perf_counter() - started)
    return {
        "cold, library loading included, median ms": round(statistics.median(cold) * 1000),
        "warm, median ms": round(statistics.median(warm) * 1000),
        "warm, worst ms": round(max(warm) * 1000),
        "two pages, kB": round(size / 1000),
        "letters a second of one core, cold": round(1 / statistics.median(cold), 1),
        "letters a second of one core, warm": round(float(a_second), 1),
        "memory of the process after 1 letter, MiB": int(first),
        f"memory of the process after {MANY} more, MiB": int(last),
    }
