"""Signing in with an OpenID Connect provider, ProConnect among them."""
