"""Pictures of what is possible, for pages, papers and slides."""
