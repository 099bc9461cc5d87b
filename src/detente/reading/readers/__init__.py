"""Readers of kinds of files: bytes in, words out; a :class:`ValueError` says why not."""
