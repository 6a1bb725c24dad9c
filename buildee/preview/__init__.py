"""Pictures of datasets for people: the HTML gallery, and contact sheets, which need Pillow."""

from buildee.preview.gallery import gallery

__all__ = ["gallery"]
