"""docs/ground_truth.md: its code runs and does what it says, its pictures are there, its sections have one order."""

import re
from pathlib import Path

import box_world
import numpy as np
import pytest
from PIL import Image

from buildee import recipe
from buildee.camera import unproject
from buildee.dataset import files, png
from buildee.dataset.reader import Dataset

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "ground_truth.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.S | re.M))
BLOCK = re.compile(r"^```python\n(.*?)^```", re.S | re.M)
FIRST = BLOCK.search(TEXT.partition("## Conventions")[0])[1]
SNIPPETS = {head: code[0] for head, body in SECTIONS.items() if (code := BLOCK.findall(body))}
ANNOTATIONS = [head for head, body in SECTIONS.items() if "| array | shape, type | unit | meaning |" in body]
ORDER = (r"^!\[.+\]\(pictures/", r"^\| array \| ", r"^In a dataset", r"^Edge cases: ", r"^```python")
"""What every section of an annotation has, in this order."""
FRAME = 1
"""The frame that the first lines name."""


pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A folder with the dataset `out` that the text speaks of, of boxes on a plane."""
    folder = tmp_path_factory.mktemp("documentation")
    box_world.write_dataset(folder / "out", camera="hero")
    camera = Dataset(folder / "out").scenes[0].cameras["hero"]
    seen = np.isfinite(camera.frames[FRAME].depth)
    path = camera.folder / files.file_name("source", FRAME)
    path.parent.mkdir()
    png.write(path, seen.astype(np.uint8))
    return folder


@pytest.fixture
def run(dataset, monkeypatch):
    """Runs the first lines, then those of a section; returns all names."""
    monkeypatch.chdir(dataset)

    def run_section(head):
        names = {}
        exec(compile(FIRST, "first lines", "exec"), names)
        exec(compile(SNIPPETS[head], head, "exec"), names)
        return names

    return run_section


@pytest.fixture(scope="module")
def points(dataset):
    """What the pixels of the frame see, (H, W, 3) metres, not a number if nothing; and the frame."""
    frame = Dataset(dataset / "out").scenes[0].cameras["hero"].frames[FRAME]
    centres = np.stack(np.indices(frame.depth.shape)[::-1], -1) + 0.5
    depth = np.where(np.isfinite(frame.depth), frame.depth, np.nan)
    return unproject(frame.camera, centres, depth), frame


@pytest.mark.parametrize("head", SNIPPETS)
def test_code_runs(head, run):
    run(head)


@pytest.mark.parametrize("head", ANNOTATIONS)
def test_sections_have_one_order(head):
    places = [match.start() if (match := re.search(item, SECTIONS[head], re.M)) else None for item in ORDER]
    assert None not in places, f"{ORDER[places.index(None)]} is missing"
    assert places == sorted(places)


def test_depth(run, points):
    seen = np.isfinite(points[1].depth)
    assert np.allclose(run("Depth")["points"], points[0][seen], atol=1e-5)


def test_normals(run, points):
    ground = points[1].instance == 1
    assert run("Normals")["floors"][ground].all()


def test_ids(run, points):
    names = run("Ids")
    assert set(names["nearest"]) == {1, 2, 3} and names["nearest"][3] < names["nearest"][2]
    assert np.isclose(names["share"].sum(), 1)


def test_object_coordinates(run, points):
    names = run("Object coordinates")
    assert np.allclose(names["points"], points[0][names["thing"]], atol=1e-4)


def test_occlusion_boundaries(run):
    names = run("Occlusion boundaries")
    assert (names["occluding"] ^ names["occluded"]).any()
    columns = names["between_columns"]
    assert columns.any() and not columns.all()
    assert (names["bits"][:, 1:][columns] & 68).all()  # the other pixel says so too


def test_flow(run, points):
    names = run("Flow")
    later = Dataset("out").scenes[0].cameras["hero"].frames[int(names["file"]["target"])]
    x, y = np.floor(names["there"]).astype(int).T
    same = later.instance[y, x] == points[1].instance[names["y"], names["x"]]
    assert same.mean() > 0.95


def test_scene_flow(run, points):
    names = run("Scene flow")
    speed, instance = names["speed"], points[1].instance
    assert (speed[instance == 2] == 0).all() and (speed[instance == 3] > 10).all()
    assert np.allclose(np.linalg.norm(names["in_camera_axes"], axis=-1) * box_world.FPS, speed, atol=1e-3)


def test_tracks(run):
    names = run("Tracks")
    assert 0 < names["steady"].shape[1] < len(names["query"])
    assert np.array_equal(names["asked_at"], names["xy"][0], equal_nan=True)


def test_keypoints(run):
    names = run("Keypoints")
    assert set(np.unique(names["v"])) == {1, 2}
    assert set(names["coco"]) == {2, 3} and len(names["coco"][2]) == 3 * len(box_world.KEYPOINT_NAMES)
    assert np.array_equal(names["coco"][2][:3], [*names["xy"][1, 0], names["v"][1, 0]])


def test_point_cloud(run):
    names = run("Point cloud")
    assert 0 < len(names["ever_seen"]) < len(names["xyz"])


def test_amodal_masks(run, points):
    names = run("Amodal masks")
    assert names["mask"].sum() == names["file"]["pixels"][0]
    assert np.array_equal(names["mask"], points[1].amodal.mask(0))


def test_relations(run):
    names = run("Relations")
    assert names["busiest"] == 3 and names["graph"][2, 3] > 0


def test_visibility(run):
    names = run("Visibility")
    assert set(names["column"]) <= {1, 2} and len(names["number"]) > 0


def test_boxes(run, points):
    names = run("Boxes")
    least, most = names["world"].min(1), names["world"].max(1)
    for number, low, high in zip(names["file"]["instance"][names["good"]], least, most, strict=True):
        mine = points[0][points[1].instance == number]
        assert (mine > low - 1e-3).all() and (mine < high + 1e-3).all()


def test_cameras(run):
    names = run("Cameras")
    assert np.allclose(names["pixels"], names["centres"])
    assert np.allclose(names["along"], names["depth"][names["y"], names["x"]])


def test_poses(run):
    assert list(run("Poses")["instances_that_travelled"]) == [3]


def test_files_of_your_own(run, capsys):
    assert run("Files of your own")["trusted"].any()
    assert capsys.readouterr().out == "0.0% of the picture is no triangle\n"


def test_every_picture_is_there_small_and_used():
    addon = (DOCS / "addon.md").read_text("utf-8")
    named = [re.findall(r"\(pictures/(\w+\.jpg)\)", text) for text in (TEXT, addon)]
    pictures = sorted((DOCS / "pictures").glob("*.jpg"))
    assert sorted(named[0] + named[1]) == [path.name for path in pictures]
    sizes = {path.name: path.stat().st_size for path in pictures}
    assert max(sizes[name] for name in named[0]) <= 60_000 and sum(sizes.values()) <= 1_800_000
    assert max(sizes[name] for name in named[1]) <= 150_000  # whole windows
    for name in named[0]:
        with Image.open(DOCS / "pictures" / name) as picture:
            assert picture.width in (480, 960)


def test_links_lead_somewhere():
    heads = {head.lower().replace(" ", "-") for head in SECTIONS}
    assert set(re.findall(r"\(#([\w-]+)\)", TEXT)) <= heads
    for name in re.findall(r"\]\(([\w/]+\.\w+)", TEXT):
        assert (DOCS / name).is_file(), name


def test_the_recipe_in_tracks_is_right(tmp_path):
    block = re.search(r"^```yaml\n(.*?)^```", SECTIONS["Tracks"], re.S | re.M)[1]
    (tmp_path / "points.csv").write_text("0, 0, 0\n")
    (tmp_path / "recipe.yaml").write_text(f"world: construction_site\ncameras: [{{type: mast, name: hero}}]\n{block}")
    assert [item["name"] for item in recipe.load(tmp_path / "recipe.yaml").values["truth"]["tracks"]] == [
        "dense",
        "mine",
    ]


def test_the_recipes_in_the_readme_are_right():
    text = (DOCS.parent / "README.md").read_text("utf-8")
    recipe.loads(re.search(r"^```yaml\n(.*?)^```", text, re.S | re.M)[1])
    rows = re.findall(r"\| `((?:cameras|render|truth): .*)` \|", text)
    assert len(rows) == 6
    for row in rows:
        cameras = "" if row.startswith("cameras") else "cameras: [{type: mast, name: hero}]\n"
        recipe.loads(f"world: construction_site\n{cameras}{row}\n")
