"""Doors: the ways in which people and programs reach the advisor. The same idea comes to the same through each."""
