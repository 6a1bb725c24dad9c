"""Small Blender scenes whose every annotation has a formula: the proof that ground truth is what it says.

Each case builds a scene in Blender, and describes it again in formulas that know neither Blender nor a triangle: convex
solids as half-spaces under affine poses, seen by a camera whose K follows from its lens. `python -m benchmarks.proof`
prints how far each annotation lies from the formulas; the tests run the same cases.
"""
