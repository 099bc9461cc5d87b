"""The standard normal distribution over arrays."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["log_normal_cdf", "normal_cdf", "normal_quantile"]

_STANDARD = NormalDist()
_erfc = np.frompyfunc(math.erfc, 1, 1)


def normal_cdf(values: ArrayLike) -> NDArray[np.float64]:
    """Return the probability that a standard normal variable is at most each value.

    Examples
    --------
    >>> normal_cdf([0.0, 1.959963984540054]).round(6).tolist()
    [0.5, 0.975]
    """
    scaled = -np.asarray(values, dtype=np.float64) / math.sqrt(2.0)
    return np.asarray(_erfc(scaled), dtype=np.float64) / 2.0


def log_normal_cdf(value: float) -> float:
    """Return the logarithm of the standard normal distribution function, also far out.

    Below -30 the first term of the asymptotic series is used (relative error under 0.002).

    Examples
    --------
    >>> round(log_normal_cdf(0.0), 6), round(log_normal_cdf(-40.0), 1)
    (-0.693147, -804.6)
    """
    if value < -30.0:
        return -value * value / 2.0 - math.log(-value) - 0.5 * math.log(2.0 * math.pi)
    return math.log(math.erfc(-value / math.sqrt(2.0)) / 2.0)


def normal_quantile(probability: float) -> float:
    """Return the value below which a standard normal variable lies with this probability.

    Examples
    --------
    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    return _STANDARD.inv_cdf(probability)
