"""Limits (限额): what is refused before any resolver runs, one limit a module, each with a stable code."""
