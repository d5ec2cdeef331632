"""Runs beside a real library: which of its cells does a workload change?

Needs nothing but the standard library, since it runs in the library's own environment.
"""
