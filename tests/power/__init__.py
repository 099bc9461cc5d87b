"""Power indices, coalitions and passage."""
