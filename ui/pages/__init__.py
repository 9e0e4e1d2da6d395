"""The pages, one a folder. They never import each other; a page that wants another gives a route."""
