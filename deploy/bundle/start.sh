#!/bin/sh
# 研判台：第一次运行时装好（不用联网，不用管理员权限），以后直接打开看板。
#   ./start.sh           打开看板，数据在旁边的“研判台数据”
#   ./start.sh --demo    看演示，数据在旁边的“研判台演示”
#   ./start.sh 命令 …     其余命令，如 ./start.sh check
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# The newest Python that runs and that there are libraries for; a name may be a stub.
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    if version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) &&
        grep -qx "$version" "$here/python.txt"; then
        exec "$python" "$here/start.py" "$@"
    fi
done

# None: the one in the bundle, of Debian's packages, which needs nothing but a C library as new.
own=$here/python
python=$own/usr/bin/python3.11
if [ -x "$python" ]; then
    LD_LIBRARY_PATH=$own/usr/lib/x86_64-linux-gnu:$own/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    export LD_LIBRARY_PATH
    if "$python" -c 'import ssl, sqlite3, ctypes' 2>/dev/null; then
        exec "$python" "$here/start.py" "$@"
    fi
fi
echo "没有找到能用的 Python（要 $(tr '\n' ' ' <"$here/python.txt")之一），安装包里自带的在这台机器上也运行不了。" >&2
echo "请装好其中一个再运行，办法见 docs/部署.md“没有互联网”。" >&2
exit 1
