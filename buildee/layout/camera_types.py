"""Cameras that a recipe can ask for."""

from __future__ import annotations

from dataclasses import dataclass

from buildee.layout.lenses import LENS, RIG, STEREO, LensSpec, Rig, Stereo
from buildee.recipe.schema import knob, tagged

TARGET = knob("site", "What it looks at; each world names its subjects.")


@dataclass(frozen=True, kw_only=True)
class _Any:
    """What a recipe may say of every camera, after what is its kind's own."""

    things: int = knob(
        3, "The fewest things, beside the ground, that every picture must show.", min=0, max=100, varies=False
    )
    lens: LensSpec = LENS
    stereo: Stereo = STEREO
    rig: Rig = RIG


@tagged("camera", "orbit")
@dataclass(frozen=True)
class Orbit(_Any):
    """Moves on an arc about what it looks at, like a drone or a crane shot."""

    name: str
    target: str = TARGET
    lens_mm: float = knob(28.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(7.0, "Above the ground below it.", min=0.3, max=120.0, unit="m")
    azimuth_deg: float | None = knob(
        None, "Where it stands seen from the target, counter-clockwise from +X; null takes the best view.", unit="deg"
    )
    sweep_deg: float = knob(8.0, "How far it travels around the target.", min=-360.0, max=360.0, unit="deg")


@tagged("camera", "mast")
@dataclass(frozen=True)
class Mast(_Any):
    """A fixed camera on a pole, slowly panning, like site surveillance."""

    name: str
    target: str = TARGET
    lens_mm: float = knob(24.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(6.0, "Above the ground below it.", min=2.0, max=40.0, unit="m")
    pan_deg: float = knob(6.0, "How far it turns during the scene.", min=-180.0, max=180.0, unit="deg")


@tagged("camera", "walk")
@dataclass(frozen=True)
class Walk(_Any):
    """Somebody who walks, or stands, with a camera at eye height."""

    name: str
    target: str = TARGET
    lens_mm: float = knob(26.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(1.65, "Eye height.", min=0.5, max=2.5, unit="m")
    speed: float = knob(1.2, "Walking speed; 0 stands still.", min=0.0, max=3.0, unit="m/s")
    shake: float = knob(0.0, "Unsteadiness: 0 on a gimbal, 1 held in the hands, 2 in a hurry.", min=0.0, max=4.0)


@tagged("camera", "survey")
@dataclass(frozen=True)
class Survey(_Any):
    """A drone that flies parallel lanes over everything, as for a map: its pictures lie evenly along the way."""

    name: str
    lens_mm: float = knob(24.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(60.0, "Above the ground below it; keep it over cranes.", min=10.0, max=150.0, unit="m")
    lanes: int = knob(3, "How many lanes it flies, back and forth.", min=1, max=40)
    tilt_deg: float = knob(90.0, "How far it looks down: 90 straight down.", min=20.0, max=90.0, unit="deg")


@tagged("camera", "cab")
@dataclass(frozen=True)
class Cab(_Any):
    """A camera on the front edge of a machine's cab; it goes where the machine goes."""

    name: str
    target: str = knob("excavator", "The kind of machine: a category with a cab.")
    lens_mm: float = knob(18.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    tilt_deg: float = knob(12.0, "How far it looks down.", min=-20.0, max=80.0, unit="deg")
    shake: float = knob(0.3, "How much the engine and the ground shake it.", min=0.0, max=4.0)


@tagged("camera", "overhead")
@dataclass(frozen=True)
class Overhead(_Any):
    """Looks straight down on what it looks at, like the camera over a work cell."""

    name: str
    target: str = TARGET
    lens_mm: float = knob(24.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    height: float = knob(1.1, "Over what it looks at, as far as the ceiling lets it.", min=0.3, max=100.0, unit="m")
    drift: float = knob(0.0, "How far it moves sideways during the scene.", min=0.0, max=10.0, unit="m")
    turn_deg: float = knob(
        0.0, "How far its picture is turned from the long side of what it looks at.", min=-180.0, max=180.0, unit="deg"
    )


@tagged("camera", "wrist")
@dataclass(frozen=True)
class Wrist(_Any):
    """A camera on a robot's wrist: it comes down on some point of what it looks at, to grasp there."""

    name: str
    target: str = TARGET
    lens_mm: float = knob(18.0, "Focal length, as on 35 mm film.", min=10.0, max=200.0, unit="mm")
    start: float = knob(0.6, "Distance at which it begins.", min=0.1, max=5.0, unit="m")
    end: float = knob(0.3, "Distance at which it ends.", min=0.1, max=5.0, unit="m")


CameraSpec = Orbit | Mast | Walk | Survey | Cab | Overhead | Wrist
