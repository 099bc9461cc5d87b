"""Who is meant by the words for a source: a name, an office, a pronoun, somebody unnamed."""
