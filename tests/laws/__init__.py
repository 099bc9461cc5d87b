"""What must hold whatever the case says."""
