"""The command line: one file a command, loaded only when the command is run."""
