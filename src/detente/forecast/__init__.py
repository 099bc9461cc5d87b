"""Where may bargaining over an ordered question end? Spatial models, with honest intervals.

Every actor has a position on a scale, a salience and a capability. The compromise model, the mean
of positions weighted by capability times salience (Van den Bos 1991; Achen 2006), is the forecast;
other models stand beside it. Intervals come from how far each model was from 351 decisions of the
European Union (Thomson and others, DEU III). The entry is
:func:`detente.forecast.forecast.forecast_issue`; for a case,
:func:`detente.forecast.of_case.forecast_case`.
"""
