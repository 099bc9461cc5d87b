"""Held against what the authors published, and other people's data where they are at hand."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from detente.forecast.challenge import play
from detente.forecast.issue import Inputs
from forecast.shared import SHARED, expected, needs_shared

# Emission standards of medium-sized cars, in years until introduction: Scholz, Calbert and Smith
# 2011, table 1, after Bueno de Mesquita 1994.
CAPABILITY = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]
POSITION = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
SALIENCE = [0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]
EMISSION = Inputs(np.array([POSITION], float), np.array(SALIENCE), np.array(CAPABILITY), 4.0, 10.0)


def test_the_published_rounds_of_emission_standards() -> None:
    rounds = play(EMISSION, rounds=8)
    # table 2 has one decimal, most of it cut off and not rounded; its median of round 2, 9.9, is
    # out of line: what gives all its other figures gives 9.611 there
    medians = [8.4, None, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6]
    means = [7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6]
    for found, published in zip(rounds.medians[1:, 0], medians, strict=True):
        assert published is None or published <= found < published + 0.1
    for found, published in zip(rounds.means[1:, 0], means, strict=True):
        assert abs(found - published) < 0.1


@needs_shared
def test_emission_standards_to_three_decimals() -> None:
    told = expected("expected_emission.json")["jmckib_code_rerun_here"]
    rounds = play(EMISSION, rounds=len(told["median"]))
    assert rounds.medians[1:, 0] == pytest.approx(told["median"], abs=1.1e-3)
    assert rounds.means[1:, 0] == pytest.approx(told["mean"], abs=1.1e-3)
    assert rounds.medians[0, 0] == pytest.approx(told["initial_median"])
    assert rounds.means[0, 0] == pytest.approx(told["initial_weighted_mean"], abs=1.1e-3)


@needs_shared
def test_nobody_moves_on_the_price_of_oil() -> None:
    told = expected("expected_oil.json")["oil_sultan"]
    with (SHARED / told["file"]).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    position, salience, capability = (
        np.array([float(row[key]) for row in rows])
        for key in ("Position", "Salience", "Capability")
    )
    inputs = Inputs(position[None], salience, capability, 12.0, 15.0)
    rounds = play(inputs, rounds=3)
    assert rounds.medians[:, 0] == pytest.approx(told["jmckib_code_rerun_here"]["median"])
    assert rounds.means[:, 0] == pytest.approx(told["jmckib_code_rerun_here"]["weighted_mean"])
    assert not rounds.moved.any()
