"""Runs every operator of the installed add-on and writes what came of it: `... headless.py -- FOLDER [ZIP]`.

With a ZIP, as in a Python with pip's bpy, that is installed first.
"""

import json
import sys
import threading
from pathlib import Path

import bpy

import addon_utils  # isort: skip  (bpy brings it)

FOLDER, *ARCHIVE = map(Path, sys.argv[sys.argv.index("--") + 1 :])
MODULE = "bl_ext.user_default.buildee"
told = {}

if ARCHIVE:
    bpy.ops.extensions.package_install_files(filepath=str(ARCHIVE[0]), repo="user_default", enable_on_install=True)

scene = bpy.context.scene
state, buildee = scene.buildee, bpy.ops.buildee


def census():
    """Returns how many datablocks of every kind there are."""
    kinds = [kind.identifier for kind in bpy.data.bl_rna.properties if kind.type == "COLLECTION"]
    return {kind: len(getattr(bpy.data, kind)) for kind in kinds}


def small(recipe):
    """Asks for little."""
    recipe.frames.count.value = 2
    recipe.render.resolution.part_0.value, recipe.render.resolution.part_1.value = 96, 64
    recipe.render.samples.mode, recipe.render.samples.value = "fixed", 1


# The recipe: loaded, saved and loaded again it is the same.
from buildee import load, shipped  # noqa: E402

buildee.load_recipe(filepath=str(shipped("kitchen")))
buildee.save_recipe(filepath=str(FOLDER / "kitchen.yaml"))
told["round_trip"] = load(FOLDER / "kitchen.yaml").hash == load(shipped("kitchen")).hash
buildee.load_recipe(filepath=str(shipped("tabletop")))
small(state.recipe)
state.recipe.scene.tabletop.objects.arrangement.value = "scattered"  # what falls lands a little otherwise elsewhere
buildee.save_recipe(filepath=str(FOLDER / "recipe.yaml"))

# Generating: twice the same, another seed another scene, all of it gone afterwards, the user's own untouched.
cube = bpy.data.objects["Cube"]
cube.location.x, camera, world = 1.25, scene.camera, scene.world
before = census()
buildee.generate()
told["layout"], told["generated"] = state.layout_hash, census()
buildee.generate()
told["again"] = state.layout_hash == told["layout"] and census() == told["generated"]
buildee.step_seed()
buildee.generate()
told["another"] = state.layout_hash != told["layout"]
state.recipe.scene.tabletop.objects.arrangement.value = "pile"
buildee.generate()
told["settled"] = bool(state.layout_hash)
state.recipe.scene.tabletop.objects.arrangement.value = "scattered"
state.seed_locked = True
told["locked"] = not buildee.step_seed.poll()
state.seed_locked = False
buildee.step_seed(by=-1)
state.collection.objects.link(cube)
buildee.clear()
told["cleared"] = census() == before and cube.name in scene.collection.all_objects
told["own"] = cube.location.x == 1.25 and scene.camera == camera and scene.world == world

# Rendering the frame in view, and the dataset.
buildee.generate()
for name in ("Cube", "Light"):
    bpy.data.objects[name].hide_render = True
scene.frame_set(2)
state.output = str(FOLDER / "frame")
buildee.render_frame()
state.output = str(FOLDER / "dataset")
buildee.render_dataset()
told["gallery"] = (FOLDER / "dataset" / "gallery.html").is_file()
buildee.clear()

# A scene of the user's own.
cube.hide_render = False
scene.frame_end = 1
scene.frame_set(1)
scene.render.resolution_x, scene.render.resolution_y, scene.cycles.samples = 64, 48, 1
buildee.edit_list(path="buildee.labelling.labels", action="add", kind="object")
label = state.labelling.labels.items_[0]
label.name, label.object.match.mode, label.object.match.value = "box", "fixed", "Cube*"
state.output = str(FOLDER / "own")
buildee.annotate()
counts = sys.modules[f"{MODULE}.counts"]
told["counts"] = counts.count(scene)

# What would go wrong.
state.output, scene.camera = "//nowhere", None
buildee.check()
checks = sys.modules[f"{MODULE}.checks"]
told["problems"] = len(checks.found[scene.session_uid])
for _ in range(told["problems"]):
    buildee.fix(index=0)
told["fixed"] = len(checks.check(scene)) < told["problems"] and scene.camera is not None

# Assets.
for thing in scene.objects:
    thing.select_set(thing == cube)
buildee.save_asset(
    name="Block", category=sorted(sys.modules[f"{MODULE}.outputs"].CATEGORIES)[0], directory=str(FOLDER / "assets")
)
told["asset"] = sorted(path.name for path in (FOLDER / "assets").iterdir())
buildee.register_library()
told["library"] = "buildee" in bpy.context.preferences.filepaths.asset_libraries

# Gone without a trace, twice.
for _ in range(2):
    addon_utils.disable(MODULE)
    left = [name for name in dir(bpy.types) if "buildee" in name.lower()]
    left += [
        str(item)
        for kind in dir(bpy.app.handlers)
        if isinstance(getattr(bpy.app.handlers, kind), list)
        for item in getattr(bpy.app.handlers, kind)
        if "buildee" in getattr(item, "__module__", "")
    ]
    left += [thread.name for thread in threading.enumerate() if "buildee job" in thread.name]
    left += [item.name for item in bpy.context.preferences.filepaths.asset_libraries if item.name == "buildee"]
    told.setdefault("left", []).extend(left + ["scene"] * hasattr(bpy.types.Scene, "buildee"))
    addon_utils.enable(MODULE)
    told["back"] = hasattr(bpy.types.Scene, "buildee")

told["version"] = bpy.app.version_string
(FOLDER / "told.json").write_text(json.dumps(told), "utf-8")
