"""The documentation is complete, current, and every block of it runs."""
