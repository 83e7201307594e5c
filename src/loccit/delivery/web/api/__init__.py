"""The HTTP API: what it takes and gives, and its addresses under ``/api/v1``."""
