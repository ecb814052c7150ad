"""Before the tests: a Chromium, a Chinese font and a Java, through apt where that is possible."""

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
APT_PACKAGES = ("chromium", "fonts-noto-cjk", "default-jre-headless")
WHAT_TO_INSTALL = (
    "缺少浏览器、中文字体或 Java，有关的测试将跳过：请安装 Chromium、Chrome 或 Edge，"
    "Noto Sans CJK 字体，Java 17 以上"
    "（Debian：apt install chromium fonts-noto-cjk default-jre-headless）。"
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


def has_java() -> bool:
    """Whether Spark would find a Java."""
    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


def is_complete() -> bool:
    """Whether nothing is missing."""
    return bool(browser() and has_chinese_font() and has_java())


def main() -> None:
    """Install what is missing, or say in one line what to install."""
    if is_complete():
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
    if not is_complete():
        print(WHAT_TO_INSTALL)


if __name__ == "__main__":
    main()
