"""What the text of a document says: articles, facts of the act, actions listed, contacts."""
