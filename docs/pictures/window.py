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

LARGEST = 150_000
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
view.overlay.show_extras = False
view.clip_end = 2000
"""

LOAD = """
bpy.ops.buildee.clear() if state.collection else None
for thing in list(window.scene.objects):
    bpy.data.objects.remove(thing)
bpy.ops.buildee.load_recipe(filepath=str(__import__("buildee").shipped({world!r})))
"""

OWN = """
bpy.ops.buildee.clear() if state.collection else None
for thing in list(window.scene.objects):
    bpy.data.objects.remove(thing)
home = __import__("buildee").resources.folder("blend_assets")
def put(library, asset, name, x, y, turn=0.0):
    with bpy.data.libraries.load(str(home / f"{library}.blend")) as (there, wanted):
        wanted.collections = [asset]
    for thing in wanted.collections[0].objects:
        window.scene.collection.objects.link(thing)
        thing.name = name
        if thing.parent is None:
            thing.location.x, thing.location.y, thing.rotation_euler.z = x, y, turn
mesh = bpy.data.meshes.new("Worktop")
mesh.from_pydata([(x, y, z) for z in (-0.04, 0) for x, y in ((-.7, -.5), (.7, -.5), (.7, .5), (-.7, .5))], [],
    [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)])
window.scene.collection.objects.link(bpy.data.objects.new("Worktop", mesh))
put("kitchen", "mug_a", "Mug red", -0.1, -0.2)
put("kitchen", "mug_b", "Mug blue", 0.15, -0.25, 2.0)
put("kitchen", "mug_c", "Mug", 0.3, -0.1, 1.0)
put("kitchen", "teapot_a", "Teapot", 0.0, 0.05, 0.6)
put("kitchen", "chopping_board_a", "Board", -0.45, -0.05, 0.2)
put("food", "apple_a", "Apple", 0.45, 0.15)
put("food", "lemon_a", "Lemon", 0.4, 0.25)
put("appliances", "toaster_a", "Toaster", -0.3, 0.3, -1.3)
"""


BROWSER = """
bpy.ops.buildee.register_library()
with bpy.context.temp_override(window=window, area=area):
    bpy.ops.screen.area_split(direction="HORIZONTAL", factor=0.4)
below = min((one for one in window.screen.areas if one.type == "VIEW_3D"), key=lambda one: one.y)
below.ui_type = "ASSETS"
def choose():
    shown = below.spaces.active.params
    shown.asset_library_reference, shown.catalog_id = "buildee", "90d5072b-4644-5dcd-a4b5-19bdc8ba245a"
bpy.app.timers.register(choose, first_interval=1.0)
"""
"""Opens the asset browser below the 3D view, and in it what kitchens hold."""


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


def generate(display: Display, world: str, *panels: str) -> None:
    """Generates a world that ships by a click."""
    do(display, LOAD.format(world=world) + f'opened("World", {", ".join(map(repr, panels))})')
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


def labels(display: Display) -> None:
    """The label table of somebody's own scene, with what each rule matches."""
    own(display, "Labels")
    table = "path = 'buildee.labelling.labels'"
    rules = (("mug", "Mug*"), ("teapot", "Teapot*"), ("fruit", "Apple*|Lemon*"), ("toaster", "Toaster*"))
    for number, (name, match) in enumerate(rules):
        add = f"bpy.ops.buildee.edit_list(path=path, action='add', kind='object'); item = {ITEM.format(number)}"
        do(display, f"{table}\n{add}\nitem.name = {name!r}\nitem.object.match.mode = 'fixed'")
        do(display, f"item = {ITEM.format(number)}\nitem.object.match.value = {match!r}\nwindow.scene.update_tag()")


ITEM = "state.labelling.labels.items_[{}]"
"""A rule of the label table."""


def checks(display: Display) -> None:
    """What would go wrong with that scene."""
    own(display, "Checks")
    build_up = "window.scene.objects['Toaster'].modifiers.new('Build', 'BUILD')"
    hidden = "props = bpy.data.collections.new('Props'); window.scene.collection.children.link(props)"
    do(display, f"{build_up}; {hidden}; props.hide_render = True; state.output = '/proc/dataset'")
    do(display, "bpy.ops.buildee.check()")


def own(display: Display, *panels: str) -> None:
    """Puts some things into the scene as somebody may have them."""
    do(display, OWN + f'opened("World", {", ".join(map(repr, panels))})')
    do(display, LOOK.format(eye=(1.1, -1.9, 1.0), at=(0.05, -0.02, 0.05)))
    do(display, "view.shading.type = 'SOLID'; view.shading.color_type = 'MATERIAL'; view.shading.show_cavity = True")


def assets(display: Display) -> None:
    """The assets that ship, in the asset browser below somebody's own scene."""
    own(display, "Assets")
    do(display, BROWSER)
    time.sleep(20)
    across, down = display.corner("ASSETS")
    display.drag((across + 60, down + 60), (500, 250))


PICTURES: Mapping[str, Callable[[Display], None]] = {
    "overlays": overlays,
    "labels": labels,
    "checks": checks,
    "assets": assets,
}


if __name__ == "__main__":
    sys.exit(main())
