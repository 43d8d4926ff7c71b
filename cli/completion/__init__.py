"""Completion for shells, made from the command line's own grammar.

Each module has one `script(grammar)`; nothing here runs when a person presses Tab, so
completion costs no start of the program.
"""
