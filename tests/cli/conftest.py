"""The command line as a fixture."""

from __future__ import annotations

from cli.calls import detente

__all__ = ["detente"]
