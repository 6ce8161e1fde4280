"""Searching an archive elsewhere and opening what it has."""
