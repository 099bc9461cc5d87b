"""Results as data frames, where pandas is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from detente.errors import RequestError

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["data_frame"]


def data_frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> DataFrame:
    """Return rows as a data frame.

    Raises
    ------
    RequestError
        If pandas is not installed.

    Examples
    --------
    >>> data_frame([{"party": "a", "gain": 1.0}], ["party", "gain"]).shape
    (1, 2)
    """
    try:
        import pandas as pd
    except ModuleNotFoundError:
        message = "Data frames need pandas; install it with: pip install detente[notebook]"
        raise RequestError(message) from None
    return pd.DataFrame(list(rows), columns=list(columns))
