"""Snapshots of the published data set."""
