"""DICOM over the network: other systems, films received, results sent. Nothing of it runs unless it is switched on."""
