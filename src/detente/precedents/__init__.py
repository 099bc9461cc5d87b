"""What did earlier peace agreements say on the points of a case, and how long did they last?

The user brings two tables: PA-X, the Peace Agreements Database, of which every agreement is coded
by topics (Bell and Badanjak 2019, *Introducing PA-X: a new peace agreement database and dataset*,
Journal of Peace Research 56), and the UCDP Peace Agreement Dataset, which says whether and when an
agreement ended (Högbladh 2011; Pettersson, Högbladh and Öberg 2019, Journal of Peace Research 56).
Shares carry Wilson's interval (1927); everything told is an association in what was coded, never an
effect.

Entry: :func:`detente.precedents.find.find_precedents`.
"""
