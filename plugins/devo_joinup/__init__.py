"""Joined-up services around a person."""
