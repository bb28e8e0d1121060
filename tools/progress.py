"""Says what set-up does, step by step, with the time each step took."""

import sys
import time
from collections.abc import Callable


class Progress:
    """Numbered steps on one line each: ``[ 3/10] Python packages ... installed (4.2 s)``."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0
        self.began = time.monotonic()
        self.took: list[tuple[str, float]] = []

    def step(self, title: str, work: Callable[[], str]) -> None:
        self.number += 1
        print(f"[{self.number:>2}/{self.total}] {title} ...", end=" ", flush=True)
        began = time.monotonic()
        try:
            said = work()
        except BaseException:
            print("FAILED", flush=True)
            raise
        seconds = time.monotonic() - began
        self.took.append((title, seconds))
        lines = said.splitlines() or [""]
        print(f"{lines[0]} ({seconds:.1f} s)", flush=True)
        for line in lines[1:]:
            print(f"        {line}", flush=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
