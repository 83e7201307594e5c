"""The checks: each takes a comparison and yields what it finds wrong."""
