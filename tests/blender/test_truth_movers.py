"""Points on everything that can move a surface in Blender, against closed forms."""

import bpy
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, turn

from buildee.blender.surface import SurfaceReader
from buildee.truth.embree import CasterPool
from buildee.truth.surface import Surface
from buildee.truth.topology import changed_instances
from buildee.truth.tracks import TrackPoints, TrackState, bind, observe, world_positions

LABELS = labels_for([1])
GRID = np.stack(np.meshgrid(np.linspace(0, 4, 9), np.linspace(-0.5, 0.5, 3), indexing="ij"), -1).reshape(-1, 2)
"""A strip in the xy plane, 4 long and 1 wide: vertices (27, 2)."""


@pytest.fixture(autouse=True)
def reader(scene):
    """Reads the empty scene that each test fills."""
    scene.frame_start, scene.frame_end, scene.render.fps = 1, 12, 24
    return SurfaceReader(scene.name)


def strip(scene, name="strip"):
    """Adds the strip as a mesh object of 16 quads, all of which are part 0."""
    quads = [(3 * i + j, 3 * i + j + 3, 3 * i + j + 4, 3 * i + j + 1) for i in range(8) for j in range(2)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(np.column_stack([GRID, np.zeros(27)]).tolist(), [], quads)
    thing = bpy.data.objects.new(name, mesh)
    thing["buildee_part"] = 0
    scene.collection.objects.link(thing)
    return thing


def key_linearly(owner, path, values):
    """Keys a property at every frame, from one value at frame 1 to another at frame 11."""
    start, end = np.array(values[0], float), np.array(values[1], float)
    for frame in range(1, 13):
        value = start + (end - start) * (frame - 1) / 10
        setattr(owner, path, value.tolist())
        owner.keyframe_insert(path, frame=frame)


def scatter_points(surface, count=200, copy=0):
    """Binds random points of a copy, and says where they lie in its mesh: (N, 3)."""
    rng = np.random.default_rng(7)
    mesh = surface.meshes[surface.copy_mesh[copy]]
    triangle = rng.integers(0, len(mesh.triangles), count)
    weights = rng.dirichlet((1, 1, 1), count)
    points = bind(surface, LABELS, np.full(count, copy), triangle, weights[:, 1:])
    corners = mesh.vertices[mesh.triangles[triangle]].astype(float)
    return points, triangle, (weights[:, :, None] * corners).sum(1)


def carried(points, triangle, surface, move):
    """Where the points of a mesh must be whose vertices `move` takes elsewhere: barycentric, whatever the motion."""
    mesh = surface.meshes[0]
    corners = move(mesh.vertices.astype(float))[mesh.triangles[triangle]]
    u, v = points.barycentrics.T
    return corners[:, 0] * (1 - u - v)[:, None] + corners[:, 1] * u[:, None] + corners[:, 2] * v[:, None]


def homogeneous(points):
    return np.column_stack([points, np.ones(len(points))])


def test_rigid_motion(scene, reader):
    thing = strip(scene)
    key_linearly(thing, "location", [(0, 0, 5), (10, -5, 5)])
    key_linearly(thing, "rotation_euler", [(0, 0, 0), (0, 0, 1.0)])
    points, _, local = scatter_points(reader.read(6))
    for frame in (1, 4, 6, 11):
        share = (frame - 1) / 10
        pose = at(10 * share, -5 * share, 5) @ turn((0, 0, 1), share)
        np.testing.assert_allclose(
            world_positions(points, reader.read(frame)), (homogeneous(local) @ pose.T)[:, :3], atol=3e-6
        )


def test_an_articulated_chain(scene, reader):
    links = [bpy.data.objects.new(f"link{k}", None) for k in range(2)] + [strip(scene)]
    for link in links[:2]:
        scene.collection.objects.link(link)
    for link, parent in zip(links[1:], links, strict=False):
        link.parent = parent
        link.location = 2, 0, 0
    for link, angle in zip(links, (0.5, -1.0, 2.0), strict=True):
        key_linearly(link, "rotation_euler", [(0, 0, 0), (0, 0, angle)])
    points, _, local = scatter_points(reader.read(3))
    for frame in (1, 3, 8, 11):
        share = (frame - 1) / 10
        z, out = (0, 0, 1), at(2, 0, 0)
        pose = turn(z, 0.5 * share) @ out @ turn(z, -share) @ out @ turn(z, 2 * share)
        np.testing.assert_allclose(
            world_positions(points, reader.read(frame)), (homogeneous(local) @ pose.T)[:, :3], atol=3e-6
        )


def test_an_armature_blends_its_bones(scene, reader):
    thing = strip(scene)
    rig = bpy.data.objects.new("rig", bpy.data.armatures.new("rig"))
    scene.collection.objects.link(rig)
    with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0], active_object=rig, object=rig):
        scene.view_layers[0].objects.active = rig
        bpy.ops.object.mode_set(mode="EDIT")
        for name, head in (("still", 0.0), ("bends", 2.0)):
            bone = rig.data.edit_bones.new(name)
            bone.head, bone.tail = (head, 0, 0), (head + 2, 0, 0)
        bpy.ops.object.mode_set(mode="OBJECT")
    share_of_second = np.round(GRID[:, 0] / 4, 3)
    for name, weights in (("still", 1 - share_of_second), ("bends", share_of_second)):
        group = thing.vertex_groups.new(name=name)
        for vertex, weight in enumerate(weights):
            group.add([vertex], float(weight), "REPLACE")
    thing.modifiers.new("rig", "ARMATURE").object = rig
    bends = rig.pose.bones["bends"]
    bends.rotation_mode = "XYZ"
    key_linearly(rig.pose.bones["bends"], "rotation_euler", [(0, 0, 0), (0, 0, 0.8)])
    rest = np.array(bends.bone.matrix_local)
    points, triangle, _ = scatter_points(reader.read(4))
    for frame in (1, 4, 11):
        move = rest @ turn((0, 0, 1), 0.08 * (frame - 1)) @ np.linalg.inv(rest)

        def blend(vertices, move=move):
            moved = (homogeneous(vertices) @ move.T)[:, :3]
            return vertices + share_of_second[:, None] * (moved - vertices)

        expected = carried(points, triangle, reader.read(1), blend)
        np.testing.assert_allclose(world_positions(points, reader.read(frame)), expected, atol=5e-6)


