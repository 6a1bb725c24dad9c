"""A dataset whose truth has closed forms: boxes on an endless plane under a moving camera, by numpy alone."""

from pathlib import Path

import numpy as np

from buildee.dataset import png
from buildee.dataset.folder import create_dataset
from buildee.dataset.writer import SceneWriter
from buildee.truth.surface import LabelTable

FRAMES, WIDTH, HEIGHT, FPS = 4, 96, 64, 24.0
CLIP = (0.05, 500.0)
K = np.array([[80.0, 0, WIDTH / 2], [0, 80.0, HEIGHT / 2], [0, 0, 1]])
CATEGORIES = [
    {"id": 0, "name": "background", "color": [0, 0, 0]},
    {"id": 1, "name": "ground", "color": [121, 96, 72]},
    {"id": 22, "name": "container", "color": [0, 60, 140]},
    {"id": 18, "name": "dump_truck", "color": [0, 110, 220]},
]
TABLE = LabelTable(
    ("plane", "body", "lid", "bed"),
    np.array([1, 2, 2, 3], np.int32),
    ("ground", "container_1", "truck_1"),
    np.array([1, 22, 18], np.int32),
    {1: "ground", 22: "container", 18: "dump_truck"},
    np.array([False, True, True]),
)
PLANE = 0
"""Solid 0 is the plane z = 0; solids 1.. are boxes. Part id = solid + 1."""
HALF = {1: (1.2, 0.8, 0.7), 2: (1.3, 0.9, 0.1), 3: (0.6, 0.5, 0.5)}
INSTANCE = TABLE.part_instance
MOVING = np.array([False, False, True])
MATERIALS = ("buildee.sand", "buildee.painted_metal")
MATERIAL = np.array([1, 2, 2, 0])
"""Material of each solid; the truck's has none."""
CATEGORY = TABLE.instance_category[INSTANCE - 1]


def about_z(angle, position):
    pose = np.eye(4)
    pose[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    pose[:3, 3] = position
    return pose


def solid_poses(frame):
    """world_from_solid of every solid: the container stands, the truck drives past in front of it."""
    return {
        0: np.eye(4),
        1: about_z(0.4, (0, 0, 0.7)),
        2: about_z(0.4, (0, 0, 1.5)),
        3: about_z(-0.1 * frame, (-2.4 + 0.8 * frame, -1.9 - 0.1 * frame, 0.5)),
    }


def camera_pose(frame):
    """A camera that strafes, approaches and turns."""
    position = np.array([-1.0 + 0.5 * frame, -7.0 + 0.3 * frame, 2.4])
    forward = np.array([0.0 - 0.1 * frame, 0.5, 0.6]) - position
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, [0, 0, 1])
    right /= np.linalg.norm(right)
    pose = np.eye(4)
    pose[:3, :3] = np.stack([right, np.cross(forward, right), forward], 1)
    pose[:3, 3] = position
    return pose


def cast(origin, rays, frame, only=(0, 1, 2, 3)):
    """First hits of rays origin + s * ray: s (N,), solid (N,) or -1, world normal (N, 3)."""
    best = np.full(len(rays), np.inf)
    solid = np.full(len(rays), -1)
    normal = np.zeros((len(rays), 3))
    for index in only:
        pose = solid_poses(frame)[index]
        inverse = np.linalg.inv(pose)
        o, d = inverse[:3, :3] @ origin + inverse[:3, 3], rays @ inverse[:3, :3].T
        with np.errstate(divide="ignore", invalid="ignore"):
            if index == PLANE:
                s = -o[2] / d[:, 2]
                axis, hit = np.full(len(rays), 2), s > 0
            else:
                near = (-np.sign(d) * HALF[index] - o) / d
                far = (np.sign(d) * HALF[index] - o) / d
                axis = near.argmax(1)
                s = near.max(1)
                hit = (s < far.min(1)) & (s > 0)
        closer = hit & (s < best)
        best[closer], solid[closer] = s[closer], index
        face = pose[:3, :3].T[axis[closer]]
        normal[closer] = -np.sign((face * rays[closer]).sum(1, keepdims=True)) * face
    return best, solid, normal


