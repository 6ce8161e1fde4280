"""From bytes to a Radiograph, and from a Radiograph to the picture shown."""
