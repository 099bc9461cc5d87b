"""Every key of every record stands in the reference, with its meaning."""

from __future__ import annotations

import pytest

from detente.case.records import Record
from docs.blocks import DOCS
from docs.record_tables import MEANINGS, all_records, meaning_of

RECORDS = sorted(set(all_records()), key=lambda record: record.__name__)
ABSTRACT = {"Sourced", "Assumption", "Added"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_key_is_documented(record: type[Record]) -> None:
    missing = [key for key in record.model_fields if meaning_of(record, key) is None]
    assert not missing, "add a description to the record or to docs/record_tables.py"
    if record.__name__ in ABSTRACT:
        return
    page = (DOCS / "case-format.md").read_text(encoding="utf-8")
    _, found, rest = page.partition(f"### {record.__name__}\n")
    assert found, f"{record.__name__} has no table in case-format.md"
    table = rest.partition("\n#")[0]
    for key, field in record.model_fields.items():
        assert f"\n| `{field.alias or key}` |" in table


def test_the_table_of_meanings_knows_only_keys_that_exist() -> None:
    known = {f"{record.__name__}.{key}" for record in RECORDS for key in record.model_fields}
    assert not set(MEANINGS) - known
