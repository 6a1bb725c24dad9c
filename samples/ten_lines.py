"""A scene, a picture and its depth from a script of one's own: `python samples/ten_lines.py view.png`."""

import sys

import bpy
import numpy as np
from PIL import Image

import buildee

bpy.ops.wm.read_factory_settings(use_empty=True)  # without the default cube
recipe = buildee.load(buildee.shipped("construction_site")).override(frames=1, resolution=(160, 120))
layout = buildee.plan(recipe, 0)
built = buildee.build(layout, bpy.context.scene)
camera = layout.cameras[0].name
Image.fromarray(buildee.picture(built, camera, size=(160, 120), samples=4)).save(sys.argv[1])
truth = buildee.annotate(built, camera, size=(160, 120))
np.save(sys.argv[1].replace(".png", ".npy"), truth["depth"])
