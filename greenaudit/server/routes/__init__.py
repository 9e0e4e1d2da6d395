"""The routes: each a few lines that call the endpoint. Who may what is never decided here."""
