"""Embree 4 as Blender carries it, driven through ctypes.

Struct layouts and constants follow the public headers `rtcore_ray.h`, `rtcore_common.h` and `rtcore_geometry.h` of
Embree 4. A packet of W rays is rows of W 32-bit words, so one array of shape (packets, ROWS, W) holds many packets.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, finalize

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.rays import RayHits, coherent_order
from buildee.truth.surface import Surface, TriangleMesh

_ROBUST = 1 << 2
_BUILD_MEDIUM = 1
_GEOMETRY_TRIANGLES, _GEOMETRY_INSTANCE = 0, 121
_BUFFER_INDEX, _BUFFER_VERTEX = 0, 1
_UINT3, _FLOAT3, _FLOAT3X4_ROWS = 0x5003, 0x9003, 0x9134

# Rows of a packet (RTCRayHitN); 24 rows leave room for the instance-array id and keep every width aligned.
_TNEAR, _DIRECTION, _TFAR, _MASK = 3, 4, 8, 9
_U, _V, _TRIANGLE, _GEOMETRY, _INSTANCE = 15, 16, 17, 18, 19
_ROWS = 24
_ALIGNMENT = 64
_WIDTHS = (8, 16, 4, 1)
"""Packet widths, fastest first as measured with Blender's build: 8 rays go 10 to 25 % faster than 16."""
_CHUNK_RAYS = 1 << 15
_NONE = np.uint32(0xFFFFFFFF)


def _library_paths() -> Iterator[str]:
    """Yields where the library may be, most specific first; bare names let the loader find what is already loaded."""
    name = {"win32": "embree4.dll", "darwin": "libembree4.dylib"}.get(sys.platform, "libembree4.so.4")
    bpy = sys.modules.get("bpy")
    folders: list[Path] = []
    if bpy is not None:
        if getattr(bpy, "__file__", None):
            folders.append(Path(bpy.__file__).parent)
        if bpy.app.binary_path:
            folders.append(Path(bpy.app.binary_path).parent)
    for folder in folders:
        for path in (folder / name, folder / "lib" / name, folder.parent / "Resources" / "lib" / name):
            if path.is_file():
                yield os.fspath(path)
    yield name


_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "rtcNewDevice": (ctypes.c_void_p, (ctypes.c_char_p,)),
    "rtcReleaseDevice": (None, (ctypes.c_void_p,)),
    "rtcGetDeviceError": (ctypes.c_int, (ctypes.c_void_p,)),
    "rtcNewScene": (ctypes.c_void_p, (ctypes.c_void_p,)),
    "rtcSetSceneFlags": (None, (ctypes.c_void_p, ctypes.c_uint)),
    "rtcSetSceneBuildQuality": (None, (ctypes.c_void_p, ctypes.c_uint)),
    "rtcCommitScene": (None, (ctypes.c_void_p,)),
    "rtcReleaseScene": (None, (ctypes.c_void_p,)),
    "rtcNewGeometry": (ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_uint)),
    "rtcSetNewGeometryBuffer": (
        ctypes.c_void_p,
        (ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint, ctypes.c_size_t, ctypes.c_size_t),
    ),
    "rtcCommitGeometry": (None, (ctypes.c_void_p,)),
    "rtcReleaseGeometry": (None, (ctypes.c_void_p,)),
    "rtcAttachGeometryByID": (None, (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint)),
    "rtcSetGeometryInstancedScene": (None, (ctypes.c_void_p, ctypes.c_void_p)),
    "rtcSetGeometryTransform": (None, (ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p)),
}


@cache
def _library() -> Any:
    """Loads Embree 4 and declares what is used of it.

    Raises:
        AnnotationError: no Embree 4 can be loaded.
    """
    for path in _library_paths():
        try:
            library = ctypes.CDLL(path)
            for name, (result, arguments) in _SIGNATURES.items():
                function = getattr(library, name)
                function.restype, function.argtypes = result, arguments
        except (OSError, AttributeError):
            continue
        return library
    raise AnnotationError(
        "ground truth needs the Embree 4 library that comes with Blender, and it could not be loaded: "
        "import bpy 4.5 or later first, or run inside the Blender application"
    )


