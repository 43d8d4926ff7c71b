"""Decides and acts: matching, preflight, plan, journal, engine, verification, tie-out."""
