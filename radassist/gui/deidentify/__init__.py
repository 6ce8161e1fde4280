"""De-identified copies, from the window."""
