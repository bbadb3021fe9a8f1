"""Figures of speed and size: `make bench`. Nothing here is collected by pytest."""
