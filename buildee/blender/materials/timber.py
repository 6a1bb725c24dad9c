"""Sawn timber and plywood."""

from __future__ import annotations

from buildee.blender.materials.finish import Finish, Place
from buildee.blender.materials.mineral import tone
from buildee.blender.materials.nodes import Value
from buildee.layout.material import Material


def grain_axes(place: Place) -> tuple[Value, Value, Value]:
    """Returns the object coordinates sorted by the object's extents: along the longest, the middle, the shortest."""
    graph = place.graph
    sx, sy, sz = place.size().xyz
    x, y, z = place.lattice.xyz
    # (longest-of-x-y, other) first, then z is slotted in.
    swap = sy.above(sx)
    a, b = graph.mix(swap, x, y), graph.mix(swap, y, x)
    sa, sb = sx.at_least(sy), sx.at_most(sy)
    over, under = sz.above(sa), sz.above(sb)
    longest = graph.mix(over, a, z)
    shortest = graph.mix(under, z, b)
    middle = graph.mix(over, graph.mix(under, b, z), a)
    return longest, middle, shortest


def wood(place: Place, spec: Material) -> Finish:
    """Sawn softwood: annual rings cut along the board, fibres, knots, and silver grey where it has weathered."""
    graph, color = place.graph, spec.color
    along, across, through = grain_axes(place)
    island = graph.given("ShaderNodeNewGeometry", "Random Per Island")
    board = (island * 17.3 + place.variation * 5.7).fraction()
    shift = board * 9.0
    # Knots: one in about half a metre of board, bending the rings around them.
    knot_cells = graph.cells(graph.vector(along * 1.7 + shift, across * 9.0, through * 9.0), 1.0)
    knot = graph.ramp(knot_cells, 0.06, 0.13, 1.0, 0.0)
    bend = graph.ramp(knot_cells, 0.05, 0.45, 1.0, 0.0)
    warp = graph.noise(graph.vector(along * 0.8 + shift, across * 4.0, through * 4.0), 1.0, 2.0, 0.5)
    # The pith lies some centimetres off the board, elsewhere for every board.
    pith = graph.vector(0.0, across + 0.02 + board * 0.05, through + 0.07 - board * 0.09)
    radius = pith.length() + (warp - 0.5) * 0.03 + bend * 0.008
    ring = (radius * 210.0).fraction()
    late = graph.ramp(ring, 0.35, 0.92) * graph.ramp(ring, 0.92, 1.0, 1.0, 0.0)
    fibre = graph.noise(graph.vector(along * 9.0 + shift, across * 420.0, through * 420.0), 1.0, 2.0, 0.65)
    early_wood, late_wood = tone(color, 1.12), tone(color, 0.66, 0.1)
    base = graph.mix(late * 0.6, early_wood, late_wood) * (0.8 + fibre * 0.4)
    base = graph.mix(knot * 0.85, base, tone(color, 0.22, 0.12))
    base = base * (0.84 + board * 0.3)
    cloudy = graph.noise(graph.vector(along * 1.2, across * 6.0, through * 6.0) + place.variation, 1.0, 3.0, 0.6)
    silver = graph.ramp(cloudy + (board - 0.5) * 0.3, 0.85 - 0.75 * spec.wear, 1.15 - 0.75 * spec.wear)
    grey = graph.mix(late * 0.5 + fibre * 0.4, (0.3, 0.285, 0.265), (0.13, 0.12, 0.11))
    base = graph.mix(silver * 0.85, base, grey)
    height = fibre * 0.0005 - late * 0.0002
    return Finish(base, 0.72 + fibre * 0.2, tone(color, 0.92), height, specular=0.3, dusty=0.7, drinks=0.7)


def plywood(place: Place, spec: Material) -> Finish:
    """Formwork panel: phenolic film with scuffs and cement residue, veneers showing at the cut edges."""
    graph, color = place.graph, spec.color
    along, across, through = grain_axes(place)
    nx, ny, nz = graph.compute("ABSOLUTE", place.normal).xyz
    sx, sy, sz = place.size().xyz
    thin_z, thin_y = sz.at_most(sx.at_most(sy) + 1e-4), sy
    facing = graph.mix(sz.above(sx.at_most(sy)), nz, graph.mix(sx.above(thin_y), nx, ny))
    del thin_z
    edge = graph.ramp(facing, 0.5, 0.7, 1.0, 0.0)
    veneer = graph.random((through * 700.0).floor())
    cut = graph.mix(veneer, (0.2, 0.115, 0.06), (0.36, 0.25, 0.15))
    figure = graph.noise(graph.vector(along * 3.0, across * 60.0, place.variation * 20.0), 1.0, 3.0, 0.6, 0.8)
    residue_noise = graph.noise(place.position, 7.0, 5.0, 0.68)
    broad = graph.noise(place.position, 1.1, 3.0, 0.6)
    residue = graph.ramp(residue_noise + (broad - 0.5) * 0.7, 0.72 - 0.22 * spec.wear, 0.86 - 0.22 * spec.wear) * (
        0.25 + 0.6 * spec.wear
    )
    scratch = graph.noise(
        graph.vector(along * 7.0 + across * 3.0, across * 160.0, place.variation * 9.0), 1.0, 2.0, 0.7
    )
    scuff = graph.ramp(scratch, 0.64, 0.72) * (0.1 + 0.5 * spec.wear)
    film = graph.mix(figure, tone(color, 0.75), tone(color, 1.2)) * (
        0.88 + (place.random(1) - 0.5) * 0.24 + broad * 0.2
    )
    film = graph.mix(scuff, film, tone(color, 2.2))
    film = graph.mix(residue, film, (0.36, 0.345, 0.32))
    gloss = 0.3 + 0.2 * spec.wear + (broad - 0.5) * 0.3 + scuff * 0.3
    roughness = graph.mix(residue.at_least(edge), gloss, 0.88)
    height = residue * 0.0006 + figure * 0.00015
    return Finish(graph.mix(edge, film, cut), roughness, tone(color, 1.0), height, dusty=0.8, drinks=0.3)
