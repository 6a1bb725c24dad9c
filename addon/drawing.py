"""Draws the properties that `addon.properties` makes: a foldable block a section, a row a field."""

from __future__ import annotations

import bpy

from buildee.recipe import kinds
from buildee.recipe.schema import section_of, tagged_types

from .lists import entries
from .properties import element, label, modes_of, option
from .values import LISTS, held

Layout = bpy.types.UILayout
Group = bpy.types.PropertyGroup

MODE_WIDTH = 4.5
"""Of the menu of a field's modes, in Blender's units of a button."""


def draw_section(layout: Layout, group: Group, section: kinds.Section, without: frozenset[str] = frozenset()) -> None:
    """Draws the fields of a section, those that are sections themselves below the others."""
    fields = [field for field in section.fields if field.name not in {"name", *without}]
    for field in sorted(fields, key=lambda field: isinstance(field.type, kinds.Section | kinds.Items)):
        draw_field(layout, held(group, field), field)


def draw_field(layout: Layout, group: Group, field: kinds.Field) -> None:
    """Draws a field."""
    if isinstance(field.type, kinds.Section | kinds.Items):
        header, body = layout.panel(group.path_from_id(), default_closed=True)
        header.label(text=label(field))
        if body is not None and isinstance(field.type, kinds.Section):
            draw_section(body, group, field.type)
        elif body is not None:
            draw_items(body, group, field)
        return
    row = layout.row(align=True)
    mode = getattr(group, "mode", "fixed")
    lead = row.row(align=True)
    if mode == "fixed":
        _draw_plain(lead, group, field)
    elif mode == "null":
        lead.label(text=label(field))
    elif mode in LISTS:
        lead.label(text=label(field))
        _draw_options(layout.box().column(align=True), group, field)
    else:
        lead.label(text=label(field))
        _draw_spread(layout.row(align=True), group)
    if len(modes_of(field)) > 1:
        menu = row.row(align=True)
        menu.ui_units_x = MODE_WIDTH
        menu.prop(group, "mode", text="")
    if isinstance(field.type, kinds.List) and mode == "fixed":
        _draw_list(layout, group, field)


def draw_items(layout: Layout, group: Group, field: kinds.Field, notes: dict[str, str] | None = None) -> None:
    """Draws the items of a family.

    Args:
        layout: where.
        group: of the field.
        field: the list.
        notes: what to say beside the name of an item, by name.
    """
    path = group.path_from_id()
    if not group.given:
        layout.label(text="As shipped" if field.name == "cameras" else f"{len(field.default or ())} by default")
        _button(layout, path, "fill", text="Edit", icon="GREASEPENCIL")
        return
    types = tagged_types(field.type.family)
    for number, item in enumerate(group.items_):
        header, body = layout.panel(f"{path}/{item.name}", default_closed=True)
        header.prop(item, "name", text="")
        if notes is not None:
            header.label(text=notes.get(item.name, ""))
        _button(header, path, "up", icon="TRIA_UP", index=number)
        _button(header, path, "remove", icon="X", index=number)
        if body is not None:
            body.prop(item, "type")
            draw_section(body, getattr(item, item.type), section_of(types[item.type]))
    _button(layout, path, "add", text="Add", icon="ADD")


def _draw_plain(row: Layout, group: Group, field: kinds.Field) -> None:
    match field.type:
        case kinds.Tuple(items=singles):
            row.label(text=label(field))
            for number, kind in enumerate(singles):
                part = getattr(group, f"part_{number}")
                _draw_part(row, part, element(field, kind, field.varies))
        case kinds.List():
            row.label(text=label(field))
        case kinds.Names():
            column = row.column(align=True)
            column.label(text=label(field))
            column.grid_flow(columns=2, align=True).prop(group, "value")
        case _:
            row.prop(group, "value")


def _draw_part(row: Layout, group: Group, field: kinds.Field) -> None:
    """Draws one number of a tuple in a row with the others."""
    if getattr(group, "mode", "fixed") == "fixed":
        row.prop(group, "value", text="")
    elif hasattr(group, "low"):
        _draw_spread(row, group)
    if len(modes_of(field)) > 1:
        row.prop(group, "mode", text="", icon_only=True)


def _draw_spread(row: Layout, group: Group) -> None:
    if group.mode == "normal":
        row.prop(group, "mean")
        row.prop(group, "std")
    row.prop(group, "low")
    row.prop(group, "high")


def _draw_options(column: Layout, group: Group, field: kinds.Field) -> None:
    """Draws the alternatives of a choice or cycle."""
    path = group.path_from_id()
    for number, item in enumerate(group.options):
        row = column.row(align=True)
        draw_option = option(field)
        if getattr(item.held, "mode", "fixed") == "null":
            row.label(text="Unset")
        elif isinstance(field.type, kinds.List):
            draw_field(row.column(), item.held, draw_option)
        elif isinstance(field.type, kinds.Tuple):
            for part in range(len(field.type.items)):
                row.prop(getattr(item.held, f"part_{part}"), "value", text="")
        else:
            row.prop(item.held, "value", text="")
        if group.mode == "choice":
            row.prop(item.weight, "value", text="Weight")
        _button(row, path, "remove", icon="X", index=number)
    _button(column, path, "add", text="Add", icon="ADD")


def _draw_list(layout: Layout, group: Group, field: kinds.Field) -> None:
    """Draws a list of plain values."""
    path, column = group.path_from_id(), layout.box().column(align=True)
    if not group.given:
        text = ", ".join(map(str, field.default or ())) or "Empty"
        column.label(text=text)
        _button(column, path, "fill", text="Edit", icon="GREASEPENCIL")
        return
    for number, item in enumerate(entries(group)):
        row = column.row(align=True)
        if isinstance(field.type.item, kinds.Tuple):
            for part in range(len(field.type.item.items)):
                row.prop(getattr(item, f"part_{part}"), "value", text="")
        else:
            row.prop(item, "value", text="")
        _button(row, path, "remove", icon="X", index=number)
    _button(column, path, "add", text="Add", icon="ADD")


def _button(layout: Layout, path: str, action: str, text: str = "", icon: str = "NONE", index: int = 0) -> None:
    made = layout.operator("buildee.edit_list", text=text, icon=icon)
    made.path, made.action, made.index = path, action, index
