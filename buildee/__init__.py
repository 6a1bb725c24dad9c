"""Procedural Blender worlds with exact ground truth. Importing it imports neither Blender nor numpy."""

__version__ = "0.1.0"
