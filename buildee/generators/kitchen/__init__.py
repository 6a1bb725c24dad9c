"""World "kitchen": a fitted kitchen in a house."""
