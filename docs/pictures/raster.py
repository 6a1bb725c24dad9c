"""Draws the gallery's SVG overlays onto pictures: the few shapes that buildee.preview writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

_FINER = 3
"""Shapes are drawn so many times as large and then reduced, which smooths them."""


def drawn_over(picture: NDArray[np.uint8], svg: str) -> NDArray[np.uint8]:
    """Returns a picture (H, W, 3) with an overlay of the same size, in pixels, upon it."""
    image = Image.fromarray(picture)
    layer = image.resize((image.width * _FINER, image.height * _FINER), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(layer, "RGBA")
    for kind, style, text in _shapes(ElementTree.fromstring(svg), {}):
        _shape(draw, kind, style, text)
    return np.asarray(layer.resize(image.size, Image.Resampling.LANCZOS))


def _shapes(element: ElementTree.Element, style: dict[str, str]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every shape with the attributes that it has and inherits, labels last."""
    own = style | element.attrib
    children = [shape for child in element for shape in _shapes(child, own)]
    yield element.tag.rpartition("}")[2], own, element.text or ""
    yield from sorted(children, key=lambda shape: shape[0] == "text")


def _shape(draw: ImageDraw.ImageDraw, kind: str, style: dict[str, str], text: str) -> None:
    fill, stroke = _color(style, "fill"), _color(style, "stroke")
    width = max(1, round(float(style.get("stroke-width", 1)) * _FINER))
    if kind == "circle":
        x, y, r = (float(style[name]) * _FINER for name in ("cx", "cy", "r"))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=stroke, width=width)
    elif kind == "polygon":
        draw.polygon(_points(style["points"]), fill=fill)
    elif kind == "polyline":
        draw.line(_points(style["points"]), fill=stroke, width=width, joint="curve")
    elif kind == "line":
        draw.line([float(style[name]) * _FINER for name in ("x1", "y1", "x2", "y2")], fill=stroke, width=width)
    elif kind == "path":
        for line in _lines(style["d"]):
            draw.line(line, fill=stroke, width=width, joint="curve")
    elif kind == "text":
        size = float(style["font-size"]) * _FINER
        font = ImageFont.load_default(size)
        room = draw.im.size[0] - font.getlength(text) - 2 * _FINER
        place = min(float(style["x"]) * _FINER, room), float(style["y"]) * _FINER
        draw.text(place, text, fill=fill, font=font, anchor="ls", stroke_width=_FINER, stroke_fill=(0, 0, 0, 190))


def _color(style: dict[str, str], name: str) -> tuple[int, int, int, int] | None:
    value = style.get(name, "none")
    if value == "none":
        return None
    red, green, blue, *alpha = ImageColor.getrgb(value.replace(" ", ",") if value.startswith("hsl") else value)
    return red, green, blue, round((alpha or [255])[0] * float(style.get("opacity", 1)))


def _points(text: str) -> list[tuple[float, float]]:
    return [tuple(float(number) * _FINER for number in pair.split(",")) for pair in text.split()]


def _lines(path: str) -> Iterator[list[tuple[float, float]]]:
    """The lines of a path of M, L, H, V and Z."""
    line: list[tuple[float, float]] = []
    for letter, text in re.findall(r"([MLHVZ])([^MLHVZ]*)", path):
        numbers = [float(number) * _FINER for number in text.split()]
        if letter == "M" and len(line) > 1:
            yield line
        match letter:
            case "M":
                line = [tuple(numbers)]
            case "L":
                line.append(tuple(numbers))
            case "H":
                line.append((numbers[0], line[-1][1]))
            case "V":
                line.append((line[-1][0], numbers[0]))
            case "Z":
                line.append(line[0])
    if len(line) > 1:
        yield line
