"""The same films, decoders, engine and table on many machines, by Ray; needs the extra `cluster`."""
