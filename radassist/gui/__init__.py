"""The window: PySide6 only, neither torch nor pydicom."""
