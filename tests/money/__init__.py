"""Money: books run to the cent, by hand, by brute force and by their laws."""