def pixel_rays(frame):
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    local = np.stack([(x - K[0, 2]) / K[0, 0], (y - K[1, 2]) / K[1, 1], np.ones_like(x)], -1).reshape(-1, 3)
    return local @ camera_pose(frame)[:3, :3].T


def project(points, frame):
    pose = camera_pose(frame)
    local = (points - pose[:3, 3]) @ pose[:3, :3]
    with np.errstate(divide="ignore", invalid="ignore"):
        xy = local[:, :2] / local[:, 2:] * K[0, 0] + K[:2, 2]
    return xy, local[:, 2]


def carry(points, solid, start, end):
    """World points on solids, moved from one frame to another."""
    result = points.copy()
    for index in HALF:
        move = solid_poses(end)[index] @ np.linalg.inv(solid_poses(start)[index])
        on = solid == index
        result[on] = points[on] @ move[:3, :3].T + move[:3, 3]
    return result


def in_frame(xy):
    return ((xy >= 0) & (xy < (WIDTH, HEIGHT))).all(1)


def blockers(points, frame):
    """Solid in front of each point, -1 if none."""
    origin = camera_pose(frame)[:3, 3]
    distance, solid, _ = cast(origin, points - origin, frame)
    return np.where(distance < 1 - 1e-6, solid, -1)


def flow(points, solid, start, end):
    xy, depth = project(carry(points, solid, start, end), end)
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    seen = solid >= 0
    state = np.where(in_frame(xy) & (depth <= CLIP[1]), 1, 3)
    state[(state == 1) & (blockers(carry(points, solid, start, end), end) >= 0)] = 2
    state[~seen | (depth <= CLIP[0])] = 0
    vectors = np.where(state[:, None] > 0, xy - np.stack([x, y], -1).reshape(-1, 2), 0)
    return (
        vectors.reshape(HEIGHT, WIDTH, 2).astype(np.float32),
        state.reshape(HEIGHT, WIDTH).astype(np.uint8),
    )


def surface_points(frame):
    """World points behind the pixels (H * W, 3) and their solids (H * W,), -1 where nothing is."""
    rays, origin = pixel_rays(frame), camera_pose(frame)[:3, 3]
    depth, solid, _ = cast(origin, rays, frame)
    solid[depth > CLIP[1]] = -1
    return np.where(solid[:, None] >= 0, origin + np.where(np.isfinite(depth), depth, 0)[:, None] * rays, 0), solid


def scene_flow(start, end):
    points, solid = surface_points(start)
    state = flow(points, solid, start, end)[1]
    away = (carry(points, solid, start, end) - points).reshape(HEIGHT, WIDTH, 3)
    return {"scene_flow": np.where(state[..., None] > 0, away, 0).astype(np.float32), "state": state}


PAIRS = ((0, 2), (3, 0))
"""Pairs of frames that are no neighbours, between which flow and scene flow lead."""
NEIGHBOURS = ((1, 2), (2, 1))
"""Neighbours that scene flow leads between."""
TRUTH = {"annotators": ["flow", "scene_flow"], "flow_strides": [], "flow_pairs": [*map(list, PAIRS + NEIGHBOURS)]}
"""What scene.json says of the pairs."""


