"""Results of films as DICOM objects, from the window."""
