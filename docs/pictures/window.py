"""Makes pictures of the add-on for docs/addon.md in a real Blender, a chroot that tests/app/chroot.sh made.

`BUILDEE_APPLICATION=ROOT python docs/pictures/window.py [NAME ...]`; without names all of them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "app"), str(ROOT)]

from application import Application, in_chroot  # noqa: E402
from display import Display, wait  # noqa: E402

from addon.build import build  # noqa: E402

LARGEST = 130_000
"""Bytes of a picture."""

SETTLING = 3.0
"""Seconds that Blender gets to draw before a picture."""

START = """
import sys
panels = sys.modules["bl_ext.user_default.buildee.panels"]
def opened(*names):
    "Closes all panels but some: what was closed by hand is remembered by the name, so they get others."
    bpy.app.driver_namespace["turn"] = turn = bpy.app.driver_namespace.get("turn", 0) + 1
    mine = [cls for cls in panels.CLASSES if issubclass(cls, bpy.types.Panel)]
    for cls in mine:
        bpy.utils.unregister_class(cls)
    for cls in mine:
        cls.bl_options = set() if cls.__name__ in names else {"DEFAULT_CLOSED"}
        cls.bl_idname = f"BUILDEE_PT_{cls.__name__.lower()}_{turn}"
        bpy.utils.register_class(cls)
state, recipe, view = window.scene.buildee, window.scene.buildee.recipe, area.spaces.active
"""

LOOK = """
from mathutils import Vector
eye, at = Vector({eye}), Vector({at})
view.region_3d.view_perspective = "PERSP"
view.region_3d.view_location, view.region_3d.view_distance = at, (eye - at).length
view.region_3d.view_rotation = (eye - at).to_track_quat("Z", "Y")
view.overlay.show_floor = view.overlay.show_axis_x = view.overlay.show_axis_y = view.overlay.show_cursor = False
view.overlay.show_overlays, view.overlay.show_extras, view.lens = True, False, 50
view.clip_end = 2000
"""

ROOM = """
eye = window.scene.camera.matrix_world
view.region_3d.view_perspective, view.lens = "PERSP", {lens}
view.region_3d.view_distance = 1.0
view.region_3d.view_rotation = eye.to_quaternion()
view.region_3d.view_location = eye @ __import__("mathutils").Vector({shift} + (-1.0,))
view.overlay.show_overlays = False
"""
"""Looks as the scene's camera does, from a place moved right and up by metres."""

SOLID = """
view.shading.type, view.shading.color_type = "SOLID", "MATERIAL"
view.shading.show_cavity, view.shading.cavity_type = True, "BOTH"
"""

LOAD = """
bpy.ops.buildee.clear() if state.collection else None
for thing in list(window.scene.objects):
    bpy.data.objects.remove(thing)
bpy.ops.buildee.load_recipe(filepath=str(__import__("buildee").shipped({world!r})))
recipe.seed.value = {seed}
"""

