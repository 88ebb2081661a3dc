"""Findings to report."""

from __future__ import annotations

from orgcode.model.finding import Finding, Severity
from orgcode.model.message import message


def finding(
    cause: str = "There is no circle kitchn.",
    way_out: str = "Write kitchen.",
    *,
    severity: Severity = "error",
    path: str = "roles/cook.yaml",
    line: int = 3,
    column: int = 9,
) -> Finding:
    return Finding(
        rule="unknown-circle",
        severity=severity,
        path=path,
        line=line,
        column=column,
        cause=message("{text}", text=cause),
        way_out=message("{text}", text=way_out),
    )
