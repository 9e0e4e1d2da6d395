"""Home: continue where I was; what is only here; am I ready."""
