"""Steps from one form of the database of kept answers to the next, run by Alembic."""
