"""The laptop's end of the wire: over HTTP to the endpoint. It runs in the background and never blocks a person."""
