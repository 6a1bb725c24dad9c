"""The gallery holds every view of a dataset in one file that asks nothing of the network."""

import base64
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import box_world
import numpy as np
import pytest
from PIL import Image

from buildee.dataset.folder import create_dataset, record_failure
from buildee.dataset.reader import Dataset
from buildee.dataset.writer import SceneWriter
from buildee.errors import DatasetError, OutputError
from buildee.preview import colors, gallery
from buildee.preview.overlays import box_overlay
from buildee.preview.plan import plan_map
from buildee.preview.sheet import contact_sheet
from buildee.truth.boxes import Boxes
from buildee.truth.lens import Equirectangular, FisheyeEquidistant
from buildee.truth.surface import Camera

VIEWS = ["rgb", "amodal", "relations", "depth", "normal", "shading_normal", "instance", "semantic", "part", "material"]
VIEWS += ["uv", "nocs", "boundary", "flow", "flow_backward", "flow+2", "flow-3", "scene_flow"]
VIEWS += ["boxes", "solids", "tracks", "keypoints", "cloud"]
LAYOUT = {
    "shapes": {"box": {"bounds": [[-1, -2, 0], [1, 2, 1]]}, "asset": {"asset": "a", "part": "b"}},
    "instances": [
        {
            "name": "<arm>",
            "category": "container",
            "poses": [[[1, 0, 0, 10], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]],
            "values": {"tip": [np.pi / 2]},
            "parts": [
                {
                    "name": "base",
                    "shape": "box",
                    "parent": -1,
                    "rest": np.eye(4).tolist(),
                    "joint": None,
                    "proxy": None,
                },
                {
                    "name": "tip",
                    "shape": "box",
                    "parent": 0,
                    "rest": np.eye(4).tolist(),
                    "joint": {"kind": "hinge", "axis": [0, 0, 1]},
                    "proxy": None,
                },
                {
                    "name": "hidden",
                    "shape": "asset",
                    "parent": 0,
                    "rest": np.eye(4).tolist(),
                    "joint": None,
                    "proxy": {"poses": [np.eye(4).tolist()], "half": [[0.5, 0.5, 0.5]]},
                },
            ],
        }
    ],
    "cameras": [{"name": "mast", "width": 96, "height": 64, "focal": 80, "poses": [np.eye(4).tolist()]}],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    root = box_world.write_dataset(tmp_path_factory.mktemp("data") / "<out> & co", scenes=2)
    return gallery(root)


def camera_data(text):
    return [json.loads(found) for found in re.findall(r'<script type="application/json">(.*?)</script>', text, re.S)]


def decoded(uri):
    head, data = uri.split(",", 1)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")), head


def test_every_view_of_every_frame_is_there(page):
    assert page.name == "gallery.html"
    cameras = camera_data(page.read_text("utf-8"))
    assert len(cameras) == 2
    for camera in cameras:
        assert camera["frames"] == [0, 1, 2, 3]
        assert list(camera["views"]) == VIEWS
        for view in camera["views"].values():
            for layer in (view["base"], view["over"]):
                assert layer is None or len(layer) == 4
        assert camera["views"]["flow"]["base"][3] is None and camera["views"]["flow"]["base"][2]
        assert camera["views"]["flow_backward"]["base"][0] is None


def test_the_file_is_whole_and_asks_nothing_of_the_network(page):
    class Reader(HTMLParser):
        tags, sources = [], []

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)
            self.sources += [value for name, value in attrs if name in ("src", "href", "srcset")]

    text = page.read_text("utf-8")
    reader = Reader()
    reader.feed(text)
    assert not reader.sources and "link" not in reader.tags and reader.tags.count("script") == 3
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text.replace("http%3A//www.w3.org/2000/svg", ""))
    assert "url(" not in text and "@import" not in text
    assert "&lt;out&gt; &amp; co" in text and "<out>" not in text


def test_pictures_show_the_truth(page):
    views = camera_data(page.read_text("utf-8"))[0]["views"]
    truth = box_world.annotations(2)
    rgb, head = decoded(views["rgb"]["base"][2])
    assert "jpeg" in head and np.abs(rgb.astype(int) - box_world.picture(truth)).mean() < 4
    semantic, head = decoded(views["semantic"]["base"][2])
    assert "png" in head
    np.testing.assert_array_equal(np.unique(semantic[truth["semantic"] == 22], axis=0), [[0, 60, 140]])


