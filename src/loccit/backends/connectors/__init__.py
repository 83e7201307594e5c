"""Connectors: public interfaces that are asked for sources when, and only when, a user names one.

``web`` is the one client of the network, with ``addresses`` (what may be asked), ``exchange`` (one
request), ``patience`` (when) and ``cache`` (whether at all). ``dailymed``, ``openfda``, ``pubmed``,
``pmc`` and ``pages`` each know one interface; ``opening`` puts them together. What they are allowed
is in ``connectors.toml``.
"""
