"""Ground truth: evaluated triangles, labels and a camera become annotations. No bpy."""
