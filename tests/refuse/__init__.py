"""Bad input: every fault is named by its place, and nothing else happens."""
