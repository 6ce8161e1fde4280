"""Lets `python -m radassist` do what the `radassist` command does."""

from radassist.cli import main

if __name__ == "__main__":
    main()
