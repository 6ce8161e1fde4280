"""The film on the screen as a picture file, and on the clipboard."""
