"""The house keeps its rooms apart."""

import pkgutil
import subprocess
import sys

import buildee


def test_everything_outside_blender_imports_without_bpy():
    modules = [
        module.name
        for module in pkgutil.walk_packages(buildee.__path__, "buildee.")
        if not module.name.startswith("buildee.blender") and not module.name.endswith("__main__")
    ]
    assert len(modules) > 20
    code = "import sys, importlib; sys.modules['bpy'] = sys.modules['mathutils'] = None\n"
    code += f"for name in {modules!r}: importlib.import_module(name)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


LISTS_WHAT_IT_IMPORTS = """
import importlib, pkgutil, sys
import buildee.dataset, buildee.truth

for room in (buildee.truth, buildee.dataset):
    for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
        importlib.import_module(module.name)
print([name for name in sys.modules if name.startswith(("buildee.layout", "buildee.blender")) or name == "bpy"])
"""


def test_truth_and_dataset_know_neither_layout_nor_bpy():
    found = subprocess.run([sys.executable, "-c", LISTS_WHAT_IT_IMPORTS], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
