#!/bin/sh
# Print the newest Python ≥ 3.11 that runs on this machine, or say what to install.
for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "需要 Python 3.11 或更新的版本（含 venv），请先安装，例如：apt install python3 python3-venv" >&2
exit 1
