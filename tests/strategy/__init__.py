"""The graph model: stability, paths, coalitions, the inverse problem."""