def annotations(frame):
    """All truth of one frame."""
    rays = pixel_rays(frame)
    origin = camera_pose(frame)[:3, 3]
    depth, solid, normal = cast(origin, rays, frame)
    beyond = depth > CLIP[1]
    depth[beyond], solid[beyond], normal[beyond] = np.inf, -1, 0
    points = np.where(solid[:, None] >= 0, origin + np.where(np.isfinite(depth), depth, 0)[:, None] * rays, 0)
    ids = {
        "instance": np.append(INSTANCE, 0)[solid],
        "semantic": np.append(CATEGORY, 0)[solid],
        "part": solid + 1,
    }
    result = {name: value.reshape(HEIGHT, WIDTH).astype(np.uint16) for name, value in ids.items()}
    result["depth"] = depth.reshape(HEIGHT, WIDTH).astype(np.float32)
    result["normal"] = (normal @ camera_pose(frame)[:3, :3]).reshape(HEIGHT, WIDTH, 3).astype(np.float32)
    result["shading_normal"] = result["normal"]
    result["material"] = np.append(MATERIAL, 0)[solid].reshape(HEIGHT, WIDTH).astype(np.uint16)
    local = np.full((HEIGHT * WIDTH, 3), np.nan)
    for index in HALF:
        pose = solid_poses(frame)[index]
        local[solid == index] = (points[solid == index] - pose[:3, 3]) @ pose[:3, :3]
    result["uv"] = local[:, :2].reshape(HEIGHT, WIDTH, 2).astype(np.float32)
    result["nocs"] = nocs(points, result["instance"], frame)
    result["boundary"] = boundary(points, solid, normal)
    if frame + 1 < FRAMES:
        result["flow"], result["flow_state"] = flow(points, solid, frame, frame + 1)
    if frame > 0:
        result["flow_backward"], result["flow_backward_state"] = flow(points, solid, frame, frame - 1)
    result["amodal"] = amodal(result["instance"], frame)
    result["boxes"] = boxes(result["instance"], frame)
    result["relations"] = relations(result["instance"], frame)
    return result


def corners(solid, frame):
    """The corners of a box, (8, 3) world."""
    signs = np.stack(np.meshgrid([-1, 1], [-1, 1], [-1, 1]), -1).reshape(8, 3)
    pose = solid_poses(frame)[solid]
    return signs * HALF[solid] @ pose[:3, :3].T + pose[:3, 3]


SOLIDS_OF = {2: (1, 2), 3: (3,)}
"""The boxes of each countable instance."""


def span(mask):
    """x0, y0, x1, y1 of a mask, ends exclusive; zeros if empty."""
    if not mask.any():
        return [0, 0, 0, 0]
    y, x = np.nonzero(mask)
    return [x.min(), y.min(), x.max() + 1, y.max() + 1]


def amodal(instance, frame):
    origin, rays = camera_pose(frame)[:3, 3], pixel_rays(frame)
    rows = []
    for number, solids in SOLIDS_OF.items():
        mask = np.isfinite(cast(origin, rays, frame, solids)[0]).reshape(HEIGHT, WIDTH)
        if mask.any():
            rows.append((number, mask, span(mask)))
    packed = [np.packbits(mask[y0:y1, x0:x1]) for _, mask, (x0, y0, x1, y1) in rows]
    return {
        "instance": np.array([row[0] for row in rows], np.uint16),
        "box": np.array([row[2] for row in rows], np.int32).reshape(-1, 4),
        "start": np.cumsum([0] + [len(bits) for bits in packed], dtype=np.int64),
        "bits": np.concatenate(packed),
        "pixels": np.array([mask.sum() for _, mask, _ in rows], np.int32),
        "occluded": np.array([1 - (instance == n).sum() / mask.sum() for n, mask, _ in rows], np.float32),
    }


def whole_masks(frame):
    """The pixels of each countable instance as if it were alone: (H, W) bool by id."""
    origin, rays = camera_pose(frame)[:3, 3], pixel_rays(frame)
    return {
        number: np.isfinite(cast(origin, rays, frame, solids)[0]).reshape(HEIGHT, WIDTH)
        for number, solids in SOLIDS_OF.items()
    }


def relations(instance, frame):
    edges = [
        (number, by, np.count_nonzero(mask & (instance == by)))
        for number, mask in whole_masks(frame).items()
        for by in range(4)
        if by != number
    ]
    edges = [edge for edge in edges if edge[2]]
    return {
        "occluded": np.array([edge[0] for edge in edges], np.uint16),
        "occluder": np.array([edge[1] for edge in edges], np.uint16),
        "pixels": np.array([edge[2] for edge in edges], np.int32),
    }


