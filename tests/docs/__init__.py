"""What the documents say is looked up in what stands."""
