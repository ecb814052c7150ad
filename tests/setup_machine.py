"""Before the tests: a Chromium and a Chinese font, through apt where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Debian's names and those under which the browsers are installed elsewhere.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
WINDOWS_BROWSERS = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
APT_PACKAGES = ("chromium", "fonts-noto-cjk")
WHAT_TO_INSTALL = (
    "缺少浏览器或中文字体，浏览器测试将跳过：请安装 Chromium、Chrome 或 Edge，"
    "以及 Noto Sans CJK 字体（Debian：apt install chromium fonts-noto-cjk）。"
)


def browser() -> str | None:
    """Path of a Chromium-like browser, if there is one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or next((path for path in WINDOWS_BROWSERS if Path(path).exists()), None)


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font for Chinese; elsewhere the system brings one."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True)
    return bool(listed.stdout.strip())


def main() -> None:
    """Install what is missing, or say in one line what to install."""
    if browser() and has_chinese_font():
        return
    can_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if can_install:
        quiet = {
            "stdout": subprocess.DEVNULL,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        subprocess.run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", *APT_PACKAGES], **quiet
        )
    if not (browser() and has_chinese_font()):
        print(WHAT_TO_INSTALL)


if __name__ == "__main__":
    main()
