"""Kept answers and the library in an SQL database: SQLite beside the base, or a server."""
