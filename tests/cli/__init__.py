"""The command line as another program sees it."""
