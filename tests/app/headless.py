"""Runs every operator of the installed add-on and writes what came of it: `... headless.py -- FOLDER [ZIP]`.

With a ZIP, as in a Python with pip's bpy, that is installed first.
"""

import json
import sys
import threading
from pathlib import Path

import bpy
import numpy as np

import addon_utils  # isort: skip  (bpy brings it)

FOLDER, *ARCHIVE = map(Path, sys.argv[sys.argv.index("--") + 1 :])
MODULE = "bl_ext.user_default.buildee"
told = {}

if ARCHIVE:
    bpy.ops.extensions.package_install_files(filepath=str(ARCHIVE[0]), repo="user_default", enable_on_install=True)

scene = bpy.context.scene
state, buildee = scene.buildee, bpy.ops.buildee
module = {
    name: sys.modules[f"{MODULE}.{name}"] for name in ("checks", "counts", "outputs", "overlays", "recipes", "viewport")
}


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

# Presets: kept by names that lead nowhere else.
buildee.save_preset(name="mine")
told["preset"] = "Mine" in [name for name, _ in module["recipes"].presets]
try:
    buildee.save_preset(name="../mine")
except RuntimeError as error:
    told["refused"] = str(error)

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


# Overlays: of a file that is opened again the same, and none of what another version makes of it.
def shown():
    """Returns the ends of all that is drawn."""
    return {kind: lines.ends.tolist() for kind, lines in module["viewport"].of(bpy.context.scene).items()}


overlays = module["overlays"]
buildee.generate()
told["hidden"] = shown()
state.show_boxes = state.show_cameras = state.show_trails = True
drawn, (about,) = shown(), [overlays.known[state.made_from, state.made_index]]
np.save(FOLDER / "trails.npy", about.tracked.xyz)
told["drawn"] = sorted(drawn)
bpy.ops.wm.save_as_mainfile(filepath=str(FOLDER / "saved.blend"))
overlays.known.clear()
bpy.ops.wm.open_mainfile(filepath=str(FOLDER / "saved.blend"))
scene, cube = bpy.context.scene, bpy.data.objects["Cube"]
state = scene.buildee
told["reopened"] = shown() == drawn
overlays.known.clear()
state.layout_hash = "of another version"
overlays.refresh(scene)
told["note"], told["nothing"] = overlays.notes[scene.session_uid], shown()
state.layout_hash = told["layout"]

# Rendering the frame in view, and the dataset.
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
told["counts"] = module["counts"].count(scene)

# What would go wrong: the light, which was hidden above, is shown and does not render.
state.output, scene.camera = str(FOLDER / "recipe.yaml" / "no_folder"), None
buildee.check()
told["problems"] = [problem.remedy for problem in module["checks"].found[scene.session_uid]]
for _ in told["problems"]:
    buildee.fix(index=0)
told["remaining"] = [problem.remedy for problem in module["checks"].found[scene.session_uid]]
told["selected"] = [thing.name for thing in bpy.context.selected_objects]

# Assets.
for thing in scene.objects:
    thing.select_set(thing == cube)
buildee.save_asset(name="Block", category=sorted(module["outputs"].CATEGORIES)[0], directory=str(FOLDER / "assets"))
told["asset"] = sorted(path.name for path in (FOLDER / "assets").iterdir())
buildee.register_library()
home = Path(bpy.context.preferences.filepaths.asset_libraries["buildee"].path)
with bpy.data.libraries.load(str(home / "kitchen.blend"), assets_only=True) as (there, wanted):
    wanted.collections = there.collections[:1]
about = wanted.collections[0].asset_data
told["library"] = (about.catalog_id + ":buildee/kitchen:") in (home / "blender_assets.cats.txt").read_text("utf-8")
told["appended"] = [len(wanted.collections[0].all_objects) > 0, bool(about.license), len(about.tags) > 0]

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
