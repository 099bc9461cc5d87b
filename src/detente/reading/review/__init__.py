"""From what was read to records of a case: proposals, a person's decisions, and their log."""
