"""The document that a browser gets first: which scripts, by which addresses, and which not yet."""

import re
from pathlib import Path
from typing import Any

import dash
import dash_ag_grid

from dashboards.wire.program_files import ASSETS, ProgramFiles

#: A component library that only some pages need, and what it has that pages use: ``05-later.js``
#: stands for these until one is shown, and fetches the library then.
LATER = {dash_ag_grid.__name__: "AgGrid"}
#: What Dash brings and nothing here needs: what browsers of 2016 lacked (what its scripts use of
#: that is in ``01-async.js``), and a table that no page has.
DROPPED = ("dash/deps/polyfill", "dash/dash_table")
_SCRIPT = '<script src="([^"]*/{part}[^"]*)"></script>'
#: Else a browser fetches the one of Dash with each page.
_NO_ICON = '<link rel="icon" href="data:,">'
_ASSET = re.compile(rf'({ASSETS})([^"?]+)\?m=[\d.]+')


class App(dash.Dash):
    """Dash, with a first document that asks for as little as the first page needs."""

    def __init__(self, *about: Any, **named: Any) -> None:
        """As Dash has it."""
        super().__init__(*about, **named)
        self.program_files = ProgramFiles(Path(self.config.assets_folder))

    def interpolate_index(self, **parts: Any) -> str:
        """The document of these parts."""
        later = []
        for library, component in LATER.items():
            pattern = re.compile(_SCRIPT.format(part=f"{library}/"))
            for address in pattern.findall(parts["scripts"]):
                later.append(
                    f'<meta name="yanpan-later" content="{address}" '
                    f'data-library="{library}" data-component="{component}">'
                )
            parts["scripts"] = pattern.sub("", parts["scripts"])
        for part in DROPPED:
            parts["scripts"] = re.sub(_SCRIPT.format(part=part), "", parts["scripts"])
        parts["favicon"] = _NO_ICON
        parts["app_entry"] = parts["app_entry"].replace("Loading...", "正在读取…")
        parts["metas"] = "\n".join([parts["metas"], *later])
        return self._marked(super().interpolate_index(**parts))

    def _marked(self, document: str) -> str:
        """The document with assets by the marks of their content, not by a day on the disk."""
        return _ASSET.sub(lambda found: self.program_files.address(found[2]), document)