def test_overlays_are_drawings(page):
    views = camera_data(page.read_text("utf-8"))[0]["views"]
    for name in ("boxes", "solids", "tracks"):
        drawing = ElementTree.fromstring(unquote(views[name]["over"][1].split(",", 1)[1]))
        assert drawing.attrib["viewBox"] == "0 0 96 64" and len(list(drawing.iter())) > 3
    paths = ElementTree.fromstring(unquote(views["boxes"]["over"][1].split(",", 1)[1])).iter(
        "{http://www.w3.org/2000/svg}path"
    )
    boxes = box_world.annotations(1)["boxes"]["visible_box"]
    assert {path.attrib["d"] for path in paths} == {f"M{a} {b}H{c}V{d}H{a}Z" for a, b, c, d in boxes}


def test_arrows_lead_from_what_hides_to_what_it_hides(page):
    views = camera_data(page.read_text("utf-8"))[0]["views"]
    truth = box_world.annotations(2)
    drawing = ElementTree.fromstring(unquote(views["relations"]["over"][2].split(",", 1)[1]))
    (line,) = drawing.iter("{http://www.w3.org/2000/svg}line")  # the truck before the container
    y, x = np.nonzero(truth["instance"] == 3)
    start = float(line.attrib["x1"]), float(line.attrib["y1"])
    np.testing.assert_allclose(start, (x.mean() + 0.5, y.mean() + 0.5), atol=0.05)
    (head,) = drawing.iter("{http://www.w3.org/2000/svg}polygon")
    x0, y0, x1, y1 = truth["amodal"]["box"][0]
    tip = [float(value) for value in head.attrib["points"].split()[0].split(",")]
    np.testing.assert_allclose(tip, ((x0 + x1) / 2, (y0 + y1) / 2), atol=0.06)


def test_failures_are_shown_and_no_scene_is_no_error(tmp_path):
    create_dataset(tmp_path / "out", "a: <b>", "hash", box_world.CATEGORIES, 1)
    record_failure(tmp_path / "out", 0, "render", "it <died>")
    text = gallery(tmp_path / "out").read_text("utf-8")
    assert "it &lt;died&gt;" in text and "a: &lt;b&gt;" in text


def test_pictures_alone_are_enough(tmp_path):
    create_dataset(tmp_path / "out", "", "hash", box_world.CATEGORIES, 1)
    with SceneWriter(tmp_path / "out", 0) as writer:
        writer.labels(box_world.TABLE, False)
        writer.layout({})
        writer.camera("eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
        shot = writer.folder / "a.png"
        Image.new("RGB", (96, 64), (9, 99, 9)).save(shot)
        writer.frame("eye", 0, {}, rgb=shot)
        writer.commit({})
    (camera,) = camera_data(gallery(tmp_path / "out").read_text("utf-8"))
    assert list(camera["views"]) == ["rgb"]


def test_what_is_no_dataset_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="is not a dataset"):
        gallery(tmp_path)


def test_a_gallery_that_cannot_be_written_is_one_clear_error(tmp_path):
    create_dataset(tmp_path / "out", "", "hash", box_world.CATEGORIES, 0)
    (tmp_path / "out/gallery.html").mkdir()
    with pytest.raises(OutputError, match=r"gallery\.html: cannot be written"):
        gallery(tmp_path / "out")


def test_plans_place_parts_by_pose_and_joint():
    svg = ElementTree.fromstring(plan_map(LAYOUT, {"container": "#123456"}, [("tree", np.array([5.0, 1.0, 0.0]))]))
    outlines = [
        np.array([pair.split(",") for pair in polygon.attrib["points"].split()], float)
        for polygon in svg.find("g").iter("polygon")
    ]
    spans = np.array([np.ptp(outline, axis=0) for outline in outlines])
    sizes = sorted(tuple(row) for row in np.round(spans / spans.min()).astype(int))
    # The hinge turns the second box by a right angle; the asset is drawn by its proxy.
    assert sizes == [(1, 1), (2, 4), (4, 2)]
    assert all(outline.mean(0)[0] > 300 for outline in outlines)
    assert svg.find("g/polygon/title").text == "<arm> (container)"


def test_a_plan_of_nothing_is_empty():
    assert plan_map({}, {}, []) == ""


