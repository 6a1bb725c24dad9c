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


def test_truth_and_dataset_know_neither_layout_nor_bpy():
    code = "import sys, importlib, pkgutil\n"
    code += "import buildee.truth, buildee.dataset\n"
    code += "for room in (buildee.truth, buildee.dataset):\n"
    code += "    for module in pkgutil.iter_modules(room.__path__, room.__name__ + '.'): importlib.import_module(module.name)\n"
    code += "print([name for name in sys.modules if name.startswith(('buildee.layout', 'buildee.blender')) or name == 'bpy'])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
