"""Pictures of datasets for people: the HTML gallery and contact sheets. The only room that uses Pillow."""

from buildee.preview.gallery import gallery
from buildee.preview.sheet import contact_sheet

__all__ = ["contact_sheet", "gallery"]
