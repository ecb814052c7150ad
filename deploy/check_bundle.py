"""``make bundle-check``: install the Linux bundle where there is no network, and do its main job.

Everything runs in a network namespace of its own that has a loopback and no route: what would
fetch anything fails. No setting of pip reaches it, nor anything of this checkout.
"""

import os
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Set in the process that runs without a network.
INSIDE = "BUNDLE_CHECK_INSIDE"
ADDRESS = "http://127.0.0.1:8050"
LONGEST_START_S = 300.0
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def main() -> None:
    """Check every Linux bundle in ``dist``, each with every interpreter that starts it."""
    bundles = sorted((ROOT / "dist").glob("yanpan-*-linux-x86_64.tar.gz"))
    if not bundles:
        sys.exit("dist/ 里没有 Linux 安装包；请先运行 make bundle。")
    if os.environ.get(INSIDE) != "1":
        sys.exit(subprocess.run(
            ["unshare", "--map-root-user", "--net", sys.executable, __file__, *sys.argv[1:]],
            env=os.environ | {INSIDE: "1"}, check=False,
        ).returncode)  # fmt: skip
    bring_loopback_up()
    must_have_no_way_out()
    for bundle in bundles:
        for is_bare in (False, True):
            with tempfile.TemporaryDirectory(prefix="bundle-check-") as room:
                check(bundle, Path(room), is_bare)


def check(bundle: Path, room: Path, is_bare: bool) -> None:
    """Unpack, start with one command, do what an office does; ``is_bare`` hides every Python."""
    say(f"{bundle.name}：{'机器上没有 Python，用自带的' if is_bare else '用机器上的 Python'}")
    with tarfile.open(bundle) as packed:
        packed.extractall(room, filter="tar")
    folder = room / bundle.name.removesuffix(".tar.gz")
    environment = bare_environment(room, is_bare)
    run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], folder, environment)
    start = str(folder / "start.sh")
    began = time.monotonic()
    server = subprocess.Popen([start, "--demo"], cwd=room, env=environment)
    try:
        wait_for(f"{ADDRESS}/healthz", server)
        say(f"  解压以后一条命令，{time.monotonic() - began:.0f} 秒到看板")
        must_answer(f"{ADDRESS}/")
        must_answer(f"{ADDRESS}/data/overview.csv")
    finally:
        server.terminate()
        server.wait(60)
    for words in (
        ["--demo", "ingest"],
        ["--demo", "check"],
        ["--demo", "metric", "overview"],
        ["--demo", "report", "monthly", "--images", "none"],
        ["--demo", "backup"],
    ):
        run([start, *words], room, environment)
    made = [path.name for path in room.glob("会议材料_*/*") if path.is_file()]
    if len(made) < 3:
        sys.exit(f"会议材料没有写全：{made}")
    if left := list((folder / "libraries").glob("*.part")):
        sys.exit(f"安装留下了半截：{left}")
    say(f"  读取、核对、指标、会议材料（{'、'.join(sorted(made))}）、备份：都成")


def bare_environment(room: Path, is_bare: bool) -> dict[str, str]:
    """An environment without anything of this machine's: no pip settings, no checkout."""
    tools = room / "bin"
    tools.mkdir()
    if is_bare:
        for name in ("sh", "dirname", "grep", "tr", "sha256sum", "fc-list"):
            with suppress(StopIteration):
                found = next(
                    p for p in (Path("/usr/bin") / name, Path("/bin") / name) if p.exists()
                )
                (tools / name).symlink_to(found)
    path = str(tools) if is_bare else f"{Path(sys.base_prefix) / 'bin'}:/usr/bin:/bin"
    return {"PATH": path, "HOME": str(room), "LANG": "C.UTF-8", "TMPDIR": str(room)}


def run(words: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run a command that has to succeed."""
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{' '.join(words)}：{done.returncode}\n{done.stdout}\n{done.stderr}")


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers 200."""
    ends = time.monotonic() + LONGEST_START_S
    while time.monotonic() < ends:
        if server.poll() is not None:
            sys.exit(f"看板没有起来：{server.returncode}")
        with suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.5)
    sys.exit(f"{LONGEST_START_S:.0f} 秒还没有看板。")


def must_answer(address: str) -> None:
    """End unless an address answers 200 with something in it."""
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
        if answer.status != 200 or not answer.read():
            sys.exit(f"{address}：{answer.status}")


def bring_loopback_up() -> None:
    """A new namespace has a loopback that is down."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(control, _SIOCGIFFLAGS, asked)[:18])[1]
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | _IFF_UP))


def must_have_no_way_out() -> None:
    """End unless this process can reach nothing but itself."""
    routes = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
    interfaces = [name for _, name in socket.if_nameindex() if name != "lo"]
    if routes or interfaces:
        sys.exit(f"这里还有网络：{routes or interfaces}")


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
