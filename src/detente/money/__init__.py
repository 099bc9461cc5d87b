"""Who gets what, and when, under a draft?

Books of money are run day by day. Rules pay in order of seniority, in whole units of the smallest
coin; shares are exact fractions and are rounded once, by a stated rule. Every posting takes from
one account what it gives to another, and after every posting the sums are checked, as is proved of
the contracts of Marlowe (Lamela Seijas, Nemish, Smith and Thompson 2020).

:func:`detente.money.run.run_money` runs the books of a case,
:func:`detente.money.parties.tell_parties` says who received and paid what, and
:func:`detente.money.beancount.as_beancount` writes the books as plain-text double entry.
"""
