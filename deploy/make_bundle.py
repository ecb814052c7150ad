"""``make bundle``: dist/yanpan-VERSION-linux-x86_64.tar.gz and -win-amd64.zip, from the lock files.

A bundle has the wheels of requirements-oidc.lock (the program, and the login by a provider of the
office's) for every Python that the program runs on, the program's own, pip's, the start scripts and
the manual: it is installed without a network and without an administrator. What comes from
elsewhere is asked of pip as it is set up here, and held to the hashes of the lock. The Linux bundle
also has a Python of Debian's packages, where this machine is a Debian.
"""

import argparse
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = Path(__file__).with_name("bundle")
LOCK, PIP_LOCK = ROOT / "requirements-oidc.lock", PARTS / "pip.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
#: What a manual is made of, as it lies in the repository.
PAPERS = (
    "README.md",
    "CHANGELOG.md",
    "docs/*.md",
    "docs/*.png",
    "deploy/*.service",
    "deploy/*.timer",
)
#: The interpreter of Debian 12 with the libraries that it is linked to, and no more.
DEBIAN_PYTHON = (
    "python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib", "libexpat1", "zlib1g",
    "libssl3", "libsqlite3-0", "libffi8", "libbz2-1.0", "liblzma5", "libuuid1",
)  # fmt: skip
#: Every file of a bundle has this time, so that the same lock makes the same bundle.
EPOCH = (2023, 11, 15, 0, 0, 0)
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)\s*(?P<marker>;[^\\]*)?")


@dataclass(frozen=True, slots=True)
class Platform:
    """A system that a bundle is for: its name, and pip's names of the wheels that run there."""

    name: str
    tags: tuple[str, ...]
    starts: tuple[str, ...]

    @property
    def is_windows(self) -> bool:
        """Whether its bundle is a zip with line ends of Windows."""
        return self.name.startswith("win")


PLATFORMS = (
    Platform(
        "linux-x86_64",
        ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64", "linux_x86_64"),
        ("start.sh", "start.py", "读我.txt"),
    ),
    Platform("win-amd64", ("win_amd64",), ("开始.bat", "start.py", "读我.txt", "no-python.txt")),
)


def main() -> None:
    """Make the bundles that are asked for, and the file of their hashes."""
    parser = argparse.ArgumentParser(description="把程序和锁定的依赖打成离线安装包。")
    parser.add_argument("--python", action="append", metavar="版本", help="默认 3.11 至 3.14")
    parser.add_argument("--platform", action="append", choices=[each.name for each in PLATFORMS])
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    made = []
    for platform in PLATFORMS:
        if not asked.platform or platform.name in asked.platform:
            with tempfile.TemporaryDirectory(prefix="bundle-") as room:
                made.append(make(platform, asked.python or PYTHONS, asked.out, Path(room)))
    sums = "".join(f"{sha256(path)}  {path.name}\n" for path in made)
    (asked.out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    for path in made:
        say(f"{path}  {path.stat().st_size / 1e6:.0f} MB")


def make(platform: Platform, pythons: Sequence[str], out: Path, room: Path) -> Path:
    """Gather a bundle in a folder and pack it; return the packed file."""
    name = f"yanpan-{version()}-{platform.name}"
    folder = room / name
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    say(f"{name}：收集依赖……")
    for python in pythons:
        download(platform, python, LOCK, wheels)
    download(platform, pythons[0], PIP_LOCK, wheels)
    build_sources(wheels)
    build_program(wheels, room / "source")
    (folder / "wheels.lock").write_text(lock_of(wheels), encoding="ascii")
    (folder / "python.txt").write_text("".join(f"{each}\n" for each in pythons), encoding="ascii")
    copy_papers(folder)
    for start in platform.starts:
        copy_start(PARTS / start, folder / start, platform)
    if not platform.is_windows:
        shutil.copy(ROOT / "deploy" / "Dockerfile", folder / "deploy" / "Dockerfile")
        add_python(folder / "python", room / "debian")
    write_sums(folder)
    return pack(folder, out, platform)


def version() -> str:
    """The version of the program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def download(platform: Platform, python: str, lock: Path, wheels: Path) -> None:
    """Fetch what a lock names for one system and one Python; pip holds it to the hashes.

    What has no wheel comes as its source, to be built here.
    """
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    run_pip(
        "download", "--quiet", "--no-deps", *tags, "--python-version", python,
        "--implementation", "cp", "--require-hashes", "--requirement", str(lock),
        "--dest", str(wheels),
    )  # fmt: skip


def build_sources(wheels: Path) -> None:
    """Make a wheel of each source: pure Python alone, which runs on every system."""
    for source in sorted((*wheels.glob("*.tar.gz"), *wheels.glob("*.zip"))):
        run_pip("wheel", "--quiet", "--no-deps", "--no-build-isolation",
                "--wheel-dir", str(wheels), str(source))  # fmt: skip
        source.unlink()
    if built_here := [path.name for path in wheels.glob("*-linux_*.whl")]:
        sys.exit(f"这些依赖没有现成的 wheel，编译出来的换一台机器用不了：{'、'.join(built_here)}")


def build_program(wheels: Path, source: Path) -> None:
    """Make the program's own wheel, from a copy: setuptools leaves its work where it builds."""
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "yanpan.py"):
        shutil.copy(ROOT / name, source / name)
    for name in ("analysis", "dashboards"):
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    run_pip("wheel", "--quiet", "--no-deps", "--no-build-isolation",
            "--wheel-dir", str(wheels), str(source))  # fmt: skip


