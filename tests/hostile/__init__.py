"""The hostile corpus: what comes from outside and means ill, one module for each kind.

A module has `CASES`, whatever its cases are by name, and `check`, which plays one of them
and says what must hold. A bug that something hostile found becomes a case here.
"""
