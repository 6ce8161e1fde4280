"""Measuring and marking on the film: drawing, holding, painting, undoing."""
