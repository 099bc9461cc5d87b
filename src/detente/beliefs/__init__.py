"""What do the actors want, as far as their statements tell, and how sure is that?

A joint Gaussian belief per actor over the ratings of all options, conditioned in closed form on
statements and analysts' ratings. The entry point is :class:`~detente.beliefs.belief.Beliefs`.

References
----------
Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, chapter 2.
Keeney and Raiffa 1976, Decisions with Multiple Objectives (additive utility).
Budge and Farlie 1983, Explaining and Predicting Elections (salience from speech).
"""
