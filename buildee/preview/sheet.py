"""Contact sheets: many pictures as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from buildee.errors import DatasetError, OutputError

_GAP = 8
_BACK = (246, 246, 244)


def contact_sheet(paths: Sequence[str | Path], output: str | Path, columns: int = 3, width: int = 480) -> Path:
    """Joins pictures, row by row, into one.

    Args:
        paths: the pictures; each is fitted into a cell of the first one's proportions.
        output: the file to write; its suffix picks the format.
        columns: cells a row.
        width: pixels of a cell.

    Returns:
        The output's path.

    Raises:
        DatasetError: when there is no picture or one cannot be read.
        OutputError: when the sheet cannot be written.
    """
    if not paths:
        raise DatasetError("a contact sheet needs at least one picture")
    pictures = [_opened(Path(path)) for path in paths]
    height = round(pictures[0].height * width / pictures[0].width)
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    size = columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP
    sheet = Image.new("RGB", size, _BACK)
    for number, picture in enumerate(pictures):
        scale = min(width / picture.width, height / picture.height)
        fitted = picture.resize(
            (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.Resampling.LANCZOS
        )
        row, column = divmod(number, columns)
        x, y = _GAP + column * (width + _GAP), _GAP + row * (height + _GAP)
        sheet.paste(fitted, (x + (width - fitted.width) // 2, y + (height - fitted.height) // 2))
    try:
        sheet.save(output)
    except (OSError, ValueError) as error:
        raise OutputError(f"{output}: cannot be written ({error})") from error
    return Path(output)


def _opened(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            return picture.convert("RGB")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read as a picture ({error})") from error