def visibility(maps, frame):
    """The table's row of a frame; instance 1 is the ground."""
    visible = np.array([np.count_nonzero(maps["instance"] == number) for number in (1, 2, 3)])
    whole = np.array([0, *(np.count_nonzero(mask) for mask in whole_masks(frame).values())])
    truncation = [np.nan, *maps["boxes"]["truncation"]]
    with np.errstate(invalid="ignore", divide="ignore"):
        fraction = np.where(whole > 0, visible / whole, np.nan)
    return {
        "visible_pixels": visible.astype(np.int32),
        "amodal_pixels": whole.astype(np.int32),
        "visible_fraction": fraction.astype(np.float32),
        "truncation": np.array(truncation, np.float32),
    }


def boxes(instance, frame):
    numbers = list(SOLIDS_OF)
    points = {n: np.concatenate([corners(solid, frame) for solid in SOLIDS_OF[n]]) for n in numbers}
    pixels = {n: project(points[n], frame)[0] for n in numbers}
    turns = {n: solid_poses(frame)[SOLIDS_OF[n][0]][:3, :3] for n in numbers}
    local = {n: points[n] @ turns[n] for n in numbers}
    whole = np.array([np.concatenate([pixels[n].min(0), pixels[n].max(0)]) for n in numbers])
    area = np.prod(whole[:, 2:] - whole[:, :2], axis=1)
    inside = np.prod(whole[:, 2:].clip(0, (WIDTH, HEIGHT)) - whole[:, :2].clip(0, (WIDTH, HEIGHT)), axis=1)
    return {
        "instance": np.array(numbers, np.uint16),
        "visible_box": np.array([span(instance == n) for n in numbers], np.int32),
        "amodal_box": whole.astype(np.float32),
        "visible_pixels": np.array([(instance == n).sum() for n in numbers], np.int32),
        "truncation": (1 - inside / area).astype(np.float32),
        "center": np.array([turns[n] @ (local[n].min(0) + local[n].max(0)) / 2 for n in numbers]),
        "extent": np.array([np.ptp(local[n], axis=0) for n in numbers]),
        "rotation": np.array([turns[n] for n in numbers]),
    }


def boundary(points, solid, normal):
    """Bits of neighbours whose surfaces do not join, by the planes of what they see."""
    points, normal = points.reshape(HEIGHT, WIDTH, 3), normal.reshape(HEIGHT, WIDTH, 3)
    seen, bits = (solid >= 0).reshape(HEIGHT, WIDTH), np.zeros((HEIGHT, WIDTH), np.uint8)
    for a, b, there, back in ((np.s_[:, :-1], np.s_[:, 1:], 1, 4), (np.s_[:-1], np.s_[1:], 2, 8)):
        across = points[a] - points[b]
        over_b, over_a = (normal[b] * across).sum(-1), -(normal[a] * across).sum(-1)
        apart = np.where(
            seen[a] & seen[b], (over_a * over_b < 0) & (np.abs(over_a * over_b) > 1e-9), seen[a] != seen[b]
        )
        front = np.where(seen[a] & seen[b], over_b > 0, seen[a])
        bits[a] |= np.where(apart, np.where(front, there, there << 4), 0).astype(np.uint8)
        bits[b] |= np.where(apart, np.where(front, back << 4, back), 0).astype(np.uint8)
    return bits


def nocs(points, instance, frame):
    """Places of world points (H * W, 3) within the boxes in space."""
    found = np.full((HEIGHT * WIDTH, 3), np.nan)
    solid = boxes(instance, frame)
    for number, center, extent, turn in zip(
        *(solid[k] for k in ("instance", "center", "extent", "rotation")), strict=True
    ):
        shown = instance.ravel() == number
        found[shown] = (points[shown] - center) @ turn / extent + 0.5
    return found.clip(0, 1).reshape(HEIGHT, WIDTH, 3).astype(np.float32)