OWN = """
bpy.ops.buildee.clear() if state.collection else None
for thing in list(window.scene.objects):
    bpy.data.objects.remove(thing)
home = __import__("buildee").resources.folder("blend_assets")
def put(library, asset, name, x, y, turn=-1.57, z=0.0):
    "Stands an asset there as dropping it does, turned from where it looks along X."
    with bpy.data.libraries.load(str(home / f"{library}.blend")) as (there, wanted):
        wanted.collections = [asset]
    thing = bpy.data.objects.new(name, None)
    thing.instance_type, thing.instance_collection = "COLLECTION", wanted.collections[0]
    thing.location, thing.rotation_euler.z, thing.empty_display_size = (x, y, z), turn, 0.01
    window.scene.collection.objects.link(thing)
def slab(name, low, high, color):
    mesh, made = bpy.data.meshes.new(name), bpy.data.materials.new(name)
    corners = [(x, y, z) for z in (low[2], high[2]) for x, y in
        ((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))]
    sides = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    mesh.from_pydata(corners, [], sides)
    made.diffuse_color = color
    mesh.materials.append(made)
    window.scene.collection.objects.link(bpy.data.objects.new(name, mesh))
slab("Worktop", (-2.5, -0.32, -0.04), (2.5, 0.3, 0.0), (0.36, 0.2, 0.09, 1.0))
slab("Wall", (-2.5, 0.3, -0.6), (2.5, 0.32, 2.0), (0.35, 0.45, 0.4, 1.0))
slab("Shelf", (-0.95, 0.1, 0.42), (1.25, 0.3, 0.45), (0.36, 0.2, 0.09, 1.0))
for number in range(8):
    left, color = 0.6 * number - 2.4, (0.1, 0.16, 0.22, 1.0)
    slab("Drawer", (left, -0.3, -0.19), (left + 0.595, -0.28, -0.045), color)
    slab("Door", (left, -0.3, -0.9), (left + 0.595, -0.28, -0.195), color)
on_shelf = ("food", "jar_storage_a"), ("food", "jar_storage_b"), ("kitchen", "bowl_salad_a"), ("kitchen", "vase_a")
on_shelf += ("kitchen", "carafe_a"), ("food", "packet_pasta_a"), ("food", "packet_tea_a"), ("kitchen", "teapot_b")
on_shelf += ("kitchen", "jug_a"), ("food", "jar_preserve_a"), ("food", "jar_preserve_b")
for place, (library, asset) in enumerate(on_shelf):
    put(library, asset, asset, 0.19 * place - 0.83, 0.2, z=0.45)
put("appliances", "kettle_a", "Kettle", -0.72, 0.1, -0.9)
put("appliances", "toaster_a", "Toaster", -0.38, 0.12)
put("kitchen", "knife_block_a", "Knife block", -1.02, 0.12)
put("kitchen", "utensil_pot_a", "Utensils", 1.0, 0.12)
put("kitchen", "chopping_board_a", "Board", 0.08, -0.1, 0.1)
put("kitchen", "kitchen_knife_a", "Knife", 0.3, -0.16, 1.8)
put("food", "bread_sourdough_a", "Bread", 0.07, -0.06, 0.4, 0.02)
put("food", "tomato_a", "Tomato 1", 0.12, -0.24, 0.0, 0.02)
put("food", "tomato_a", "Tomato 2", 0.04, -0.23, 2.0, 0.02)
put("kitchen", "teapot_a", "Teapot", 0.56, 0.08, 0.4)
put("kitchen", "mug_a", "Mug green", 0.46, -0.16, -0.6)
put("kitchen", "mug_b", "Mug blue", 0.61, -0.2, -2.4)
put("kitchen", "mug_c", "Mug white", 0.76, -0.1, -0.4)
put("food", "bottle_oil_a", "Oil", 0.3, 0.18)
put("kitchen", "pepper_mill_a", "Pepper", 0.2, 0.2)
put("food", "jar_honey_a", "Honey", 0.84, 0.12)
put("food", "apple_a", "Apple 1", -0.56, -0.17)
put("food", "apple_b", "Apple 2", -0.47, -0.12, 1.0)
put("food", "lemon_a", "Lemon 1", -0.38, -0.2, 0.4)
put("food", "lemon_a", "Lemon 2", -0.3, -0.14, 2.0)
put("food", "orange_a", "Orange", -0.66, -0.12)
put("food", "pear_a", "Pear", -0.74, -0.2)
put("food", "banana_hand_a", "Bananas", -0.9, -0.15, 0.3)
"""


BROWSER = """
bpy.ops.buildee.register_library()
with bpy.context.temp_override(window=window, area=area):
    bpy.ops.screen.area_split(direction="HORIZONTAL", factor=0.4)
below = min((one for one in window.screen.areas if one.type == "VIEW_3D"), key=lambda one: one.y)
below.ui_type = "ASSETS"
def choose():
    shown = below.spaces.active.params
    shown.asset_library_reference, shown.catalog_id = "buildee", "d0e93cc2-cac8-56b2-976e-a72475ab15f8"
bpy.app.timers.register(choose, first_interval=1.0)
"""
"""Opens the asset browser below the 3D view, and in it the food."""


def main() -> int:
    """Makes pictures and returns the exit status."""
    with tempfile.TemporaryDirectory() as scratch, in_chroot(build(Path(scratch))) as application:
        display = opened(application)
        try:
            for name, make in PICTURES.items():
                if not sys.argv[1:] or name in sys.argv[1:]:
                    make(display)
                    display.mouse("mousemove", 600, 990)
                    time.sleep(SETTLING)
                    save(display, HERE / f"addon_{name}.jpg")
        finally:
            display.stop()
    return 0


def opened(application: Application) -> Display:
    """Opens the application's window on a display of its own."""
    place = application.folder / "pictures"
    place.mkdir()
    shutil.copy(ROOT / "tests" / "app" / "driver.py", place / "driver.py")
    display = Display(application.root, application.inside(place))
    command = ["--window-geometry", "0", "0", "1400", "1000", "--python", application.inside(place / "driver.py")]
    display.start(application.command(*command, "--", application.inside(place)))
    return display


def save(display: Display, path: Path) -> None:
    """Writes a picture as good as its size allows."""
    picture = Image.fromarray(display.picture())
    for quality in range(90, 30, -5):
        picture.save(path, quality=quality, optimize=True)
        if path.stat().st_size <= LARGEST:
            return