def test_a_shape_key(scene, reader):
    thing = strip(scene)
    thing.shape_key_add(name="Basis")
    raised = thing.shape_key_add(name="raised")
    for vertex, (x, _) in enumerate(GRID):
        raised.data[vertex].co.z = x**2
    key_linearly(raised, "value", [0.0, 1.0])
    points, triangle, _ = scatter_points(reader.read(9))
    for frame in (1, 5, 9, 11):
        expected = carried(
            points,
            triangle,
            reader.read(1),
            lambda vertices, share=(frame - 1) / 10: vertices * (1, 1, 0) + share * (vertices[:, :1] ** 2) * (0, 0, 1),
        )
        np.testing.assert_allclose(world_positions(points, reader.read(frame)), expected, atol=5e-6)


def nodes_of(thing):
    """Gives an object a geometry-node modifier: its tree and its ends."""
    tree = bpy.data.node_groups.new("motion", "GeometryNodeTree")
    tree.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
    tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    thing.modifiers.new("motion", "NODES").node_group = tree
    return tree, tree.nodes.new("NodeGroupInput").outputs[0], tree.nodes.new("NodeGroupOutput").inputs[0]


def test_geometry_nodes_that_deform(scene, reader):
    tree, geometry, result = nodes_of(strip(scene))
    place, time = tree.nodes.new("GeometryNodeSetPosition"), tree.nodes.new("GeometryNodeInputSceneTime")
    position, scaled = tree.nodes.new("GeometryNodeInputPosition"), tree.nodes.new("ShaderNodeVectorMath")
    scaled.operation = "SCALE"
    tree.links.new(position.outputs[0], scaled.inputs[0])
    tree.links.new(time.outputs["Frame"], scaled.inputs["Scale"])
    tree.links.new(geometry, place.inputs["Geometry"])
    tree.links.new(scaled.outputs[0], place.inputs["Offset"])
    tree.links.new(place.outputs[0], result)
    points, _, local = scatter_points(reader.read(2))
    for frame in (1, 2, 7):
        np.testing.assert_allclose(world_positions(points, reader.read(frame)), local / 3 * (1 + frame), atol=1e-5)


