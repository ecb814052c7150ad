"""The bundle: what it is made of, and that its start script installs and runs without a network."""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

DEPLOY, PARTS = ROOT / "deploy", ROOT / "deploy" / "bundle"
POSIX = pytest.mark.skipif(os.name == "nt", reason="a shell script")
#: A program that tells how it was called, and makes a home as ours does.
PROGRAM = """
import pathlib, sys
words = sys.argv[1:]
if words[0] == "init":
    (pathlib.Path(words[1]) / "data").mkdir(parents=True)
print(*words)
"""


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def maker() -> ModuleType:
    return script(DEPLOY / "make_bundle.py")


def test_the_lock_of_a_bundle_names_the_wheels_that_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = maker()
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "flask-login==0.6.3 \\\n    --hash=sha256:00\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:11\n", "utf-8"
    )  # fmt: skip
    monkeypatch.setattr(make, "LOCK", lock)
    own = f"yanpan-{make.version()}-py3-none-any.whl"
    wheels = {"Flask_Login-0.6.3-py3-none-any.whl": b"a", own: b"b"}
    for name, content in wheels.items():
        (tmp_path / name).write_bytes(content)
    first, second = (hashlib.sha256(content).hexdigest() for content in wheels.values())
    assert make.lock_of(tmp_path) == (
        f"flask-login==0.6.3 \\\n    --hash=sha256:{first}\n"
        f"yanpan=={make.version()} \\\n    --hash=sha256:{second}\n"
    )  # colorama is for Windows alone, and has no wheel here
    (tmp_path / "Flask_Login-0.6.3-py3-none-any.whl").unlink()
    with pytest.raises(SystemExit, match=r"没有 flask-login 0\.6\.3 的 wheel"):
        make.lock_of(tmp_path)


