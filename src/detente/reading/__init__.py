"""What does a document say, and who says it? Reading proposes, a person decides.

Attributions (who said what, by which word), stances, points and quantities, each with the exact
characters it stands on. Two engines find attributions: rules over a parse, and a token tagger.
Nothing of it enters a case unreviewed. The task and its marks: Newell, Margolin and Ruths 2018
(PolNeAR); direct, indirect and mixed speech: Pareti 2015.
"""
