"""Everything that stands and lies about on a construction site.

Each prop is `x(params) -> Model`, deterministic, beside `x_rand(rng) -> Model`, which only draws the parameters. A
model's origin is on the ground in the middle of its footprint, +X forward; what can be bumped into has a proxy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from buildee.generators.construction_site.props import (
    car,
    container,
    equipment,
    fence,
    handtools,
    heap,
    hoarding,
    mixing,
    office,
    pallet,
    precast,
    racks,
    services,
    signs,
    site_boards,
    stacks,
    tanks,
    tools,
    traffic,
    van,
)
from buildee.layout.scene import Model

PROPS: Mapping[str, Callable[[np.random.Generator], Model]] = MappingProxyType(
    {
        "fence_panel": fence.fence_panel_rand,
        "wicket": fence.wicket_rand,
        "hoarding": hoarding.hoarding_rand,
        "gate": fence.gate_rand,
        "container": container.container_rand,
        "site_office": office.site_office_rand,
        "pallet": pallet.pallet_rand,
        "pallet_pile": pallet.pallet_pile_rand,
        "block_stack": pallet.block_stack_rand,
        "brick_stack": pallet.brick_stack_rand,
        "cement_stack": pallet.cement_stack_rand,
        "timber_stack": stacks.timber_stack_rand,
        "plywood_stack": stacks.plywood_stack_rand,
        "rebar_bundle": stacks.rebar_bundle_rand,
        "concrete_pipes": stacks.concrete_pipes_rand,
        "plastic_pipes": stacks.plastic_pipes_rand,
        "prop_crate": stacks.prop_crate_rand,
        "steel_sections": racks.steel_sections_rand,
        "mesh_mats": racks.mesh_mats_rand,
        "scaffold_rack": racks.scaffold_rack_rand,
        "precast": precast.precast_rand,
        "big_bag": mixing.big_bag_rand,
        "cable_drum": stacks.cable_drum_rand,
        "generator": equipment.generator_rand,
        "lighting_tower": equipment.lighting_tower_rand,
        "portable_toilet": equipment.portable_toilet_rand,
        "skip": equipment.skip_rand,
        "cement_mixer": mixing.cement_mixer_rand,
        "hopper": mixing.hopper_rand,
        "electric_box": services.electric_box_rand,
        "waste_bin": services.waste_bin_rand,
        "ibc": tanks.ibc_rand,
        "bowser": tanks.bowser_rand,
        "traffic_cone": traffic.traffic_cone_rand,
        "concrete_barrier": traffic.concrete_barrier_rand,
        "plastic_barrier": traffic.plastic_barrier_rand,
        "walkway_barrier": services.walkway_barrier_rand,
        "sign": signs.sign_rand,
        "site_board": site_boards.site_board_rand,
        "banner": site_boards.banner_rand,
        "barrel": tools.barrel_rand,
        "wheelbarrow": tools.wheelbarrow_rand,
        "ladder": tools.ladder_rand,
        "bucket": tools.bucket_rand,
        "toolbox": tools.toolbox_rand,
        "gas_bottles": tools.gas_bottles_rand,
        "gas_bottle": handtools.gas_bottle_rand,
        "tool": handtools.tool_rand,
        "stockpile": heap.stockpile_rand,
        "debris_pile": heap.debris_pile_rand,
        "van": van.van_rand,
        "car": car.car_rand,
    }
)
"""Every prop by name: draws one."""
