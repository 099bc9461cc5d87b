"""Findings about an agreement as plain data."""

from __future__ import annotations

from typing import Any

from detente.lint.codes import CODES
from detente.lint.findings import Finding
from detente.lint.lint import Lint

__all__ = ["lint_data"]


def lint_data(lint: Lint) -> dict[str, Any]:
    """Return findings, what is silenced, the asymmetry and the coverage as plain data."""
    return {
        "draft": lint.draft,
        "norms": lint.norms,
        "findings": [_finding(each) for each in lint.findings],
        "silenced": [
            {**_finding(each.finding), "by": each.norm, "reason": each.reason}
            for each in lint.silenced
        ],
        "asymmetry": [
            {
                "actor": share.actor,
                "duties": list(share.duties),
                "limits": list(share.limits),
                "owed": list(share.owed),
                "powers": list(share.powers),
                "remedied": list(share.remedied),
                "protected": list(share.protected),
                "median_due": share.median_due,
            }
            for share in lint.asymmetry
        ],
        "coverage": {
            each.what: {
                "norms": list(each.norms),
                "of_norms": each.of_norms,
                "clauses": list(each.clauses),
                "in_part": list(each.in_part),
                "of_clauses": each.of_clauses,
            }
            for each in lint.coverage
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    code = CODES[finding.code]
    return {
        "code": finding.code,
        "severity": code.severity,
        "message": finding.message,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "norms": list(finding.norms),
        "explanation": code.explanation,
        "clauses": [
            {"file": file, "line": line, "column": column, "words": words}
            for (file, line, column), words in finding.clauses
        ],
    }
