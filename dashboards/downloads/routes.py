"""What can be downloaded: the rows behind a chart, a 督办函, the documents of the meeting."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import flask

from analysis.accounts import Role
from analysis.errors import AddressError, MemberError, YanpanError
from analysis.reports.package import unit_letter
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.access.rights import only
from dashboards.access.session import log
from dashboards.downloads import materials
from dashboards.downloads.tables import Table, as_csv, rows_as_csv
from dashboards.parts import letter_links
from dashboards.serving.address import Address
from dashboards.serving.data import Data


def offer_files(
    server: flask.Flask, data: Data, own: Mapping[str, Callable[[Data, Scope], Table]]
) -> None:
    """Register the routes; ``own`` are the rows of pages that are no metric's, by name."""

    @server.get("/data/<name>.csv")
    def metric_rows(name: str) -> flask.Response:
        """``/data/METRIC.csv?…``: the rows of a metric for a scope, as data only."""
        try:
            scope = _scope(data)
            if name in own:
                text = rows_as_csv(*own[name](data, scope))
            else:
                text = as_csv(get_metric(name), data.metric(name, scope))
        except YanpanError as error:
            return _refused(error)
        log("导出", what=name, **_asked(scope))
        response = flask.Response(text.encode("utf-8-sig"), mimetype="text/csv")
        response.headers["Content-Disposition"] = f"attachment; filename={name}_{scope.as_of}.csv"
        return response

    @server.get(letter_links.PATH)
    @only(Role.OFFICE, Role.LEADER, Role.UNIT)
    def letter() -> flask.Response:
        """``/letter.docx?unit=…``: the 督办函 to a unit for the day of the scope."""
        try:
            unit = Address.read(dict(flask.request.args)).chosen.get("unit", "")
            scope = _scope(data)
            content = unit_letter(data, data.settings, scope, unit)
        except YanpanError as error:
            return _refused(error)
        log("导出", what="督办函", unit=unit)
        return _attachment(content, letter_links.MIME, f"督办函_{unit}_{scope.as_of}.docx")

    @server.get(materials.PATH)
    @only(Role.OFFICE, Role.LEADER)
    def package() -> flask.Response:
        """``/materials.zip?…&kind_of=monthly``: all documents of the meeting for the scope."""
        kind = flask.request.args.get("kind_of", "")
        if kind not in materials.KINDS:
            return _refused("会议材料分月度和季度。")
        try:
            scope = _scope(data)
            content = materials.materials(data.copy(), data.settings, scope, kind)
        except materials.BusyError as error:
            return flask.Response(str(error), 429, mimetype="text/plain")
        except materials.NotMadeError as error:
            return flask.Response(str(error), 503, mimetype="text/plain")
        except YanpanError as error:
            return _refused(error)
        log("导出", what="会议材料", kind=kind, **_asked(scope))
        name = f"会议材料_{materials.KINDS[kind]}_{scope.as_of}.zip"
        return _attachment(content, "application/zip", name)


def _scope(data: Data) -> Scope:
    default_day, _ = data.described_day()
    scope = Address.read(dict(flask.request.args)).scope(default_day)
    data.must_have(scope)
    return scope


def _asked(scope: Scope) -> dict[str, str]:
    """What the log keeps of what was asked for: the days, and by which columns it was narrowed.

    Not to what: a value may be a person's name, and who reads the log need not be who may know it.
    """
    days = {"as_of": scope.as_of, "known_on": scope.known_on, "since": scope.since}
    told = {name: str(day) for name, day in days.items() if day}
    return told | ({"narrowed_by": "/".join(scope.filters)} if scope.filters else {})


def _refused(why: Any) -> flask.Response:
    status = 400 if isinstance(why, AddressError | MemberError) else 404
    return flask.Response(str(why), status, mimetype="text/plain")


def _attachment(content: bytes, mime: str, name: str) -> flask.Response:
    return flask.send_file(io.BytesIO(content), mime, as_attachment=True, download_name=name)
