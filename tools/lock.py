"""Write the hashed locks from pyproject.toml. No host is recorded: pip and uv take them from any index."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
COMMON = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate", "-q"]


def compile_lock(*arguments: str, given: str | None = None) -> None:
    command = [str(UV), "pip", "compile", *COMMON, *arguments]
    subprocess.run(command, cwd=ROOT, input=given, text=True, check=True, stdout=subprocess.DEVNULL)


compile_lock("pyproject.toml", "-o", "requirements.lock")
compile_lock("-c", "requirements.lock", "--extra", "dev", "pyproject.toml", "-o", "requirements-dev.lock")
compile_lock("-", "-o", "requirements-tools.lock", given="uv\n")
