"""Trees, houses and skylines: what any world may stand among."""
