"""Doors to Loccit: the command line, the web pages and the HTTP API."""
