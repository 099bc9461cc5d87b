"""Results against slow, independent computations of the same."""
