"""Who said what, by which words: two engines that find it.

:mod:`~detente.reading.attributions.rules` needs a parse;
:mod:`~detente.reading.attributions.tagger` is a small network, whose spans the
:mod:`~detente.reading.attributions.linker` pairs.
"""
