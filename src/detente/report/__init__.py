"""Can I show it to my minister, my co-mediator, my reader?

Findings as words, as JSON and as one self-contained HTML file. The entry points are
:func:`~detente.report.findings.gather` and :func:`~detente.report.page.render_page`.
"""
