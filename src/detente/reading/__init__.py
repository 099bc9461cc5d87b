"""What does a document say, and who says it?

Reading proposes, a person decides: whatever is found here keeps its exact place in the text and the
words that decided it, and says "not clear" rather than guess. Nothing is learnt and nothing is
fetched; the rules are tables that anybody can read and change.

:func:`detente.reading.quantities.find_quantities` finds amounts, shares, counts, periods, deadlines
and dates; :func:`detente.reading.stance.find_stance` says how a passage stands toward a plan.
"""
