"""radassist: a desktop chest X-ray assistant. Research use only, not for diagnosis."""

__version__ = "0.1.0"
