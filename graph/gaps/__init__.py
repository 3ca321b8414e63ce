"""The gap questions (缺口问题): pure functions of a projection, each in a module of its own."""
