"""Measurements: each module prints its numbers and exits with 1 when a promised one is missed."""
