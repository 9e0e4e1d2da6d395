"""What a person can ask for: values in, values out; the one door of every front end."""