def track_points(count=400):
    """Points on all solids in frame 0: world (N, 3) and solid (N,)."""
    rng = np.random.default_rng(5)
    solid = rng.integers(0, 4, count)
    local = rng.uniform(-1, 1, (count, 3))
    axis = rng.integers(0, 3, count)
    local[np.arange(count), axis] = rng.choice([-1, 1], count)
    half = np.array([(4, 6, 0), *HALF.values()])[solid]
    poses = np.stack([solid_poses(0)[index] for index in range(4)])[solid]
    return np.einsum("nij,nj->ni", poses[:, :3, :3], local * half) + poses[:, :3, 3], solid


def tracks():
    """Scene arrays and camera arrays of all frames."""
    start, solid = track_points()
    instance = INSTANCE[solid].astype(np.uint16)
    rows = []
    for frame in range(FRAMES):
        points = carry(start, solid, 0, frame)
        xy, depth = project(points, frame)
        blocker = blockers(points, frame)
        by = np.where(blocker >= 0, INSTANCE[blocker], 0)
        state = np.where(blocker < 0, 1, np.where(by == instance, 3, 2))
        state = np.where(in_frame(xy), state, 4)
        state = np.where(depth <= CLIP[0], 5, state)
        by = np.where((state == 2) | (state == 3), by, 0)
        xy = np.where(depth[:, None] > 0, xy, np.nan)
        rows.append((points, xy, depth, state, by))
    xyz, xy, depth, state, occluder = (np.stack(column) for column in zip(*rows, strict=True))
    scene = {"xyz": xyz.astype(np.float32), "instance": instance}
    scene |= {"set": np.zeros(len(instance), np.uint8), "query_frame": np.zeros(len(instance), np.int32)}
    camera = {"xy": xy.astype(np.float32), "depth": depth.astype(np.float32)}
    return scene, camera | {"state": state.astype(np.uint8), "occluder": occluder.astype(np.uint16)}


def cloud():
    """Scene arrays of the cloud, the points being those of the tracks, and the camera's mask."""
    points, solid = track_points()
    shapes, seen = np.array([(4, 6, 0), *HALF.values()]), []
    poses = np.stack([solid_poses(0)[index] for index in range(4)])[solid]
    local = np.einsum("nji,nj->ni", poses[:, :3, :3], points - poses[:, :3, 3])
    with np.errstate(invalid="ignore"):
        side = np.abs(local) >= shapes[solid] - 1e-9
    side[solid == PLANE] = False, False, True
    axis = side.argmax(1)
    normal = (
        poses[np.arange(len(solid)), :3, axis]
        * np.where(solid == PLANE, 1, np.sign(local[np.arange(len(solid)), axis]))[:, None]
    )
    for frame in range(FRAMES):
        moved = carry(points, solid, 0, frame)
        xy, depth = project(moved, frame)
        seen.append(in_frame(xy) & (depth > CLIP[0]) & (depth <= CLIP[1]) & (blockers(moved, frame) < 0))
    scene = {
        "xyz": points.astype(np.float32),
        "normal": normal.astype(np.float32),
        "instance": INSTANCE[solid].astype(np.uint16),
        "category": CATEGORY[solid].astype(np.uint16),
        "part": (solid + 1).astype(np.uint16),
        "copy": solid.astype(np.int64),
        "triangle": axis.astype(np.int32),
        "barycentrics": np.full((len(solid), 2), 0.25, np.float32),
    }
    return scene, {"seen": np.stack(seen)}


KEYPOINT_RADIUS = 0.45
KEYPOINT_NAMES = [f"{x}{y}{z}" for x in "abcd" for y in "abcd" for z in "abc"]
"""Keypoints of each thing, on a grid inside a solid of it."""


