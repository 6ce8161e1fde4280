"""Results as DICOM objects that any viewer shows; the film itself is never altered."""
