"""Start the bundle: install what lies beside this file where that is not done, then run it.

    start.py             the dashboard on this machine; a new home with settings where there is none
    start.py --demo      the same with invented ledgers, in a home of their own
    start.py COMMAND …   any other command of yanpan, e.g. «check» or «report monthly»

Nothing is fetched, no right of an administrator is asked for, nothing is written but the folder of
the libraries here and the home. It runs before anything is installed: the standard library alone.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEELS, LOCK = HERE / "wheels", HERE / "wheels.lock"
#: Oldest version that runs, and the first that there are no libraries for; set by the bundle.
VERSIONS = HERE / "python.txt"
#: Homes lie beside the program, so that a newer one finds them.
HOME, DEMO_HOME = "研判台数据", "研判台演示"
RUN = ("-P", "-m", "analysis.cli")


def main(words: list[str]) -> int:
    """Install, make the home, run; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    is_demo = words[:1] == ["--demo"]
    words = words[1:] if is_demo else words
    must_be_a_python_of_the_bundle()
    try:
        libraries = installed()
    except OSError as error:
        return told(f"装不进 {HERE}：{error.strerror}；请换一个写得进的目录，或腾出 1 GB 空间。")
    except subprocess.CalledProcessError as error:
        return told(f"没有装成：{why(error.stderr)}\n请核对安装包是否完整（SHA256SUMS）。")
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(libraries)}
    home = Path(os.environ.get("YANPAN_HOME") or HERE.parent / (DEMO_HOME if is_demo else HOME))
    program = [sys.executable, *RUN]
    is_new = not (home / "yanpan.toml").exists() and not (home / "data").exists()
    if is_new and not {"-h", "--help"} & set(words):
        made = subprocess.run(
            [*program, "init", str(home), *(["--demo"] if is_demo else [])], env=environment,
            stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if made.returncode:
            return made.returncode
        told(f"已建好数据目录 {home}：台账放进其中的 data/raw，设置在 yanpan.toml。")
    asked = [*program, "--home", str(home), *(words or ["serve"])]
    if os.name != "nt":
        os.execve(sys.executable, asked, environment)  # Ctrl+C and signals reach it alone
    try:
        return subprocess.run(asked, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


def must_be_a_python_of_the_bundle() -> None:
    """End with one line where there are no libraries for this interpreter."""
    known = VERSIONS.read_text(encoding="ascii").split()
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    if mine not in known:
        sys.exit(told(f"这个安装包要 Python {'、'.join(known)} 之一，这里是 {mine}。"))


def installed() -> Path:
    """The folder of the libraries for this interpreter, made where it is not there whole.

    Raises:
        OSError: the disk takes no more.
        CalledProcessError: pip refused, for a wheel that is missing or was changed.

    """
    folder = HERE / "libraries" / f"{sys.implementation.cache_tag}-{wanted()[:12]}"
    if not folder.exists():
        print("第一次运行，正在安装（一两分钟，不用联网）……", file=sys.stderr, flush=True)
        part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            install(part)
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    name_to_embedded_python(folder)
    return folder


def wanted() -> str:
    """What this bundle holds, as a hash: another one has libraries of its own."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def install(folder: Path) -> None:
    """Have the pip of the bundle put its wheels into a folder, each by its hash."""
    (pip,) = WHEELS.glob("pip-*.whl")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    subprocess.run(
        [sys.executable, str(pip / "pip"), "install", "--quiet", "--no-input", "--isolated",
         "--disable-pip-version-check", "--no-index", "--find-links", str(WHEELS), "--no-deps",
         "--only-binary", ":all:", "--require-hashes", "--requirement", str(LOCK),
         "--target", str(folder)],
        env=clean | {"PYTHONUTF8": "1"}, check=True, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", errors="replace",
    )  # fmt: skip


def name_to_embedded_python(folder: Path) -> None:
    """The embeddable Python of Windows reads where its libraries lie from a file of its own."""
    for path in Path(sys.executable).parent.glob("python*._pth"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if "libraries" not in line]
        if [*kept, str(folder)] != lines:
            path.write_text("\n".join([*kept, str(folder)]) + "\n", encoding="utf-8")


def why(text: str) -> str:
    """Of what pip said, the first line that tells of an error; else the last one."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines[-1:] or ["（没有说明）"])[0]


def told(text: str) -> int:
    """Tell a person why it does not go on."""
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