def _aligned(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Zeros whose address suits the widest packet."""
    size = int(np.prod(shape)) * 4
    raw = np.zeros(size + _ALIGNMENT, np.uint8)
    start = -raw.ctypes.data % _ALIGNMENT
    return raw[start : start + size].view(np.float32).reshape(shape)


class Packets:
    """Ray packets of one width, reused from cast to cast; all rays start at the origin.

    Attributes:
        width: rays a packet.
        rays: how many rays there is room for.
    """

    def __init__(self, library: Any, width: int, rays: int = _CHUNK_RAYS) -> None:
        self.width = width
        self.rays = -(-rays // width) * width
        self._words = _aligned((self.rays // width, _ROWS, width))
        self._ids = self._words.view(np.uint32)
        self._valid = _aligned((width,)).view(np.int32)
        self._intersect = _packet_function(library, "rtcIntersect", width)
        self._occluded = _packet_function(library, "rtcOccluded", width)
        self._words[:, _DIRECTION + 2] = 1.0
        self._ids[:, _MASK] = _NONE

    def fill(self, directions: NDArray[Any], near: Any, far: Any) -> int:
        """Writes at most `rays` rays and returns how many packets hold them."""
        count = len(directions)
        packets = -(-count // self.width)
        for axis in range(3):
            self._write(_DIRECTION + axis, directions[:, axis], count, packets)
        self._write(_TNEAR, near, count, packets)
        self._write(_TFAR, far, count, packets)
        self._ids[:packets, _TRIANGLE : _INSTANCE + 2] = _NONE
        return packets

    def _write(self, row: int, values: NDArray[Any] | float, count: int, packets: int) -> None:
        if np.ndim(values) == 0:
            self._words[:packets, row] = values
            return
        full = count // self.width
        self._words[:full, row] = values[: full * self.width].reshape(full, self.width)
        if full < packets:
            self._words[full, row, : count - full * self.width] = values[full * self.width :]

    def shoot(self, scene: int, count: int, any_hit: bool) -> None:
        """Casts the first `count` rays, whose answers then stand in the same packets."""
        shoot = self._occluded if any_hit else self._intersect
        valid = self._valid.ctypes.data
        start, step = self._words.ctypes.data, _ROWS * self.width * 4
        last = start + (count - 1) // self.width * step
        self._valid[:] = -1
        for address in range(start, last, step):
            shoot(valid, scene, address, None)
        self._valid[(count - 1) % self.width + 1 :] = 0
        shoot(valid, scene, last, None)

    def floats(self, row: int, packets: int, count: int) -> NDArray[np.float32]:
        return self._words[:packets, row].reshape(-1)[:count]

    def integers(self, row: int, packets: int, count: int) -> NDArray[np.int32]:
        return self._words.view(np.int32)[:packets, row].reshape(-1)[:count]


def _packet_function(library: Any, stem: str, width: int) -> Callable[[int, int, int, None], None]:
    """The cast function of a width as f(valid, scene, packet, no arguments)."""
    function = getattr(library, f"{stem}{width}")
    function.restype = None
    pointer = ctypes.c_void_p
    if width == 1:
        function.argtypes = (pointer, pointer, pointer)
        return lambda valid, scene, packet, arguments: function(scene, packet, arguments)
    function.argtypes = (pointer, pointer, pointer, pointer)
    return function


class NativeDevice:
    """An Embree device and the trees of the meshes seen so far, kept as long as the meshes live.

    Raises:
        AnnotationError: no usable Embree 4, found by casting a ray at a triangle.
    """

    def __init__(self) -> None:
        self.library = _library()
        self.handle = self.library.rtcNewDevice(b"")
        if not self.handle:
            raise AnnotationError("Embree could not be started; is the machine out of memory?")
        self._trees: WeakKeyDictionary[TriangleMesh, _Scene] = WeakKeyDictionary()
        try:
            self.packets = self._packets()
        except AnnotationError:
            self.close()
            raise

    @property
    def name(self) -> str:
        """What casts the rays, in words."""
        return f"Blender's Embree 4, {self.packets.width} rays at a time"

    def close(self) -> None:
        """Releases every tree and the device."""
        for tree in self._trees.values():
            tree.close()
        self._trees.clear()
        if self.handle:
            self.library.rtcReleaseDevice(self.handle)
            self.handle = None

    def tracer(
        self, surface: Surface, view_from_copy: NDArray[np.float64], copies: NDArray[np.integer]
    ) -> NativeTracer:
        """Places copies of a surface in a view; an unchanged `TriangleMesh` is never built twice."""
        scene = _Scene(self.library, self.handle)
        transforms = np.ascontiguousarray(view_from_copy[copies, :3], np.float32)
        # Numbered from 0: Embree's work on a scene grows with its highest number, not with how many there are.
        for number, mesh in enumerate(surface.copy_mesh[copies].tolist()):
            scene.add_copy(self._tree(surface.meshes[mesh]), number, transforms[number])
        scene.commit()
        return NativeTracer(self, scene, np.append(copies, -1).astype(np.int32))

    def _packets(self) -> Packets:
        mesh = TriangleMesh(
            np.array([[-1, -1, 2], [1, -1, 2], [0, 1, 2]], np.float32),
            np.array([[0, 1, 2]], np.int32),
            np.zeros(1, np.int32),
        )
        one = np.zeros(1, np.int32)
        surface = Surface((mesh,), one, one, np.eye(4)[None], one.astype(np.int64))
        tracer = self.tracer(surface, surface.world_from_copy, one)
        try:
            for width in _WIDTHS:
                try:
                    self.packets = Packets(self.library, width)
                except AttributeError:
                    continue
                hits = tracer.first_hits(np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]), 0.0, np.inf)
                if hits.copy.tolist() == [0, -1] and abs(hits.t[0] - 2) < 1e-5:
                    return self.packets
        finally:
            tracer.close()
        raise AnnotationError("the Embree library that comes with this Blender casts no rays; use bpy 4.5 or later")

    def _tree(self, mesh: TriangleMesh) -> _Scene:
        tree = self._trees.get(mesh)
        if tree is None:
            tree = _Scene(self.library, self.handle)
            tree.add_triangles(mesh)
            tree.commit()
            self._trees[mesh] = tree
        return tree


class NativeTracer:
    """Casts rays from the origin at copies that a `NativeDevice` placed."""

    def __init__(self, device: NativeDevice, scene: _Scene, copies: NDArray[np.int32]) -> None:
        # The last entry of `copies` is -1, which answers for Embree's -1, no hit.
        self._device, self._scene, self._copies = device, scene, copies

    def close(self) -> None:
        """Releases the scene; meshes' trees stay with the device."""
        self._scene.close()

    def first_hits(self, directions: NDArray[Any], near: Any, far: Any) -> RayHits:
        """See `Caster.first_hits`."""
        count = len(directions)
        hits = RayHits(*(np.empty(count, kind) for kind in (np.int32, np.int32, np.float32, np.float32, np.float32)))
        packets = self._device.packets
        for part, number, size in self._shoot(directions, near, far, any_hit=False):
            hits.copy[part] = self._copies[packets.integers(_INSTANCE, number, size)]
            hits.triangle[part] = packets.integers(_TRIANGLE, number, size)
            hits.t[part] = packets.floats(_TFAR, number, size)
            hits.u[part] = packets.floats(_U, number, size)
            hits.v[part] = packets.floats(_V, number, size)
        hits.t[hits.copy < 0] = np.inf
        return hits

    def blocked(self, directions: NDArray[Any], near: Any, far: Any) -> NDArray[np.bool_]:
        """See `Caster.blocked`."""
        blocked = np.empty(len(directions), bool)
        for part, number, size in self._shoot(directions, near, far, any_hit=True):
            # Embree marks a blocked ray by a far limit of minus infinity.
            blocked[part] = self._device.packets.floats(_TFAR, number, size) == -np.inf
        return blocked

    def _shoot(
        self, directions: NDArray[Any], near: Any, far: Any, any_hit: bool
    ) -> Iterator[tuple[slice | NDArray[np.int64], int, int]]:
        """Casts chunk by chunk; yields which rays the packets now hold, in how many packets, and how many rays."""
        packets = self._device.packets
        order = coherent_order(directions)
        for start in range(0, len(directions), packets.rays):
            stop = min(start + packets.rays, len(directions))
            part = slice(start, stop) if order is None else order[start:stop]
            limits = [limit if np.ndim(limit) == 0 else limit[part] for limit in (near, far)]
            number = packets.fill(directions[part], *limits)
            packets.shoot(self._scene.handle, stop - start, any_hit)
            yield part, number, stop - start


class _Scene:
    """An Embree scene that is released once: by `close`, or when nobody holds it any more."""

    def __init__(self, library: Any, device: int) -> None:
        self._library, self._device = library, device
        self.handle = library.rtcNewScene(device)
        self.close = finalize(self, library.rtcReleaseScene, self.handle)
        library.rtcSetSceneFlags(self.handle, _ROBUST)
        library.rtcSetSceneBuildQuality(self.handle, _BUILD_MEDIUM)

    def add_triangles(self, mesh: TriangleMesh) -> None:
        library = self._library
        geometry = library.rtcNewGeometry(self._device, _GEOMETRY_TRIANGLES)
        for kind, layout, array in (
            (_BUFFER_VERTEX, _FLOAT3, np.ascontiguousarray(mesh.vertices, np.float32)),
            (_BUFFER_INDEX, _UINT3, np.ascontiguousarray(mesh.triangles, np.int32)),
        ):
            buffer = library.rtcSetNewGeometryBuffer(geometry, kind, 0, layout, 12, len(array))
            if len(array):
                ctypes.memmove(buffer, array.ctypes.data, array.nbytes)
        self._attach(geometry, 0)

    def add_copy(self, tree: _Scene, number: int, transform: NDArray[np.float32]) -> None:
        geometry = self._library.rtcNewGeometry(self._device, _GEOMETRY_INSTANCE)
        self._library.rtcSetGeometryInstancedScene(geometry, tree.handle)
        self._library.rtcSetGeometryTransform(geometry, 0, _FLOAT3X4_ROWS, transform.ctypes.data)
        self._attach(geometry, number)

    def _attach(self, geometry: int, number: int) -> None:
        self._library.rtcCommitGeometry(geometry)
        self._library.rtcAttachGeometryByID(self.handle, geometry, number)
        self._library.rtcReleaseGeometry(geometry)

    def commit(self) -> None:
        self._library.rtcCommitScene(self.handle)
        if self._library.rtcGetDeviceError(self._device):
            raise AnnotationError("Embree could not build its tree of the scene's triangles; is memory short?")
