"""What laptop and endpoint say to each other: frozen messages with a version number. No files, no sockets here."""
