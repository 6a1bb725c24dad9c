"""The command line. Exit status: 0 done, 1 check found faults, 2 bad input, 3 some scenes failed, 130 interrupted."""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from buildee import __version__, asset_commands, blend_file, built_file, commands, dropins, run
from buildee.errors import BuildeeError

_CHILDREN = {
    run.CHILD: commands.scene,
    blend_file.CHILD: commands.annotate_child,
    built_file.CHILD: commands.frame_child,
    dropins.CHILD: asset_commands.dropin_child,
    asset_commands.CHILD: asset_commands.inspect_child,
}
"""Commands that this program gives itself, in processes of their own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status; errors of the user's are printed without a traceback."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if len(arguments) == 1 and arguments[0] in _CHILDREN:
        _leave(_CHILDREN[arguments[0]]())
    if isinstance(sys.stdout, io.TextIOWrapper):  # a path may hold letters that a Windows console lacks
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except BuildeeError as error:
        return _refuse(options, str(error))
    except OSError as error:  # a full disk, a folder that was taken away: the machine's fault, said in its words
        return _refuse(options, ": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    except KeyboardInterrupt:
        print("interrupted; finished scenes are whole, run the same command to continue", file=sys.stderr)
        return 130


def _leave(status: int) -> NoReturn:
    """Ends a child at once: Blender may hang while it frees a file, and all that matters has been written."""
    sys.stdout.flush()
    sys.stderr.flush()
    with suppress(OSError, AttributeError, TypeError):  # what Blender itself printed, for the log
        ctypes.CDLL(None).fflush(None)
    os._exit(status)


def _refuse(options: argparse.Namespace, message: str) -> int:
    """Prints an error the way the caller reads it."""
    print(json.dumps({"error": message}) if getattr(options, "json", False) else message, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="buildee", description="Procedural Blender worlds with exact ground truth.")
    parser.add_argument("--version", action="version", version=f"buildee {__version__}")
    commands_of = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Any, text: str, recipe: bool = False, as_json: bool = False) -> argparse.ArgumentParser:
        command = commands_of.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        if recipe:
            command.add_argument("recipe", type=Path, help="recipe file (YAML), or the name of a shipped one")
            _add_overrides(command)
        if as_json:
            command.add_argument("--json", action="store_true", help="print JSON for programs")
        return command

    init = add("init", commands.init, "write a commented recipe to start from")
    init.add_argument("path", type=Path, help="file to create; an existing one is kept")
    init.add_argument("--world", default="construction_site", help="which world (default: %(default)s)")
    add("validate", commands.validate, "check a recipe and print its hash", recipe=True, as_json=True)
    plan = add("plan", commands.plan, "decide a scene without rendering: hash, parts, bytes, time", True, True)
    plan.add_argument("--scene", type=int, default=0, help="which scene (default: %(default)s)")
    build = add("build", commands.build, "build a scene and save it as a .blend", recipe=True)
    build.add_argument("--scene", type=int, default=0, help="which scene (default: %(default)s)")
    build.add_argument("-o", "--output", type=Path, required=True, help="the .blend to write")
    render = add("render", commands.render, "render a dataset with ground truth", recipe=True, as_json=True)
    render.add_argument("-o", "--output", type=Path, required=True, help="folder of the dataset")
    render.add_argument("--no-preview", action="store_true", help="do not write the HTML gallery")
    _add_annotate_options(
        add("annotate", commands.annotate, "write ground truth of a .blend of your own", as_json=True)
    )
    preview = add("preview", commands.preview, "write the HTML gallery of a dataset")
    preview.add_argument("dataset", type=Path, help="folder of the dataset")
    check = add("check", commands.check, "validate a dataset; exit 1 when it is bad", as_json=True)
    check.add_argument("dataset", type=Path, help="folder of the dataset")
    describe = add("describe", commands.describe, "explain a world or a recipe field", as_json=True)
    describe.add_argument(
        "topic", nargs="?", help="a world, or WORLD.FIELD such as construction_site.scene.building.storeys"
    )
    assets = commands_of.add_parser("assets", help="list, show or check assets", description="The catalog of assets.")
    _add_asset_commands(assets.add_subparsers(title="commands", metavar="COMMAND", required=True))
    add("doctor", commands.doctor, "say whether this machine can render", as_json=True)
    return parser


def _add_annotate_options(command: argparse.ArgumentParser) -> None:
    """Adds what a file of the user's is annotated with."""
    command.add_argument("blend", type=Path, help="the file; its scripts do not run, and it is never changed")
    command.add_argument("--labels", type=Path, required=True, help="label table (YAML): what the objects are")
    command.add_argument("-o", "--output", type=Path, required=True, help="folder of the dataset")
    command.add_argument("--frames", type=int, nargs=2, metavar=("FIRST", "LAST"), help="which frames of the file")
    command.add_argument("--resolution", type=int, nargs=2, metavar=("W", "H"), help="pixels")
    command.add_argument("--samples", type=int, metavar="N", help="light paths a pixel")
    command.add_argument("--no-rgb", action="store_true", help="ground truth alone, without pictures")
    command.add_argument("--no-preview", action="store_true", help="do not write the HTML gallery")


def _add_asset_commands(commands_of: Any) -> None:
    """Adds what can be done with assets: those that ship, or those of a folder of the user's."""

    def add(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        command = commands_of.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        command.add_argument("--json", action="store_true", help="print JSON for programs")
        return command

    listing = add("list", asset_commands.list_assets, "list assets: size, triangles, licence")
    listing.add_argument("--category", metavar="NAME", help="only those of a category")
    listing.add_argument("--folder", type=Path, help="a folder of your own instead of what ships")
    show = add("show", asset_commands.show, "show all that is known of an asset")
    show.add_argument("id", help="of the asset")
    show.add_argument("--folder", type=Path, help="a folder of your own instead of what ships")
    check = add("check", asset_commands.check, "hold assets against their files; exit 1 when something is wrong")
    check.add_argument("folder", type=Path, nargs="?", help="a folder of your own; without, what ships")


def _add_overrides(command: argparse.ArgumentParser) -> None:
    """Adds the flags that replace values of a recipe."""
    group = command.add_argument_group("in place of the recipe's values")
    group.add_argument("--frames", type=int, metavar="N", help="frames a scene")
    group.add_argument("--resolution", type=int, nargs=2, metavar=("W", "H"), help="pixels")
    group.add_argument("--quality", metavar="NAME", help="draft, standard or high")
    group.add_argument("--samples", type=int, metavar="N", help="light paths a pixel")
    group.add_argument("--seed", type=int, metavar="N", help="root of all draws")
    group.add_argument("--scenes", type=int, metavar="N", help="how many scenes")
