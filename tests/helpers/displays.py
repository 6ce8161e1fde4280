"""Displays for tests of what happens without one."""

DEAD_DISPLAY = ":nobody"
"""Displays have numbers, so none has this name; any number might be that of somebody's running server."""
