"""Which packages are best, over more of them than could be listed?

A :class:`~detente.packages.space.Space` holds points, options and what every option adds to every
party's score, in whole numbers. From it come the exact frontier, the bargaining solutions and the
improvement of a given package.
"""
