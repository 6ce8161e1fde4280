"""The `radassist` command. Modules here parse options, draw progress and print answers; the work is done below."""

from radassist.cli.program import main

__all__ = ["main"]
