"""The demo: the real program on the practice company, in a terminal or without one."""
