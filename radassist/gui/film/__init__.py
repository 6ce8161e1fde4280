"""The film on the screen: pixels, window, zoom, marks."""
