"""The kit: small shared widgets that know tokens and texts, no page and no service.

They are given sentences (`msg(...)`) rather than strings and say them anew when the language changes; they take
their colours while they paint, so a change of theme needs nothing from a page.
"""