def do(display: Display, text: str) -> None:
    """Runs Python inside Blender, with what START gives."""
    display.do(START + text)


def generate(display: Display, world: str, *panels: str, seed: int = 7) -> None:
    """Generates a world that ships by a click."""
    do(display, LOAD.format(world=world, seed=seed) + f'opened("World", {", ".join(map(repr, panels))})')
    display.click("buildee.generate")
    wait(lambda: display.state()["layout"] and not display.state()["progress"], "the scene", 600)


def overlays(display: Display) -> None:
    """A site coloured by category, with everything drawn over it."""
    do(display, "view.shading.type = 'SOLID'; view.overlay.show_overlays = True")
    generate(display, "construction_site", "Overlays")
    do(display, LOOK.format(eye=(-15, -10.5, 5), at=(-4, -2, 1)))
    flags = "state.show_boxes = state.show_cameras = state.show_trails = True; state.paint = 'category'"
    do(display, f"{flags}; view.shading.color_type = 'OBJECT'; view.shading.show_cavity = True")
    wait(lambda: display.state()["drawn"] == ["LINES", "POINTS"], "the overlays", 120)


def kitchen(display: Display) -> None:
    """A kitchen as it comes, with some of what can be set."""
    generate(display, "kitchen", "Parameters", seed=16)
    do(display, ROOM.format(lens=24, shift=(0.3, 0.0)) + SOLID)
    x, y, _, height = display.state()["sidebar"]
    top = display.state()["height"] - y - height
    for row in FOLDS:
        display.mouse("mousemove", x + 36, top + row, "sleep", 1, "click", 1, "sleep", 1)


FOLDS = (360, 297)
"""Where the sidebar has the folds of Contents and Cabinets, pixels from its top, the lower first."""


def labels(display: Display) -> None:
    """The label table of somebody's own scene, with what each rule matches."""
    own(display, "Labels")
    rules = (
        ("mug", "object", "Mug*"),
        ("fruit", "object", "Apple*|Bananas|Lemon*|Orange|Pear"),
        ("appliance", "object", "Kettle|Toaster"),
        ("category", "property", "category"),
    )
    for number, (name, kind, match) in enumerate(rules):
        add = f"bpy.ops.buildee.edit_list(path='buildee.labelling.labels', action='add', kind={kind!r})"
        do(display, f"{add}\nitem = {ITEM.format(number)}\nitem.name, item.{kind}.match.mode = {name!r}, 'fixed'")
        do(display, f"{ITEM.format(number)}.{kind}.match.value = {match!r}\nwindow.scene.update_tag()")
    wait(lambda: display.state()["labels"].get("mug") == 3, "the counts")


ITEM = "state.labelling.labels.items_[{}]"
"""A rule of the label table."""


def checks(display: Display) -> None:
    """What would go wrong with that scene."""
    own(display, "Checks")
    build_up = "window.scene.objects['Worktop'].modifiers.new('Explode', 'EXPLODE')"
    hidden = "props = bpy.data.collections.new('Props'); window.scene.collection.children.link(props)"
    held = "board = bpy.data.objects['Board']; props.objects.link(board); window.scene.collection.objects.unlink(board)"
    do(display, f"{build_up}; {hidden}; {held}; props.hide_render = True; state.output = '/dev/null/dataset'")
    do(display, "bpy.ops.buildee.check()")


def own(display: Display, *panels: str) -> None:
    """Puts some things into the scene as somebody may have them."""
    do(display, OWN + f'opened("World", {", ".join(map(repr, panels))})')
    do(display, LOOK.format(eye=(0.4, -1.75, 0.75), at=(0.24, 0.0, 0.17)) + SOLID)


def assets(display: Display) -> None:
    """The assets that ship, in the asset browser below somebody's own scene."""
    own(display, "Assets")
    do(display, BROWSER)
    wait(lambda: "ASSETS" in display.state()["editors"], "the asset browser")
    do(display, LOOK.format(eye=(0.4, -1.3, 0.75), at=(0.22, 0.0, 0.0)))
    before = display.state()["objects"]
    display.take("cake_a", (650, 350))
    wait(lambda: display.state()["objects"] > before, "the cake")
    browser = "next(one for one in window.screen.areas if one.ui_type == 'ASSETS')"
    do(display, f"{browser}.spaces.active.params.filter_search = ''")
    time.sleep(3 * SETTLING)  # until all have their pictures


PICTURES: Mapping[str, Callable[[Display], None]] = {
    "kitchen": kitchen,
    "overlays": overlays,
    "labels": labels,
    "checks": checks,
    "assets": assets,
}


if __name__ == "__main__":
    sys.exit(main())