@pytest.mark.slow
def test_the_wheel_has_what_the_program_reads_and_no_ledgers(tmp_path: Path) -> None:
    maker().build_program(tmp_path, tmp_path / "source")
    (wheel,) = tmp_path.glob("yanpan-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "analysis/new_home/yanpan.toml", "analysis/new_home/说明.txt",
        "analysis/warehouse/metrics/overview.sql", "analysis/warehouse/empty.duckdb",
    } <= set(names)  # fmt: skip
    assert not [
        n for n in names if n.startswith(("data/", "tests/")) or n.endswith((".xlsx", ".docx"))
    ]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """An unpacked bundle with a small program, pip as Python brings it, and no library."""
    import ensurepip

    folder = tmp_path / "yanpan-0-linux-x86_64"
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    brought = list((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if not brought:
        pytest.skip("this Python brings no pip")
    (wheels / brought[0].name).write_bytes(brought[0].read_bytes())
    program = wheels / "yanpan-0-py3-none-any.whl"
    with zipfile.ZipFile(program, "w") as packed:
        packed.writestr("analysis/__init__.py", "")
        packed.writestr("analysis/cli.py", PROGRAM)
        about = "yanpan-0.dist-info"
        packed.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: yanpan\nVersion: 0\n")
        packed.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        packed.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    (folder / "wheels.lock").write_text(f"yanpan==0 --hash=sha256:{digest}\n", "ascii")
    (folder / "python.txt").write_text(
        f"3.9\n{sys.version_info[0]}.{sys.version_info[1]}\n", "ascii"
    )
    for name in ("start.sh", "start.py"):
        (folder / name).write_bytes((PARTS / name).read_bytes())
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def start(bundle: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the start script; ``python3`` is this interpreter, and pip knows a wrong place alone."""
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python3"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    path = f"{python.parent}:/usr/bin:/bin"
    wrong = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PYTHONPATH": str(ROOT)}

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(bundle / "start.sh"), *words], capture_output=True, text=True, encoding="utf-8",
            env={"PATH": path, "HOME": str(tmp_path), "LANG": "C.UTF-8"} | wrong | more,
            cwd=ROOT, check=False,  # whose own «analysis» must not come before the bundle's
        )  # fmt: skip

    return run


@POSIX
@pytest.mark.slow
def test_the_first_start_installs_and_makes_a_home_and_the_next_just_runs(
    start: Callable[..., subprocess.CompletedProcess[str]], bundle: Path
) -> None:
    first = start()
    assert first.returncode == 0, first.stderr
    home = bundle.parent / "研判台数据"
    assert first.stdout == f"--home {home} serve\n"
    assert "正在安装" in first.stderr
    assert f"已建好数据目录 {home}" in first.stderr
    second = start("check", "--format", "csv")
    assert (second.stdout, second.stderr) == (f"--home {home} check --format csv\n", "")
    assert not list((bundle / "libraries").glob("*.part"))


@POSIX
@pytest.mark.slow
def test_a_demonstration_has_a_home_of_its_own_and_any_other_can_be_named(
    start: Callable[..., subprocess.CompletedProcess[str]], bundle: Path, tmp_path: Path
) -> None:
    assert start("--demo").stdout == f"--home {bundle.parent / '研判台演示'} serve\n"
    assert start("check", "--help").returncode == 0
    named = start("serve", YANPAN_HOME=str(tmp_path / "县"))
    assert named.stdout == f"--home {tmp_path / '县'} serve\n"
    assert not (bundle.parent / "研判台数据").exists()


@POSIX
@pytest.mark.slow
def test_a_wheel_that_was_changed_is_not_installed(
    start: Callable[..., subprocess.CompletedProcess[str]], bundle: Path
) -> None:
    with (bundle / "wheels" / "yanpan-0-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"x")
    done = start()
    assert (done.returncode, done.stdout) == (1, "")
    assert "没有装成：ERROR: THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr
    assert "请核对安装包是否完整" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(bundle.glob("libraries/*"))


@POSIX
def test_a_machine_without_a_python_that_fits_is_told(
    start: Callable[..., subprocess.CompletedProcess[str]], bundle: Path
) -> None:
    (bundle / "python.txt").write_text("3.9\n3.10\n", "ascii")
    done = start()
    assert done.returncode == 1
    assert "没有找到能用的 Python（要 3.9 3.10 之一）" in done.stderr


def test_the_embeddable_python_is_told_where_its_libraries_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = script(PARTS / "start.py")
    named = tmp_path / "python313._pth"
    named.write_text("python313.zip\n.\n", "utf-8")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    for libraries in (tmp_path / "libraries/old", tmp_path / "libraries/new"):
        start.name_to_embedded_python(libraries)
        assert named.read_text("utf-8") == f"python313.zip\n.\n{libraries}\n"


def test_pages_of_the_windows_bundle_have_its_line_ends(tmp_path: Path) -> None:
    make = maker()
    for name in ("开始.bat", "读我.txt", "no-python.txt"):
        make.copy_start(PARTS / name, tmp_path / name, make.PLATFORMS[1])
        text = (tmp_path / name).read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n")
        assert text.startswith(b"\xef\xbb\xbf") == (name == "读我.txt")


def test_the_batch_file_keeps_to_ascii_and_hands_over() -> None:
    text = (PARTS / "开始.bat").read_bytes()
    assert text.isascii()
    assert b'start.py" %*' in text
    assert b"no-python.txt" in text


def test_nothing_names_a_place_to_fetch_from() -> None:
    for path in [*DEPLOY.rglob("*")]:
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"https?://(?!127\.0\.0\.1)", text), path
            assert not re.search(r"--(extra-)?index-url|pypi", text), path


def test_the_image_is_made_of_the_bundle_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    steps = [line.split() for line in text.replace("\\\n", " ").splitlines() if line[:1].isupper()]
    copied = [words[1] for words in steps if words[0] == "COPY"]
    assert copied == ["wheels/", "wheels.lock"]
    (installs,) = [" ".join(words) for words in steps if "install" in words]
    assert {"--no-index", "--require-hashes", "--no-deps"} <= set(installs.split())
    order = [words[0] for words in steps]
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert ["USER", "yanpan"] in steps
