"""What would go wrong when this file is rendered or annotated, and what can be done about each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import bpy

from buildee.blender.labelled import candidates
from buildee.errors import BuildeeError
from buildee.recipe.labelling import Candidate, Labelling, labelling_of, match

from .datasets import output
from .generate import recipe_of
from .hiding import hidden, rendered
from .owned import MARK
from .problems import SOLID, Problem, listed, selecting
from .recipes import labels_text
from .remeshing import remeshing

found: dict[int, list[Problem]] = {}
"""What was found last, by `session_uid` of the scene."""


def check(scene: bpy.types.Scene) -> list[Problem]:
    """Looks for problems and remembers them."""
    checks = (_camera, _recipe, _output, hidden, _unlabelled, remeshing)
    found[scene.session_uid] = [problem for one in checks for problem in one(scene)]
    return found[scene.session_uid]


def fix(context: bpy.types.Context, index: int) -> None:
    """Does what the button of a problem says, unless that is gone meanwhile, and looks again.

    Args:
        context: where the button is.
        index: of the problem in what was found last.
    """
    shown = found.get(context.scene.session_uid, [])
    text = shown[index].text if index < len(shown) else None
    for problem in check(context.scene):
        if problem.text == text:
            problem.fix(context)
    check(context.scene)


def _camera(scene: bpy.types.Scene) -> list[Problem]:
    if scene.camera is not None:
        return []
    there = [thing.name for thing in scene.objects if thing.type == "CAMERA"]

    def fix(context: bpy.types.Context) -> None:
        if there:
            context.scene.camera = context.scene.objects[there[0]]
            return
        camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
        context.scene.collection.objects.link(camera)
        context.scene.camera = camera
        if context.region_data is not None:
            camera.matrix_world = context.region_data.view_matrix.inverted()

    return [Problem("No camera looks on", f"Take {there[0]}" if there else "Add one", fix)]


def _recipe(scene: bpy.types.Scene) -> list[Problem]:
    try:
        recipe_of(scene)
    except BuildeeError as error:
        return [Problem(str(error), "Load the shipped recipe", _load_shipped)]
    return []


def _load_shipped(context: bpy.types.Context) -> None:
    from buildee.resources import shipped

    from .recipes import load_into

    state = context.scene.buildee
    load_into(state, shipped(state.recipe.world))


def _output(scene: bpy.types.Scene) -> list[Problem]:
    def fix(context: bpy.types.Context) -> None:
        context.scene.buildee.output = str(Path.home() / "buildee_dataset")

    try:
        place = output(scene)
    except BuildeeError as error:
        return [Problem(str(error), "Use the home folder", fix)]
    try:
        parent = next(folder for folder in (place, *place.parents) if folder.exists())
        with tempfile.TemporaryFile(dir=parent):
            return []
    except OSError as error:
        reason = error.strerror or error
        return [Problem(f"Output: {place} cannot be written ({reason})", "Use the home folder", fix)]


def _unlabelled(scene: bpy.types.Scene) -> list[Problem]:
    """What renders show of the user's own, and no label matches: it is background in the truth."""
    state = scene.buildee
    try:
        labelling = labelling_of(labels_text(state)) if len(state.labelling.labels.items_) else Labelling()
    except BuildeeError as error:
        return [Problem(str(error), "Empty the table", _empty_table)]
    seen = {thing.session_uid: candidate for thing, candidate in _candidates()}
    wrong: dict[str, list[bpy.types.Object]] = {}
    unlabelled = []
    for thing in rendered(scene):
        if thing.get(MARK) is None:
            try:
                if _lacks_label(thing, labelling, seen):
                    unlabelled.append(thing)
            except BuildeeError as error:
                wrong.setdefault(str(error), []).append(thing)
    problems = [Problem(text, "Select", selecting(things)) for text, things in list(wrong.items())[:1]]
    if unlabelled:
        text = f"No label, so background in the truth: {listed(unlabelled)}"
        problems.append(Problem(text, "Select", selecting(unlabelled)))
    return problems


def _empty_table(context: bpy.types.Context) -> None:
    context.scene.buildee.property_unset("labelling")


def _lacks_label(thing: bpy.types.Object, labelling: Labelling, seen: dict[int, Candidate]) -> bool:
    """Returns whether an object, or anything of the collection that it carries, is background."""
    if thing.type not in SOLID and thing.instance_collection is None:
        return False
    if any(match(labelling, seen[one.session_uid]) for one in _upwards(thing)):
        return False
    carried = thing.instance_collection.all_objects if thing.instance_collection is not None else ()
    return thing.type in SOLID or any(_lacks_label(one, labelling, seen) for one in carried if not one.hide_render)


def _candidates() -> Iterator[tuple[bpy.types.Object, Candidate]]:
    """Returns every object as labels see it."""
    things = list(bpy.data.objects)
    return zip(things, candidates(things), strict=True)


def _upwards(thing: bpy.types.Object) -> Iterator[bpy.types.Object]:
    """Yields an object and what it is parented to, whose labels it takes where it has none."""
    above: bpy.types.Object | None = thing
    while above is not None:
        yield above
        above = above.parent
