"""What is wrong with an agreement before anybody signs it?

Norms are read as a graph of what waits for what (circles: Tarjan 1972; what can never come: least
fixed point), as a simple temporal network (Dechter, Meiri and Pearl 1991), and as a table whose
empty fields let a party escape. Each finding has a code of the table
:data:`detente.lint.codes.CODES`. Entry: :func:`detente.lint.lint.lint_case`.
"""
