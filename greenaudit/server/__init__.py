"""The programme's endpoint: a front end like the window, over the same store and journal. The only FastAPI."""
