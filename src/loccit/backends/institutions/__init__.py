"""Signing in at an institution, by OpenID Connect. Loaded only where one is set."""
