"""Networks of one's own: marked texts and labels, fitting, and scores of what comes out."""
