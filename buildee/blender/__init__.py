"""The only package that imports bpy: builds layouts, renders them, reads surfaces back."""
