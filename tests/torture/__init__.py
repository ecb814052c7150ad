"""``make torture``: what is too long for the suite: ledgers made wrong in thousands of ways, runs
killed at any moment, a server attacked, a county at work, the oracle on a hundred worlds.
"""