def test_geometry_nodes_that_move_instances(scene, reader):
    tree, geometry, result = nodes_of(strip(scene))
    wrap, move = tree.nodes.new("GeometryNodeGeometryToInstance"), tree.nodes.new("GeometryNodeTranslateInstances")
    time, offset = tree.nodes.new("GeometryNodeInputSceneTime"), tree.nodes.new("ShaderNodeCombineXYZ")
    tree.links.new(geometry, wrap.inputs[0])
    tree.links.new(wrap.outputs[0], move.inputs[0])
    tree.links.new(time.outputs["Frame"], offset.inputs["Y"])
    tree.links.new(offset.outputs[0], move.inputs["Translation"])
    tree.links.new(move.outputs[0], result)
    surface = reader.read(5)
    points, _, local = scatter_points(surface)
    for frame in (1, 5, 9):
        np.testing.assert_allclose(
            world_positions(points, reader.read(frame)), local + np.array([0, frame, 0]), atol=3e-6
        )


def test_a_baked_rigid_body_falls(scene, reader):
    """Bullet steps v += g dt, x += v dt ten times a frame, so n steps fall g dt^2 n (n + 1) / 2."""
    thing = strip(scene)
    thing.location = 0, 0, 50
    scene.use_gravity, scene.gravity = True, (0, 0, -9.81)
    with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0], object=thing, active_object=thing):
        scene.view_layers[0].objects.active = thing
        bpy.ops.rigidbody.world_add()
        scene.rigidbody_world.collection = bpy.data.collections.new("bodies")
        bpy.ops.rigidbody.object_add()
        scene.rigidbody_world.point_cache.frame_end = 12
        thing.rigid_body.linear_damping = thing.rigid_body.angular_damping = 0
        thing.rigid_body.use_deactivation = False
        bpy.ops.ptcache.bake_all(bake=True)
    substeps = scene.rigidbody_world.substeps_per_frame
    points, _, local = scatter_points(reader.read(12))
    for frame in (12, 3, 7, 1):
        steps = substeps * (frame - 1)
        fallen = 9.81 / (24 * substeps) ** 2 * steps * (steps + 1) / 2
        expected = local + np.array([0, 0, 50 - fallen])
        np.testing.assert_allclose(world_positions(points, reader.read(frame)), expected, atol=1e-5)


def test_other_triangles_are_said_and_their_points_absent(scene, reader):
    thing = strip(scene)
    thing.modifiers.new("cut", "SUBSURF").subdivision_type = "SIMPLE"
    for frame in range(1, 10):
        thing.modifiers["cut"].levels = int(5 <= frame < 8)
        thing.modifiers["cut"].keyframe_insert("levels", frame=frame)
    other = strip(scene, "other")
    other.location = 0, 3, 0
    surfaces = {frame: reader.read(frame) for frame in range(1, 10)}
    first, twin = (scatter_points(surfaces[1], copy=copy)[0] for copy in (0, 1))
    points = TrackPoints.joined([first, twin])
    view = camera(pose=at(2, 1, 9) @ turn((1, 0, 0), np.pi))
    labels = labels_for([1])
    changes = {
        frame: changed_instances(surfaces[frame - 1], surfaces[frame], labels).tolist() for frame in range(2, 10)
    }
    assert {frame: ids for frame, ids in changes.items() if ids} == {5: [1], 8: [1]}
    with CasterPool() as pool:
        for frame, surface in surfaces.items():
            with pool.caster(surface, view.world_from_camera) as caster:
                state = observe(points, labels, caster, view).state
            cut = 5 <= frame < 8
            assert (state[:200] == (TrackState.ABSENT if cut else TrackState.VISIBLE)).all()
            assert (state[200:] == TrackState.VISIBLE).all()
            np.testing.assert_array_equal(
                np.isnan(world_positions(points, surface)).any(1), np.repeat([cut, False], 200)
            )


def test_copies_that_come_and_go_change_no_triangles():
    mesh, other = box(1, 1, 1), box(2, 1, 1)

    def surface(*copies):
        return Surface(
            (mesh, other),
            np.array([number for _, number in copies], np.int32),
            np.zeros(len(copies), np.int32),
            np.eye(4)[None].repeat(len(copies), 0),
            np.array([key for key, _ in copies], np.int64),
        )

    assert not len(changed_instances(surface((1, 0)), surface((1, 0), (2, 0)), LABELS))
    assert not len(changed_instances(surface((1, 0), (2, 0)), surface((2, 0)), LABELS))
    assert not len(changed_instances(surface(), surface((2, 0)), LABELS))
    # Boxes have the same triangles whatever their size; a cut one has not.
    assert not len(changed_instances(surface((1, 0)), surface((1, 1)), LABELS))
