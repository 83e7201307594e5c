"""Stores, indexes and connectors. The only room that touches disks and networks."""