def keypoints():
    """Scene arrays and camera arrays of the keypoints, of all frames."""
    grid = np.stack(np.meshgrid([-0.9, -0.3, 0.3, 0.9], [-0.9, -0.3, 0.3, 0.9], [-0.8, 0.0, 0.8], indexing="ij"), -1)
    solid = np.repeat([1, 3], len(KEYPOINT_NAMES))
    local = np.concatenate([grid.reshape(-1, 3) * HALF[number] for number in (1, 3)])
    own, rows = INSTANCE[solid], []
    for frame in range(FRAMES):
        poses = np.stack([solid_poses(frame)[index] for index in range(4)])[solid]
        points = np.einsum("nij,nj->ni", poses[:, :3, :3], local) + poses[:, :3, 3]
        origin = camera_pose(frame)[:3, 3]
        share, first, _ = cast(origin, points - origin, frame)
        before = (1 - share) * np.linalg.norm(points - origin, axis=1)
        by = np.where(share < 1, INSTANCE[first], 0)
        xy, depth = project(points, frame)
        state = np.where(by == 0, 1, np.where(by != own, 2, np.where(before <= KEYPOINT_RADIUS, 1, 3)))
        state = np.where(in_frame(xy), state, 4)
        rows.append((points, xy, depth, state, np.where((state == 2) | (state == 3), by, 0)))
    xyz, xy, depth, state, occluder = (np.stack(column) for column in zip(*rows, strict=True))
    scene = {"xyz": xyz.astype(np.float32), "name": np.array(KEYPOINT_NAMES * 2), "part": (solid + 1).astype(np.uint16)}
    scene |= {"instance": own.astype(np.uint16), "radius": np.full(len(own), KEYPOINT_RADIUS, np.float32)}
    camera = {"xy": xy.astype(np.float32), "depth": depth.astype(np.float32)}
    return scene, camera | {"state": state.astype(np.uint8), "occluder": occluder.astype(np.uint16)}


def picture(maps):
    """A shaded picture."""
    colors = {row["id"]: row["color"] for row in CATEGORIES} | {0: (150, 180, 220)}
    table = np.zeros((100, 3))
    for index, color in colors.items():
        table[index] = color
    light = np.where(maps["instance"] > 0, 0.45 + 0.55 * np.abs(maps["normal"][..., 1]), 1)
    return (table[maps["semantic"]] * light[..., None]).clip(0, 255).astype(np.uint8)


def write_frames(writer, camera="mast"):
    poses = np.stack([camera_pose(frame) for frame in range(FRAMES)])
    writer.camera(camera, K, poses, WIDTH, HEIGHT, FPS, CLIP)
    for frame in range(FRAMES):
        maps = annotations(frame)
        shot = writer.folder / "shot.png"
        png.write(shot, picture(maps))
        writer.frame(camera, frame, maps, rgb=shot)
        writer.rows("visibility", frame, visibility(maps, frame), camera)
    for start, end in PAIRS:
        vectors, state = flow(*surface_points(start), start, end)
        writer.pair(camera, "flow_pairs", start, end, {"flow": vectors, "state": state})
    for start, end in (*PAIRS, *NEIGHBOURS):
        writer.pair(camera, "scene_flow", start, end, scene_flow(start, end))
    scene, seen = tracks()
    writer.tracks(scene)
    writer.tracks(seen, camera)
    places, looks = keypoints()
    writer.keypoints(places)
    writer.keypoints(looks, camera)
    points, mask = cloud()
    writer.cloud(points)
    writer.cloud(mask, camera)


def write_dataset(root, scenes=1, camera="mast"):
    """Writes a dataset of equal scenes; returns its folder."""
    create_dataset(root, "world: boxes\n", "hash", CATEGORIES, scenes)
    for index in range(scenes):
        with SceneWriter(root, index) as writer:
            writer.labels(TABLE, MOVING, MATERIALS)
            writer.layout({"world": "boxes", "frames": FRAMES})
            poses = np.full((FRAMES, 3, 4, 4), np.nan)
            for frame in range(FRAMES):
                poses[frame, 1:] = solid_poses(frame)[1], solid_poses(frame)[3]
            writer.poses(poses)
            write_frames(writer, camera)
            writer.commit({"seed": index, "values": {"truth": TRUTH}, "facts": {"boxes": 3}})
    return Path(root)
