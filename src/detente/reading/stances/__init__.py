"""How a passage stands to a plan or a point: a table of phrases, and a small network beside it."""
