"""What a file says of itself: its tags in a dialog, to be searched and copied."""
