"""Recipes: what the user asks for, as YAML whose values may be distributions.

from buildee import recipe
loaded = recipe.load("site.yaml")
scene = loaded.resolve(0)
"""

from buildee.recipe.load import LoadedRecipe, load, loads, resolved_values
from buildee.recipe.schema import Camera, Family, knob, tagged
from buildee.recipe.sections import Frames, Recipe, Render, Shot, Truth
from buildee.recipe.seed import Seed

__all__ = [
    "Camera",
    "Family",
    "Frames",
    "LoadedRecipe",
    "Recipe",
    "Render",
    "Seed",
    "Shot",
    "Truth",
    "knob",
    "load",
    "loads",
    "resolved_values",
    "tagged",
]