def run_pip(*words: str) -> None:
    """Run pip as it is set up on this machine."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        sys.exit("\n".join(errors or [done.stderr.strip()]))


def lock_of(wheels: Path) -> str:
    """The lock of a bundle: what requirements-oidc.lock names, with the hashes of the wheels here.

    Those were held to its hashes when they came; a wheel that was built here has one of its own.
    """
    hashes: dict[tuple[str, str], list[str]] = {}
    for path in sorted(wheels.glob("*.whl")):
        name, number = path.name.split("-")[:2]
        hashes.setdefault((plain(name), number), []).append(sha256(path))
    lines = []
    for name, number, marker in [*requirements(LOCK.read_text("utf-8")), ("yanpan", version(), "")]:
        if found := hashes.get((plain(name), number)):
            told = "".join(f" \\\n    --hash=sha256:{each}" for each in found)
            lines.append(f"{name}=={number}{marker}{told}\n")
        elif not marker:
            sys.exit(f"没有 {name} {number} 的 wheel，安装包不完整。")
    return "".join(lines)


def requirements(lock: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and marker of each requirement of a lock."""
    for line in lock.splitlines():
        if found := _REQUIREMENT.match(line):
            marker = (found["marker"] or "").strip()
            yield found["name"], found["version"], f" {marker}" if marker else ""


def plain(name: str) -> str:
    """A project's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def copy_papers(folder: Path) -> None:
    """Copy the manual and the units of the service."""
    for pattern in PAPERS:
        for path in sorted(ROOT.glob(pattern)):
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target)


def copy_start(source: Path, target: Path, platform: Platform) -> None:
    """Copy a start script or page, with the line ends of the system that it is for."""
    text = source.read_bytes()
    if platform.is_windows and source.suffix in {".bat", ".txt"}:
        text = text.replace(b"\n", b"\r\n")
        # Older Notepads know UTF-8 by its mark; a console would show it.
        text = b"\xef\xbb\xbf" + text if source.name == "读我.txt" else text
    target.write_bytes(text)
    target.chmod(0o755 if source.suffix == ".sh" else 0o644)


def add_python(folder: Path, room: Path) -> None:
    """Unpack Debian's Python, for machines that have none; told where it cannot be had."""
    room.mkdir()
    try:
        subprocess.run(
            ["apt-get", "download", "--quiet", *DEBIAN_PYTHON], cwd=room, check=True,
            capture_output=True,
        )  # fmt: skip
        for package in sorted(room.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
    except (OSError, subprocess.CalledProcessError):
        shutil.rmtree(folder, ignore_errors=True)
        say("这台机器上取不到 Debian 的 Python，安装包里不带解释器（目标机器须有 Python）。")
        return
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            path.unlink()  # of settings that the package manager would have made
    for name in ("usr/share/man", "usr/share/lintian", "usr/share/binfmts"):
        shutil.rmtree(folder / name, ignore_errors=True)


def write_sums(folder: Path) -> None:
    """The hash of every file of the bundle, as ``sha256sum -c`` reads it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def pack(folder: Path, out: Path, platform: Platform) -> Path:
    """Pack a bundle: the same content, the same bytes."""
    if platform.is_windows:
        return _pack_zip(folder, out / f"{folder.name}.zip")
    return _pack_tar(folder, out / f"{folder.name}.tar.gz")


def _pack_zip(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                about = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), EPOCH)
                # wheels are packed already
                kind = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
                about.compress_type, about.external_attr = kind, 0o644 << 16
                packed.writestr(about, path.read_bytes())
    return target


def _pack_tar(folder: Path, target: Path) -> Path:
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 1, file, mtime=0) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as packed,
    ):
        packed.add(folder, folder.name, filter=_as_root)
    return target


def _as_root(about: tarfile.TarInfo) -> tarfile.TarInfo:
    about.uid = about.gid = 0
    about.uname = about.gname = "root"
    about.mtime = 1_700_000_000
    return about


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
