"""The contracts' rules a second time, in Python, over the events of the chain.

Written from docs/format.md and the contracts' interfaces, not from their code: where both agree,
two implementations agree. What breaks a rule becomes a fault and the replay goes on, so that one
broken act does not hide the next.
"""