def test_colours_are_ordered_and_mean_what_the_legend_says():
    light = colors.viridis(np.linspace(0, 1, 50)) @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(light) > 0).all()
    depth = colors.depth_picture(np.array([[1.0, 10.0, np.inf]], np.float32), (1.0, 10.0))
    np.testing.assert_array_equal(depth[0, :2], colors.viridis([1.0, 0.0]))
    assert tuple(depth[0, 2]) == colors.NOTHING
    steps = np.array([[[2.0, 0], [0, 2], [-2, 0], [0, 0], [2, 0], [2, 0]]], np.float32)
    flow = colors.flow_picture(steps, np.array([[1, 1, 1, 1, 0, 2]], np.uint8), 2.0)[0]
    assert [tuple(color) for color in flow[[0, 2, 3, 4, 5]]] == [
        (255, 0, 0),
        (0, 255, 255),
        (255, 255, 255),
        colors.NOTHING,
        (127, 0, 0),
    ]
    assert flow[1][1] == 255 and flow[1][2] == 0  # down is yellow-green
    edges = colors.boundary_picture(np.array([[0, 5, 32, 18]], np.uint8))[0]
    assert [tuple(color) for color in edges] == [colors.NOTHING, (255, 176, 32), (48, 128, 255), (255, 255, 255)]
    dots = colors.cloud_picture((5, 6), np.array([[1, 1], [5, 4]]), np.array([[9, 9, 9], [7, 7, 7]], np.uint8))
    assert (dots[:3, :3] == 9).all() and (dots[3:, 4:] == 7).all() and tuple(dots[4, 0]) == colors.NOTHING
    none = [np.nan, np.nan, np.nan]
    places = colors.nocs_picture(np.array([[[0, 0.5, 1], none]], np.float32))[0]
    assert [tuple(color) for color in places] == [(0, 127, 255), colors.NOTHING]
    texture = colors.uv_picture(np.array([[[1.5, -0.5], none[:2]]], np.float32))[0]
    assert [tuple(color) for color in texture] == [(127, 127, 96), colors.NOTHING]
    moves = colors.scene_flow_picture(np.array([[[0, 0, 0], [2, 0, -2.0], [0, 0, 0]]]), np.array([[1, 2, 0]]), 2.0)[0]
    assert [tuple(color) for color in moves] == [(127, 127, 127), (255, 127, 0), colors.NOTHING]
    normal = colors.normal_picture(np.array([[[0, 0, -1], [0, -1, 0], [0, 0, 0]]], np.float32))[0]
    assert normal[0][2] == 255 and normal[1][1] == 255 and tuple(normal[2]) == colors.NOTHING


def test_contact_sheets_hold_every_picture(tmp_path):
    paints = [(250, 0, 0), (0, 250, 0), (0, 0, 250), (250, 250, 0)]
    paths = [tmp_path / f"{number}.png" for number in range(4)]
    for path, paint in zip(paths, paints, strict=True):
        Image.new("RGB", (80, 60), paint).save(path)
    sheet = Image.open(contact_sheet(paths, tmp_path / "sheet.png", columns=2, width=40))
    assert sheet.size == (2 * 48 + 8, 2 * 38 + 8)
    assert [sheet.getpixel((28 + 48 * (k % 2), 23 + 38 * (k // 2))) for k in range(4)] == paints


def test_contact_sheets_name_what_is_wrong(tmp_path):
    with pytest.raises(DatasetError, match=r"none\.png: cannot be read"):
        contact_sheet([tmp_path / "none.png"], tmp_path / "sheet.png")
    with pytest.raises(DatasetError, match="at least one"):
        contact_sheet([], tmp_path / "sheet.png")
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with pytest.raises(OutputError, match="cannot be written"):
        contact_sheet([tmp_path / "a.png"], tmp_path / "no/sheet.png")


def test_the_dataset_stays_sound(page):
    from buildee.dataset.check import check

    assert check(page.parent).ok and len(Dataset(page.parent)) == 2


def test_boxes_in_space_bend_and_never_cross_the_image():
    boxes = Boxes(**{name: array[:1] for name, array in box_world.annotations(1)["boxes"].items()})
    boxes.center[:] = (0.3, 0, -4)
    boxes.visible_pixels[:] = 1000
    boxes.extent[:], boxes.rotation[:] = 1.0, np.eye(3)
    K = np.array([[96 / (2 * np.pi), 0, 48], [0, 96 / (2 * np.pi), 32], [0, 0, 1]])
    for lens, drawn in ((Equirectangular(), True), (FisheyeEquidistant(np.pi), False)):
        text = box_overlay(boxes, {}, {}, Camera(K, np.eye(4), 96, 64, lens=lens), solid=True)
        assert "nan" not in text
        lines = re.findall(r"[ML](-?[0-9.]+) (-?[0-9.]+)(?=L(-?[0-9.]+))", text)
        assert bool(lines) == drawn
        assert all(abs(float(x) - float(after)) < 10 for x, _, after in lines)
